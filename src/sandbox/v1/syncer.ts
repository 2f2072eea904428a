// Sync: replays the transactions that the relay has.

import { failed } from './cluster.ts';
import { reportBlocked } from './ddl-locks.ts';
import { executedAt } from './demo.ts';
import { failedForm, fileName, plainForm, relaySubDir } from './positions.ts';
import { joinGroup } from './sharding.ts';
import { takeRule } from './sql-rules.ts';
import type { Batch, Ddl, Position, State, SubTask, Txn, Worker } from './state.ts';
import { stacked, workerTexts } from './texts.ts';
import { txnAt } from './upstream.ts';

/** Milliseconds after which the next event writes the checkpoint again, and between two computations of the rates. */
const CHECKPOINT = 30_000;
/** The number of rows that are sent to the target together (`batch` of a task file). */
const BATCH = 100;

/** Replays everything that can be replayed now in all running subtasks. A resolved lock lets other subtasks continue. */
export function replay(state: State): void {
  let moved = true;
  while (moved) {
    moved = false;
    for (const worker of state.workers.values()) {
      if (!worker.up) continue;
      for (const task of worker.tasks.values()) if (replayTask(state, worker, task)) moved = true;
    }
  }
}

function replayTask(state: State, worker: Worker, task: SubTask): boolean {
  let moved = false;
  const { sync } = task;
  while (task.stage === 'Running' && task.unit === 'Sync' && sync.saved) {
    if (sync.saved.file > worker.upstream.end.file) {
      task.stage = 'Paused';
      task.result = missingFile(worker, sync.saved);
      break;
    }
    if (sync.blocking) {
      if (reportBlocked(state, worker, task)) moved = true;
      if (sync.blocking) break;
    }
    if (sync.batch) {
      if (state.now < sync.batch.until) break;
      finishBatch(state, worker, task, sync.batch);
    } else {
      // A waiting operation comes before new transactions.
      if (sync.done >= worker.relay.received || worker.queue.some((o) => o.name === task.part.name)) break;
      const txn = txnAt(worker, sync.done + 1);
      if (!txn?.ddl) sync.batch = nextBatch(state, worker, task);
      else if (executedAt(task, 0, state.now) > state.now) break;
      else replayDdl(state, worker, task, txn, txn.ddl);
    }
    moved = true;
  }
  if (task.stage === 'Running' && sync.done >= worker.relay.received) task.retry = undefined;
  return moved;
}

/** The next batch for the target: row changes up to a DDL, with the filtered changes between them. */
function nextBatch(state: State, worker: Worker, task: SubTask): Batch {
  const { sync } = task;
  let rows = 0;
  let upTo = sync.done;
  while (upTo < worker.relay.received && rows < BATCH) {
    const txn = txnAt(worker, upTo + 1);
    if (txn?.ddl) break;
    upTo += 1;
    rows += Math.max(0, (txn?.events ?? 0) - 1);
  }
  const until = rows > 0 ? executedAt(task, rows, state.now) : state.now;
  return { upTo, until, flushes: state.now - sync.savedAt >= CHECKPOINT };
}

function finishBatch(state: State, worker: Worker, task: SubTask, { upTo, flushes }: Batch): void {
  const { sync } = task;
  sync.batch = undefined;
  for (; sync.done < upTo; sync.done += 1) sync.events += txnAt(worker, sync.done + 1)?.events ?? 0;
  if (flushes) saveCheckpoint(state, worker, task);
}

/** The error of a task that starts in a binlog file that the relay does not have. */
function missingFile({ upstream, relay }: Worker, from: Position) {
  const dir = `relay_log/${relaySubDir(upstream, relay.suffix)}`;
  const text = workerTexts.noRelayFile(dir, plainForm(from), fileName(from));
  return failed('UnknownError', stacked(text, 'pkg/streamer.CollectBinlogFilesCmp'));
}

function replayDdl(state: State, worker: Worker, task: SubTask, txn: Txn, ddl: Ddl): void {
  const { shard } = task.part;
  if (shard?.tables.includes(ddl.table)) {
    joinGroup(state, task, txn, ddl, shard);
    return;
  }
  const { sync } = task;
  const sql = `ALTER TABLE ${ddl.table} ${ddl.change}`;
  const position = failedForm(worker.relay, txn.end);
  const rule = takeRule(sync.rules, sql, position);
  if (!rule && ddl.failsFor === task.part.name) {
    const text = workerTexts.execFailed(sql, ddl.error ?? 'Error 1105: refused');
    task.stage = 'Paused';
    task.result = failed('ExecSQL', stacked(text, 'pkg/baseconn.(*BaseConn).ExecuteSQLWithIgnoreError'));
    sync.failure = { msg: text, position, sql: `[${sql}]` };
    return;
  }
  sync.done = txn.seq;
  sync.events += rule ? rule.sqls.length : 1;
  saveCheckpoint(state, worker, task);
}

/**
 * Writes the checkpoint. syncerBinlog changes only then. DM 1.0 writes it after a DDL, when the task is paused or stopped, and
 * with the first event (even a filtered one) 30 s or more after the last time. The checkpoint never passes a half-done DDL.
 */
export function saveCheckpoint(state: State, worker: Worker, task: SubTask): void {
  const { sync } = task;
  const seconds = (state.now - sync.countedAt) / 1000;
  if (seconds >= CHECKPOINT / 1000) {
    sync.recentTps = Math.floor((sync.events - sync.counted) / seconds);
    sync.totalTps = sync.totalTps === 0 ? sync.recentTps : Math.floor((sync.totalTps + sync.recentTps) / 2);
    sync.counted = sync.events;
    sync.countedAt = state.now;
  }
  const last = txnAt(worker, sync.done);
  if (!last || sync.groups.length > 0) return;
  if (sync.done === sync.from) return;
  sync.saved = last.end;
  sync.savedUnder = worker.relay.suffix;
  sync.savedAt = state.now;
}
