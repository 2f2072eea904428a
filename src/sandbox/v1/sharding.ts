// Merges sharded tables in one subtask: a DDL waits until all tables of the subtask have reached it.

import type { Ddl, ShardGroup, ShardTables, State, SubTask, Txn, Worker } from './state.ts';

/**
 * Records that one more table of this source has reached a sharded DDL. After the last one the subtask waits for the other
 * sources.
 */
export function joinGroup(state: State, task: SubTask, txn: Txn, ddl: Ddl, { target, tables }: ShardTables): void {
  const { sync } = task;
  const ddls = [`ALTER TABLE ${target} ${ddl.change}`];
  let group = sync.groups.find((g) => g.target === target);
  if (!group) {
    group = { target, ddls, first: txn, synced: [], unsynced: [...tables] };
    sync.groups.push(group);
  }
  group.unsynced = group.unsynced.filter((t) => t !== ddl.table);
  if (!group.synced.includes(ddl.table)) group.synced.push(ddl.table);
  if (group.unsynced.length > 0) {
    sync.done = txn.seq;
    return;
  }
  sync.blocking = group;
  sync.reported = false;
  sync.reportAt = state.now;
}

/** Completes the waiting DDL, executed or skipped, so that the subtask continues. `counts`: whether it counts as an event. */
export function release(state: State, worker: Worker, task: SubTask, group: ShardGroup, counts: boolean): void {
  const { sync } = task;
  sync.groups = sync.groups.filter((g) => g !== group);
  sync.blocking = undefined;
  sync.reported = false;
  sync.done += 1;
  if (counts) sync.events += 1;
  sync.saved = group.first.start;
  sync.savedUnder = worker.relay.suffix;
  sync.savedAt = state.now;
}
