// The table of query-status: one row per sub task, those that need attention first.

import { formatGap, positionGap } from '../domain/binlog-position.ts';
import type { Cluster, SubTask } from '../domain/cluster.ts';
import { count, formatBytes, formatCount } from '../text/quantity.ts';
import { errorClass, errorNote } from './error-note.ts';
import { byUrgency, isProblem, stageCell, tally } from './health.ts';
import type { Column, LazyNote, Note, Row, View } from './view.ts';

const COLUMNS: readonly Column[] = [
  { title: 'TASK', cut: true },
  { title: 'WORKER', rank: 1 },
  { title: 'SOURCE', rank: 5, cut: true },
  { title: 'STAGE' },
  { title: 'UNIT', rank: 4 },
  { title: 'PROGRESS', rank: 3 },
  { title: 'BEHIND', align: 'right', rank: 2 },
  { title: 'ERROR', cut: true },
  { title: 'SYNCED', wide: true },
  { title: 'MASTER BINLOG', wide: true },
  { title: 'SYNCER BINLOG', wide: true },
  { title: 'DDL LOCK', wide: true },
];

/** The view of a cluster's sub tasks. With `problems`, only those that need attention. */
export function subTasksView(cluster: Cluster, problems: boolean): View {
  const shown = byUrgency(problems ? cluster.subTasks.filter((s) => isProblem(s.health)) : cluster.subTasks);
  return {
    columns: COLUMNS,
    rows: shown.map(row),
    notes: notesOf(cluster, shown),
    footer: footerOf(cluster, problems),
  };
}

/** The sub tasks that need attention, as plain values for programs. */
export function problemsOf(cluster: Cluster): unknown {
  return byUrgency(cluster.subTasks.filter((s) => isProblem(s.health))).map(
    ({ task, worker, source, stage, unit, health, reason, errors, lock }) => ({
      task,
      worker,
      source,
      stage,
      unit,
      health,
      why: reason,
      errors,
      ddlLock: lock,
    }),
  );
}

function row(s: SubTask): Row {
  return {
    key: `${s.task}\n${s.worker}`,
    name: s.task,
    cells: [
      s.task,
      s.worker,
      s.source,
      stageCell(s.stage, s.health),
      s.unit,
      progress(s),
      s.sync ? formatGap(positionGap(s.sync.master, s.sync.at)) : '',
      s.errors[0] === undefined ? s.reason : errorClass(s.errors[0]),
      s.sync ? (s.sync.synced ? 'yes' : 'no') : '',
      s.sync?.master ?? '',
      s.sync?.at ?? '',
      s.lock,
    ],
  };
}

function progress({ load, sync }: SubTask): string {
  if (load) return load.total > 0 ? `${((100 * load.done) / load.total).toFixed(1)}% of ${formatBytes(load.total)}` : '';
  return sync ? `${formatCount(sync.events)} ${sync.events === 1 ? 'event' : 'events'}` : '';
}

/** The errors, then workers whose state is unknown, and relays that do not run. */
function notesOf({ refused, workers }: Cluster, shown: readonly SubTask[]): View['notes'] {
  const notes: (Note | LazyNote)[] = [];
  if (refused) notes.push(errorNote('DM-master', refused));
  for (const { task, worker, errors } of shown) {
    for (const text of errors) notes.push(errorNote(`${task} on ${worker}`, text, { known: { task, worker } }));
  }
  for (const s of shown) {
    if (s.errors.length > 0 || s.reason === '') continue;
    const details = (s.sync?.blocking ?? []).map((text) => ({ label: 'statement', text }));
    notes.push({ tone: 'warn', line: `${s.task} on ${s.worker}: ${s.reason}${s.lock ? ` (${s.lock})` : ''}`, details });
  }
  for (const { worker, error } of workers) if (error) notes.push(errorNote(worker, error, { known: { worker } }));
  for (const { relay } of workers) {
    if (relay?.health === 'held') notes.push({ tone: 'held', line: `the relay of ${relay.worker} is ${relay.stage}` });
    for (const text of relay?.errors ?? [])
      notes.push(errorNote(`the relay of ${relay?.worker}`, text, { known: { worker: relay?.worker } }));
  }
  return notes;
}

function footerOf({ refused, workers, subTasks }: Cluster, problems: boolean): string {
  if (refused) return '';
  const silent = workers.filter((w) => w.error !== '').length;
  const down = silent > 0 ? `; ${count(silent, 'worker does not answer', 'workers do not answer')}` : '';
  if (subTasks.length === 0) return `no sub tasks on ${count(workers.length, 'worker')}${down}`;
  const all = `${count(subTasks.length, 'sub task')}: ${tally(subTasks)}${down}`;
  return problems && !subTasks.some((s) => isProblem(s.health)) && silent === 0 ? `no problems in ${all}` : all;
}
