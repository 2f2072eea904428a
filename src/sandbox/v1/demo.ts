// The demonstrations of the sandbox: errors, DDL locks and delays to try commands on, and what triggers them.
//
//   task name contains `check-fails`          the pre-check rejects it: the first source has binlog_row_image MINIMAL (26005)
//   task name contains `ddl-fails`            8 s after its first source is in Sync, an ALTER TABLE that the target rejects
//                                             stops it. query-error shows where, sql-skip or sql-replace fixes it
//   is-sharding: true, with a table route     8 s after Sync the first source alters its two tables and a DDL lock appears.
//                                             The other sources alter theirs 90 s later, which resolves a remaining lock
//   task name contains `slow-target`          the target takes 3 s for each row, and reports a batch when all its rows are done
//   … `locked-target`                         the target's tables are locked for the first 60 s of Sync
//   … `busy-neighbour`                        another database of its upstreams is written to five times a second
//   … `quiet-upstream`                        its upstreams are written to once, 8 s after Sync, and then no more
//   enable-heartbeat: true                    a heartbeat is written in its upstreams every second while it replicates
//   target-database host ends in .invalid     the target cannot be reached: 26002, or, with the checks ignored, a task that
//                                             stops before its first unit
//   the option `down` of the sandbox          these workers do not answer: 38008
//
// A task that is stopped and started again repeats its demonstration.

import type { Ddl, State, SubTask, Worker } from './state.ts';
import { alterTable, writeRows } from './upstream.ts';

export const CHECK_FAILS = 'check-fails';
export const DDL_FAILS = 'ddl-fails';
export const SLOW_TARGET = 'slow-target';
export const LOCKED_TARGET = 'locked-target';
export const BUSY_NEIGHBOUR = 'busy-neighbour';
export const QUIET_UPSTREAM = 'quiet-upstream';
/** Milliseconds after the first source of a task has reached Sync. */
const FIRST_AT = 8000;
/** Milliseconds between the statement of the first source and those of the others. */
const OTHERS_AFTER = 90_000;

/** Go's text for why a target database cannot be reached, or undefined. RFC 6761 reserves `.invalid`, so no real host matches. */
export function unreachableTarget(host: string): string | undefined {
  return /\.invalid$/i.test(host) ? `dial tcp: lookup ${host}: no such host` : undefined;
}

/** Milliseconds that a slow target takes for a row, and for which a locked target is locked from the start of Sync. */
const ROW_TAKES = 3000;
const LOCKED_FOR = 60_000;

/** The time at which the target of a task has executed the row changes that it receives at `now`. */
export function executedAt({ part: { name }, sync }: SubTask, rows: number, now: number): number {
  const free = name.includes(LOCKED_TARGET) ? Math.max(now, sync.began + LOCKED_FOR) : now;
  return name.includes(SLOW_TARGET) ? free + rows * ROW_TAKES : free;
}

/** Whether nothing but demonstrations writes in an upstream. */
export function isQuiet(worker: Worker): boolean {
  return [...worker.tasks.keys()].some((name) => name.includes(QUIET_UPSTREAM));
}

/** Runs the steps that are due. */
export function advanceDemos(state: State): void {
  if (!state.options.demos) return;
  for (const [name, addresses] of state.taskMap) {
    const workers = addresses.flatMap((address) => state.workers.get(address) ?? []).filter((w) => w.tasks.has(name));
    const demo = state.demos.get(name) ?? { began: undefined, shown: false, round: 1 };
    state.demos.set(name, demo);
    const inSync = workers.some((w) => w.tasks.get(name)?.unit === 'Sync' && w.tasks.get(name)?.stage === 'Running');
    if (inSync) demo.began ??= state.now;
    if (demo.shown || demo.began === undefined || state.now < demo.began + FIRST_AT) continue;
    demo.shown = true;
    for (const [i, worker] of workers.entries()) plan(state, name, worker, i === 0, demo.round);
  }
  const due = state.scheduled.filter((s) => s.at <= state.now);
  state.scheduled = state.scheduled.filter((s) => s.at > state.now);
  for (const { address, ddl } of due) {
    const worker = state.workers.get(address);
    if (worker) alterTable(worker, ddl);
  }
}

/** Schedules the demonstration of a restarted task again if it has already run. */
export function repeatDemo(state: State, name: string): void {
  const demo = state.demos.get(name);
  if (demo) state.demos.set(name, { began: undefined, shown: false, round: demo.round + (demo.shown ? 1 : 0) });
}

function plan(state: State, name: string, worker: Worker, isFirst: boolean, round: number): void {
  const schedule = (at: number, ddl: Ddl) => state.scheduled.push({ at, address: worker.address, ddl });
  if (name.includes(DDL_FAILS)) {
    if (!isFirst) return;
    const error = "Error 1062: Duplicate entry 'paid' for key 'u_note'";
    schedule(state.now, { table: '`shop`.`orders`', change: 'ADD UNIQUE `u_note`(`note`)', failsFor: name, error });
    return;
  }
  if (name.includes(QUIET_UPSTREAM)) {
    writeRows(worker);
    return;
  }
  // A DDL lock would hide what these demonstrations show.
  if ([SLOW_TARGET, LOCKED_TARGET, BUSY_NEIGHBOUR].some((lever) => name.includes(lever))) return;
  for (const table of worker.tasks.get(name)?.part.shard?.tables ?? []) {
    schedule(state.now + (isFirst ? 0 : OTHERS_AFTER), { table, change: `ADD COLUMN \`c${round}\` INT` });
  }
}
