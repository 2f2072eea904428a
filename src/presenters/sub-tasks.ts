// The table of query-status: one row per sub task, those that need attention first.

import type { Cluster, DumpState, SubTask } from '../domain/cluster.ts';
import { count, formatBytes, formatCount, joinNames } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import { isProblem, stageCell, tally } from './health.ts';
import { lagCell, lagUnit } from './lag.ts';
import { byTask } from './tasks.ts';
import type { Column, LazyNote, Note, Row, RowNote, View } from './view.ts';

const columnsFor = (subTasks: readonly SubTask[]): readonly Column[] => [
  { title: 'TASK', cut: true },
  { title: 'WORKER', rank: 1 },
  { title: 'SOURCE', rank: 5, cut: true },
  { title: 'STAGE', alias: 'state' },
  { title: 'UNIT', rank: 4 },
  { title: 'PROGRESS', rank: 3 },
  { title: 'LAG', align: 'right', rank: 2, unit: lagUnit(subTasks) },
  { title: 'ERROR', cut: true },
  { title: 'SYNCED', wide: true },
  { title: 'MASTER BINLOG', wide: true },
  { title: 'SYNCER BINLOG', wide: true },
  { title: 'DDL LOCK', wide: true },
];

/** The view of a cluster's sub tasks. With `problems`, only those that need attention. */
export function subTasksView(cluster: Cluster, problems: boolean): View {
  const shown = byTask(problems ? cluster.subTasks.filter((s) => isProblem(s.health)) : cluster.subTasks).flatMap((t) => t.subTasks);
  return {
    columns: columnsFor(cluster.subTasks),
    rows: shown.map(row),
    notes: notesOf(cluster, shown),
    footer: footerOf(cluster, problems),
  };
}

function row(s: SubTask): Row {
  return {
    key: subTaskKey(s),
    name: s.task,
    cells: [
      s.task,
      s.worker,
      s.source,
      stageCell(s.stage, s.health),
      s.unit,
      progressText(s),
      lagCell(s),
      s.errors[0] === undefined ? s.reason : errorClass(s.errors[0]),
      s.sync ? (s.sync.synced ? 'yes' : 'no') : '',
      s.sync?.master ?? '',
      s.sync?.at ?? '',
      s.lock,
    ],
  };
}

/** What identifies a sub task in a view. */
export const subTaskKey = ({ task, target }: SubTask): string => `${task}\n${target}`;

/** How far a sub task is, in the terms of its unit. */
export function progressText({ dump, load, sync }: SubTask): string {
  if (dump) return dumpText(dump);
  if (load) return load.total > 0 ? withSpeed(`${share(load.done, load.total)} of ${formatBytes(load.total)}`, load.bytesPerSecond) : '';
  if (!sync) return '';
  const events = `${formatCount(sync.events)} ${sync.events === 1 ? 'event' : 'events'}`;
  return sync.rowsPerSecond ? `${events}, ${formatCount(sync.rowsPerSecond)} rows/s` : events;
}

/** DM reports the rows of a dump only from 5.4 on, and their total is an estimate. */
function dumpText({ rows, totalRows, bytes, bytesPerSecond }: DumpState): string {
  if (rows === 0 && bytes === 0) return '';
  const part =
    totalRows > 0 ? `${share(Math.min(rows, totalRows), totalRows)} of ${formatCount(totalRows)} rows` : `${formatCount(rows)} rows`;
  return withSpeed(part, bytesPerSecond);
}

const share = (done: number, total: number): string => `${((100 * done) / total).toFixed(1)}%`;

const withSpeed = (text: string, bytesPerSecond = 0): string => (bytesPerSecond > 0 ? `${text}, ${formatBytes(bytesPerSecond)}/s` : text);

/** The errors, then workers whose state is unknown, and relays that do not run. */
function notesOf({ refused, workers }: Cluster, shown: readonly SubTask[]): View['notes'] {
  const notes: (Note | LazyNote | RowNote)[] = [];
  if (refused) notes.push(errorNote('DM-master', refused));
  for (const s of shown) {
    const { task, worker, errors } = s;
    for (const text of errors)
      notes.push({ rows: [subTaskKey(s)], note: errorNote(`${task} on ${worker}`, text, { known: { task, worker } }) });
  }
  notes.push(...stuckNotes(shown));
  for (const { worker, error } of workers) if (error) notes.push(errorNote(worker, error, { known: { worker } }));
  for (const { relay } of workers) {
    if (relay?.health === 'held') notes.push({ tone: 'held', line: `the relay of ${relay.worker} is ${relay.stage}` });
    for (const text of relay?.errors ?? [])
      notes.push(errorNote(`the relay of ${relay?.worker}`, text, { known: { worker: relay?.worker } }));
  }
  return notes;
}

/** Sub tasks of a task that wait for the same thing, such as one DDL lock, in one note. */
function stuckNotes(shown: readonly SubTask[]): RowNote[] {
  const groups = new Map<string, SubTask[]>();
  for (const s of shown) {
    if (s.errors.length > 0 || s.reason === '') continue;
    const what = JSON.stringify([s.task, s.reason, s.lock, s.sync?.blocking]);
    const known = groups.get(what);
    if (known) known.push(s);
    else groups.set(what, [s]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [SubTask];
    const details = (first.sync?.blocking ?? []).map((text) => ({ label: 'statement', text }));
    const where = joinNames(
      group.map((s) => s.worker),
      MAX_WORKERS,
    );
    const line = `${first.task} on ${where}: ${first.reason}${first.lock ? ` (${first.lock})` : ''}`;
    return { rows: group.map(subTaskKey), note: { tone: 'warn', line, details } };
  });
}

/** More workers of a note are given as a number. */
const MAX_WORKERS = 3;

function footerOf({ refused, workers, subTasks }: Cluster, problems: boolean): string {
  if (refused) return '';
  const silent = workers.filter((w) => w.error !== '').length;
  const down = silent > 0 ? `; ${count(silent, 'worker does not answer', 'workers do not answer')}` : '';
  if (subTasks.length === 0) return `no sub tasks on ${count(workers.length, 'worker')}${down}`;
  const all = `${count(subTasks.length, 'sub task')}: ${tally(subTasks)}${down}`;
  return problems && !subTasks.some((s) => isProblem(s.health)) && silent === 0 ? `no problems in ${all}` : all;
}
