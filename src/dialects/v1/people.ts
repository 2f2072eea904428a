// What people are shown and told of DM 1.0's answers, in one piece: loaded when somebody is to read it (see lazily.ts).

export { checkOutcome } from '../../views/check.ts';
export { relaysView } from '../../views/relays.ts';
export { problemsOf, subTasksView } from '../../views/sub-tasks.ts';
export { summaryView } from '../../views/summary.ts';
export * from './advice/after.ts';
export * from './advice/before.ts';
export { clusterOf } from './views/cluster.ts';
export { queryErrorView } from './views/failures.ts';
export { ddlLocksView } from './views/locks.ts';
export * from './views/outcomes.ts';
export { summarise } from './views/summary.ts';
