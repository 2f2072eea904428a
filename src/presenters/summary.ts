// The table of query-status --summary: one row per task, those that need attention first.

import type { Cluster, Health, SubTask } from '../domain/cluster.ts';
import { count } from '../text/quantity.ts';
import { errorNote } from './error-note.ts';
import { byUrgency, tally, toneOf, worst } from './health.ts';
import type { Column, View } from './view.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TASK', cut: true },
  { title: 'STATUS' },
  { title: 'SUB TASKS', cut: true },
  { title: 'WORKERS', rank: 1, cut: true },
];

export function summaryView({ refused, subTasks }: Cluster): View {
  const tasks = new Map<string, SubTask[]>();
  for (const s of subTasks) {
    const known = tasks.get(s.task);
    if (known) known.push(s);
    else tasks.set(s.task, [s]);
  }
  const sorted = [...tasks].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = byUrgency(sorted.map(([task, parts]) => ({ task, parts, health: worst(parts) }))).map(({ task, parts, health }) => ({
    key: task,
    name: task,
    cells: [task, { text: statusOf(health, parts), tone: toneOf(health) }, tally(parts), parts.map((s) => s.worker).join(' ')],
  }));
  return {
    columns: COLUMNS,
    rows,
    notes: refused ? [errorNote('DM-master', refused)] : [],
    footer: refused ? '' : count(rows.length, 'task'),
  };
}

/** The stage of the sub task in the worst state. */
function statusOf(health: Health, parts: readonly SubTask[]): string {
  return parts.find((s) => s.health === health)?.stage ?? '';
}
