// Sync: what a sub task does with the transactions that its relay has.

import { failed } from './cluster.ts';
import { reportBlocked } from './ddl-locks.ts';
import { failedForm, fileName, plainForm, relaySubDir } from './positions.ts';
import { joinGroup } from './sharding.ts';
import { takeRule } from './sql-rules.ts';
import type { Ddl, Position, State, SubTask, Txn, Worker } from './state.ts';
import { stacked, workerTexts } from './texts.ts';
import { txnAt } from './upstream.ts';

/** Milliseconds between two checkpoints while rows flow, and between two computations of the rates. */
const CHECKPOINT = 30_000;

/** Replays, in every running sub task, all that can be replayed now; a lock that is resolved lets others go on. */
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
    if (sync.done >= worker.relay.received) break;
    const txn = txnAt(worker, sync.done + 1);
    if (txn?.ddl) replayDdl(state, worker, task, txn, txn.ddl);
    else {
      sync.done += 1;
      sync.events += txn?.events ?? 0;
      if (state.now - sync.savedAt >= CHECKPOINT) saveCheckpoint(state, worker, task);
    }
    moved = true;
  }
  if (task.stage === 'Running' && sync.done >= worker.relay.received) task.retry = undefined;
  return moved;
}

/** The task is to begin in a binlog file that the relay does not have. */
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

/** Writes the checkpoint: only then does syncerBinlog move, as in DM. Not beyond a DDL that is half done. */
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
  if (sync.events === 0 && !last.ddl) return;
  sync.saved = last.end;
  sync.savedInRelayForm = true;
  sync.savedAt = state.now;
}
