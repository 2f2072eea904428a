// The unit Sync of a sub task: replays the transactions of its upstream, and stops where one fails or waits for other sources.

import type { ProcessErrorInit } from '../../wire/generated/v2.ts';
import { DDL_EVENTS, flush } from './checkpoint.ts';
import { reachDdl } from './locks.ts';
import { gtidSet, location, plainForm } from './positions.ts';
import type { Ddl, Position, Source, State, SubTask, SyncState, Txn } from './state.ts';
import { shardModeOf, shardsOf, targetOf } from './task-file.ts';
import { refused } from './texts.ts';
import { after } from './upstream.ts';

/** Milliseconds between two flushes of the checkpoint while rows flow. */
const FLUSH_MS = 30_000;
/** Milliseconds between two tries to resume after an error that may end. */
const RETRY_MS = 5000;

/** A sync unit that begins behind a transaction. */
export function newSync(state: State, seq: number, position: Position): SyncState {
  return {
    done: seq,
    saved: { seq, position, at: state.now, inRelay: false },
    events: 0,
    began: state.now,
    counted: { at: state.now, events: 0 },
    groups: [],
    blocking: undefined,
    operators: new Map(),
    failed: undefined,
    schemas: new Map(),
  };
}

/** Replays what the upstream has written. */
export function replay(state: State, source: Source, task: SubTask): void {
  const { sync } = task;
  if (!source.upstream.up) {
    pauseWith(task, databaseError('upstream', refused(source.upstream.address)));
    task.retryAt = state.now + RETRY_MS;
    return;
  }
  for (const txn of after(source.upstream, sync.done)) {
    if (sync.blocking || task.stage !== 'Running') return;
    if (txn.ddl) replayDdl(state, source, task, { ...txn, ddl: txn.ddl });
    else {
      sync.done = txn.seq;
      sync.events += txn.rows;
      if (state.now - sync.saved.at >= FLUSH_MS) flush(state, source, task);
    }
  }
}

/** Runs a sub task again whose error may have ended. */
export function retry(state: State, source: Source, task: SubTask): void {
  if (task.retryAt === undefined || state.now < task.retryAt) return;
  task.retryAt = source.upstream.up ? undefined : state.now + RETRY_MS;
  if (task.retryAt !== undefined) return;
  task.stage = 'Running';
  task.result = undefined;
}

function replayDdl(state: State, source: Source, task: SubTask, txn: Txn & { ddl: Ddl }): void {
  const { sync } = task;
  const file = state.tasks.get(task.name)?.file ?? {};
  const operator = sync.operators.get(plainForm(txn.start));
  if (operator && operator.op !== 'Inject') {
    sync.operators.delete(plainForm(txn.start));
    executed(state, source, task, txn);
    return;
  }
  const target = targetOf(file, source.id, txn.ddl.table);
  const statement = `ALTER TABLE ${target} ${txn.ddl.change}`;
  if (txn.ddl.failsFor === task.name) {
    sync.failed = txn;
    sync.events += 1;
    pauseWith(task, ddlError(source, txn, statement, operator ? 1 : 0));
    return;
  }
  const tables = shardsOf(file, source).get(target);
  if (!tables?.includes(txn.ddl.table)) executed(state, source, task, txn);
  else if (shardModeOf(file) === 'optimistic') {
    executed(state, source, task, txn);
    reachDdl(state, { task, source, target, ddls: [statement], table: txn.ddl.table });
  } else gather(state, source, task, { txn, target, statement, tables });
}

/** Adds a table of a source to those that have reached a DDL. The last one reports the DDL to the master and waits. */
function gather(
  state: State,
  source: Source,
  task: SubTask,
  { txn, target, statement, tables }: { txn: Txn & { ddl: Ddl }; target: string; statement: string; tables: string[] },
): void {
  const { sync } = task;
  let group = sync.groups.find((g) => g.target === target);
  if (!group) {
    group = { target, ddls: [statement], first: txn, synced: [], unsynced: [...tables] };
    sync.groups.push(group);
  }
  group.unsynced = group.unsynced.filter((t) => t !== txn.ddl.table);
  if (!group.synced.includes(txn.ddl.table)) group.synced.push(txn.ddl.table);
  sync.done = txn.seq;
  sync.events += 1;
  if (group.unsynced.length > 0) return;
  sync.blocking = group;
  reachDdl(state, { task, source, target, ddls: group.ddls });
}

function executed(state: State, source: Source, task: SubTask, txn: Txn): void {
  task.sync.done = txn.seq;
  task.sync.events += DDL_EVENTS;
  task.sync.failed = undefined;
  flush(state, source, task);
}

/** Pauses a sub task because of an error. */
export function pauseWith(task: SubTask, error: ProcessErrorInit): void {
  task.stage = 'Paused';
  task.result = { isCanceled: false, errors: [error] };
}

/** The error of a database that does not answer. */
export const databaseError = (scope: 'upstream' | 'downstream', cause: string): ProcessErrorInit => ({
  ErrCode: 10001,
  ErrClass: 'database',
  ErrScope: scope,
  ErrLevel: 'high',
  Message: 'database driver error',
  RawCause: cause,
  Workaround: 'Please check the database connection and the database config in configuration file.',
});

function ddlError({ upstream }: Source, txn: Txn & { ddl: Ddl }, statement: string, suffix: number): ProcessErrorInit {
  const start = location(txn.start, gtidSet(upstream, txn.seq - 1), suffix);
  const end = location(txn.end, gtidSet(upstream, txn.seq));
  const origin = `ALTER TABLE ${txn.ddl.table} ${txn.ddl.change}`;
  return {
    ErrCode: 10006,
    ErrClass: 'database',
    ErrScope: 'downstream',
    ErrLevel: 'high',
    Message: `startLocation: ${start}, endLocation: ${end}, origin SQL: [${origin}]: execute statement failed: ${statement}`,
    RawCause: txn.ddl.error ?? '',
    Workaround: '',
  };
}
