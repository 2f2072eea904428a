// One row per task: query-status --summary and --by task.

import type { Cluster } from '../domain/cluster.ts';
import { count } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import { isProblem, stageCell, tally } from './health.ts';
import { lagUnit, maxLagCell } from './lag.ts';
import { byTask, type TaskGroup } from './tasks.ts';
import type { Column, Row, View } from './view.ts';

const columnsFor = ({ subTasks }: Cluster): readonly Column[] => [
  { title: 'TASK', cut: true },
  { title: 'STATUS', alias: 'state' },
  { title: 'SUB TASKS', cut: true },
  { title: 'LAG', align: 'right', rank: 2, unit: lagUnit(subTasks) },
  { title: 'WORKERS', rank: 1, cut: true },
  { title: 'ERROR', rank: 3, cut: true },
];

/** One row per task. With `problems`, only tasks that need attention. */
export function summaryView(cluster: Cluster, problems = false): View {
  const { refused } = cluster;
  const all = byTask(cluster.subTasks);
  const groups = problems ? all.filter((group) => isProblem(group.health)) : all;
  return {
    columns: columnsFor(cluster),
    rows: groups.map(row),
    notes: refused ? [errorNote('DM-master', refused)] : [],
    footer: refused ? '' : count(groups.length, 'task'),
  };
}

/** The status is the stage of the sub task in the worst state, which is the first one. */
function row({ task, health, subTasks }: TaskGroup): Row {
  const [first] = subTasks;
  const [error] = subTasks.flatMap((s) => s.errors);
  return {
    key: task,
    name: task,
    cells: [
      task,
      stageCell(first?.stage ?? '', health),
      tally(subTasks),
      maxLagCell(subTasks),
      workersText([...new Set(subTasks.map((s) => s.worker))].sort()),
      error === undefined ? (first?.reason ?? '') : errorClass(error),
    ],
  };
}

/** More workers are given as a number, which leaves room for the error. */
const MAX_WORKERS = 3;

const workersText = (workers: readonly string[]): string =>
  workers.length > MAX_WORKERS ? count(workers.length, 'worker') : workers.join(' ');
