// Views and hints for the answers of DM 1.0, loaded together when a person will read an answer.

export { checkOutcome, checkOutcomes } from '../../../presenters/check.ts';
export { relaysView } from '../../../presenters/relays.ts';
export { failsStatusLine, statusValue, statusView } from '../../../presenters/status.ts';
export { subTasksView } from '../../../presenters/sub-tasks.ts';
export { summaryView } from '../../../presenters/summary.ts';
export * from '../hints/hints.ts';
export * from '../hints/unknown-names.ts';
export * from '../hints/warnings.ts';
export { clusterOf } from './cluster.ts';
export { queryErrorView } from './failures.ts';
export { ddlLocksView } from './locks.ts';
export * from './outcomes.ts';
export { summarise } from './summary.ts';
