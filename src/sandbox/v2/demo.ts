// The demonstrations of the sandbox: errors and DDL locks to try commands on, and what triggers them.
//
//   task name contains `check-fails`          the pre-check rejects it: the first source has binlog_row_image MINIMAL (26005)
//   task name contains `ddl-fails`            8 s after its first source is in Sync, an ALTER TABLE that the target rejects
//                                             stops it. query-status shows where, binlog skip or handle-error fixes it
//   a shard mode, with a table route          8 s after Sync the first source alters its two tables and a DDL lock appears.
//                                             The other sources alter theirs 90 s later, which resolves a remaining lock
//   a validator                               after 10 s, two rows of its first source differ in the target (validation.ts)
//   target-database host ends in .invalid     the target cannot be reached: 10001, or, with the checks ignored, a task that
//                                             stops in its first unit
//   the option `down` of the sandbox          these workers do not answer: 38008. After 55 s they are offline
//
// A task that is stopped and started again repeats its demonstration.

import type { Ddl, Source, State } from './state.ts';
import { shardsOf } from './task-file.ts';
import { alterTable } from './upstream.ts';

export const CHECK_FAILS = 'check-fails';
export const DDL_FAILS = 'ddl-fails';
/** Milliseconds after the first source of a task has reached Sync. */
const FIRST_AT = 8000;
/** Milliseconds between the statement of the first source and those of the others. */
const OTHERS_AFTER = 90_000;

/** Go's text for why a target database cannot be reached, or undefined. RFC 6761 reserves `.invalid`, so no real host matches. */
export function unreachableTarget(host: string): string | undefined {
  return /\.invalid$/i.test(host) ? `dial tcp: lookup ${host}: no such host` : undefined;
}

/** Runs the steps that are due. */
export function advanceDemos(state: State): void {
  if (!state.options.demos) return;
  for (const { name, sources: ids } of state.tasks.values()) {
    const sources = ids.flatMap((id) => state.sources.get(id) ?? []);
    const demo = state.demos.get(name) ?? { began: undefined, shown: false, round: 1 };
    state.demos.set(name, demo);
    const tasks = sources.flatMap((s) => s.tasks.get(name) ?? []);
    if (tasks.some((t) => t.unit === 'Sync' && t.stage === 'Running')) demo.began ??= state.now;
    if (demo.shown || demo.began === undefined || state.now < demo.began + FIRST_AT) continue;
    demo.shown = true;
    for (const [i, source] of sources.entries()) plan(state, name, source, i === 0, demo.round);
  }
  const due = state.scheduled.filter((s) => s.at <= state.now);
  state.scheduled = state.scheduled.filter((s) => s.at > state.now);
  for (const { source: id, ddl } of due) {
    const source = state.sources.get(id);
    if (source) alterTable(source, ddl);
  }
}

/** Schedules the demonstration of a restarted task again if it has already run. */
export function repeatDemo(state: State, name: string): void {
  const demo = state.demos.get(name);
  if (demo) state.demos.set(name, { began: undefined, shown: false, round: demo.round + (demo.shown ? 1 : 0) });
}

function plan(state: State, name: string, source: Source, isFirst: boolean, round: number): void {
  const schedule = (at: number, ddl: Ddl) => state.scheduled.push({ at, source: source.id, ddl });
  if (name.includes(DDL_FAILS)) {
    if (!isFirst) return;
    const error = "Error 1062 (23000): Duplicate entry 'paid' for key 'orders.u_note'";
    schedule(state.now, { table: '`shop`.`orders`', change: 'ADD UNIQUE `u_note`(`note`)', failsFor: name, error });
    return;
  }
  const file = state.tasks.get(name)?.file ?? {};
  for (const table of [...shardsOf(file, source).values()].flat()) {
    schedule(state.now + (isFirst ? 0 : OTHERS_AFTER), { table, change: `ADD COLUMN \`c${round}\` INT` });
  }
}
