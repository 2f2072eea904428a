// Views, hints and impacts of DM 2.0 and later, loaded together when somebody reads an answer.

export { checkOutcome, checkOutcomes } from '../../../presenters/check.ts';
export { relaysView } from '../../../presenters/relays.ts';
export { failsStatusLine, statusValue, statusView } from '../../../presenters/status.ts';
export * from '../hints/hints.ts';
export * from '../hints/unknown-names.ts';
export * from '../impact/impact.ts';
export { clusterOf } from './cluster.ts';
export { ddlLocksView } from './locks.ts';
export { membersView } from './members.ts';
export * from './outcomes.ts';
export { summarise } from './summary.ts';
export * from './validation.ts';
