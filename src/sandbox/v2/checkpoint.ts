// The checkpoint of a sub task in Sync.

import type { Source, State, SubTask } from './state.ts';

/** Events that a DDL statement counts for. */
export const DDL_EVENTS = 4;

/** Lets a sub task go on that waited in a lock. */
export function release(state: State, source: Source, task: SubTask): void {
  const { sync } = task;
  sync.groups = sync.groups.filter((g) => g !== sync.blocking);
  sync.blocking = undefined;
  sync.events += DDL_EVENTS - 1;
  flush(state, source, task);
}

/** Writes the checkpoint. It stays before the first DDL of a group that has not been resolved. */
export function flush(state: State, { upstream, relay }: Source, task: SubTask): void {
  const { sync } = task;
  const held = sync.groups[0]?.first;
  const seq = held ? Math.min(held.seq - 1, sync.done) : sync.done;
  const txn = upstream.log.find((t) => t.seq === seq);
  const position = held && seq === held.seq - 1 ? held.start : (txn?.end ?? sync.saved.position);
  sync.saved = { seq, position, at: state.now, inRelay: relay !== undefined || sync.saved.inRelay };
}
