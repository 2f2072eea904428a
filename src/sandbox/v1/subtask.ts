// The lifecycle of one subtask up to Sync, and the queue of operations of its worker.

import { failed } from './cluster.ts';
import { unreachableTarget } from './demo.ts';
import { fileNumber, plainForm } from './positions.ts';
import type { Operation, State, SubTask, SyncState, TaskPart, Worker } from './state.ts';
import { saveCheckpoint } from './syncer.ts';
import { masterTexts, stacked, workerTexts } from './texts.ts';

/** Milliseconds that a loaded task waits for the relay, as observed on a real DM 1.0.1 cluster. */
const RELAY_WAIT = 300_000;
/** Milliseconds from an error to the checker's first attempt to resume, and then between attempts. */
const RETRIES = [2000, 5000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 240_000, 300_000];

const WAITING = () => ({ isCanceled: false, errors: [] });

/** Advances a subtask by some milliseconds. syncer.ts replays transactions in Sync. */
export function advanceTask(state: State, worker: Worker, task: SubTask, elapsed: number): void {
  if (task.stage === 'New') begin(state, worker, task);
  if (task.waitingSince !== undefined) waitForRelay(state, worker, task);
  else if (task.stage === 'Paused') tryAgain(state, worker, task);
  else if (task.stage === 'Running' && task.unit !== 'Sync') dumpAndLoad(state, worker, task, elapsed);
  else if (task.stage === 'Running' && !task.sync.saved) beginWaiting(state, worker, task);
}

/** Starts in the first unit, in Sync if there is a checkpoint for it, or as Paused if the target is unreachable. */
function begin(state: State, worker: Worker, task: SubTask): void {
  const { part } = task;
  const cause = unreachableTarget(part.targetHost);
  if (cause) {
    task.stage = 'Paused';
    task.ready = false;
    const unit = part.mode === 'incremental' ? 'Sync' : 'Load';
    task.result = failed('UnknownError', stacked(workerTexts.initFailed(unit, part.name, cause), 'dm/worker.(*SubTask).Init'));
    return;
  }
  task.ready = true;
  task.stage = 'Running';
  task.result = undefined;
  const checkpoint = worker.checkpoints.get(part.name);
  if (checkpoint?.finished) {
    finish(state, task);
    return;
  }
  task.unit = part.mode === 'incremental' || checkpoint ? 'Sync' : 'Dump';
  task.dumped = worker.upstream.seq;
  task.dumpPosition = worker.upstream.end;
  if (checkpoint) {
    task.sync = newSync(state.now, checkpoint.done);
    task.sync.saved = checkpoint.position;
    task.sync.savedUnder = checkpoint.under;
  } else if (part.mode === 'incremental') beginAtMeta(state, worker, task);
}

function beginAtMeta(state: State, worker: Worker, task: SubTask): void {
  const { upstream } = worker;
  const meta = task.part.meta ?? upstream.end;
  const first = upstream.log.find((t) => t.end.file > meta.file || (t.end.file === meta.file && t.end.offset > meta.offset));
  task.sync = newSync(state.now, first ? first.seq - 1 : upstream.seq);
  task.sync.saved = meta;
}

function dumpAndLoad(state: State, worker: Worker, task: SubTask, elapsed: number): void {
  const { dumpMs, loadMs } = state.options;
  task.spent += elapsed;
  if (task.unit === 'Dump' && task.spent >= dumpMs) task.unit = 'Load';
  if (task.unit !== 'Load' || task.spent < dumpMs + loadMs) return;
  if (task.part.mode === 'full') {
    finish(state, task);
    return;
  }
  task.unit = 'Sync';
  task.sync = newSync(state.now, task.dumped);
  beginWaiting(state, worker, task);
}

function beginWaiting(state: State, worker: Worker, task: SubTask): void {
  task.stage = 'Paused';
  task.result = WAITING();
  task.waitingSince = state.now;
  waitForRelay(state, worker, task);
}

function finish(state: State, task: SubTask): void {
  task.unit = 'Load';
  task.spent = state.options.dumpMs + state.options.loadMs;
  task.stage = 'Finished';
  task.result = WAITING();
}

/** Between Load and Sync: enters Sync once the relay log has everything that the dump has, and then processes the queue. */
function waitForRelay(state: State, worker: Worker, task: SubTask): void {
  if (worker.relay.received >= task.dumped) {
    task.waitingSince = undefined;
    task.sync.saved = task.dumpPosition;
    if (task.stage === 'Paused') {
      task.stage = 'Running';
      task.result = undefined;
    }
    for (const operation of worker.queue.splice(0)) runNow(state, worker, operation);
  } else if (state.now - (task.waitingSince ?? 0) >= RELAY_WAIT) {
    task.waitingSince = undefined;
    const text = workerTexts.relayTooSlow(plainForm(task.dumpPosition), plainForm(worker.relay.position));
    task.result = failed('UnknownError', stacked(text, 'dm/worker.(*SubTask).run'));
    for (const operation of worker.queue.splice(0)) runNow(state, worker, operation);
  }
}

/** DM's task checker resumes a subtask after an error. Each attempt is an operation with its own number. */
function tryAgain(state: State, worker: Worker, task: SubTask): void {
  if (!task.ready || !task.result?.errors?.length) return;
  task.retry ??= { tries: 0, at: state.now + (RETRIES[0] as number) };
  if (state.now < task.retry.at) return;
  task.retry.tries += 1;
  task.retry.at = state.now + (RETRIES[Math.min(task.retry.tries, RETRIES.length - 1)] as number);
  worker.logID += 1;
  task.stage = 'Running';
  task.result = undefined;
  task.sync.failure = undefined;
}

function newSync(now: number, done: number): SyncState {
  return {
    began: now,
    from: done,
    done,
    batch: undefined,
    saved: undefined,
    savedUnder: undefined,
    savedAt: now,
    events: 0,
    countedAt: now,
    counted: 0,
    totalTps: 0,
    recentTps: 0,
    groups: [],
    blocking: undefined,
    reported: false,
    reportAt: 0,
    lockID: '',
    rules: [],
    failure: undefined,
  };
}

function newSubTask(state: State, worker: Worker, part: TaskPart): SubTask {
  const { end, seq } = worker.upstream;
  const sync = newSync(state.now, seq);
  return {
    part,
    stage: 'New',
    unit: 'InvalidUnit',
    result: undefined,
    ready: true,
    spent: 0,
    dumped: seq,
    dumpPosition: end,
    waitingSince: undefined,
    sync,
    retry: undefined,
  };
}

/**
 * Runs one operation on a worker. The operation may have to wait for the relay, for the target to finish executing, or behind
 * another waiting operation. Returns the worker's own error text as dmctl shows it, '' for success. Every operation takes a
 * number (`logID`), even one that fails.
 */
export function runOperation(state: State, worker: Worker, operation: Operation): string {
  worker.logID += 1;
  const task = worker.tasks.get(operation.name);
  const waits = task?.waitingSince !== undefined && (operation.op === 'Stop' || operation.op === 'Resume');
  const executes = task?.sync.batch !== undefined && (operation.op === 'Stop' || operation.op === 'Pause');
  const blocks = waits || executes;
  if (blocks || worker.queue.length > 0) {
    worker.queue.push(operation);
    if (waits && operation.op === 'Stop') task.stage = 'Stopped';
    return stacked(masterTexts.timeout, 'dm/master.(*Server).waitOperationOk');
  }
  const text = runNow(state, worker, operation);
  return text && stacked(masterTexts.notSuccess(text), 'dm/master.(*Server).waitOperationOk');
}

function runNow(state: State, worker: Worker, { op, name, part }: Operation): string {
  const task = worker.tasks.get(name);
  if (op === 'Start' && part) {
    if (task) return workerTexts.exists(name);
    if (part.removeMeta) worker.checkpoints.delete(name);
    worker.tasks.set(name, newSubTask(state, worker, part));
    return '';
  }
  if (!task) return workerTexts.unknownTask(name);
  if (op === 'Stop') return stop(state, worker, task);
  if (op === 'Pause') return pause(state, worker, task);
  if (op === 'Resume') return resume(task);
  return update(task, part);
}

function stop(state: State, worker: Worker, task: SubTask): string {
  const { name } = task.part;
  if (task.stage === 'Finished') worker.checkpoints.set(name, { finished: true, done: 0, position: undefined, under: undefined });
  else if (task.unit === 'Sync' && task.sync.saved) {
    if (task.stage === 'Running') saveCheckpoint(state, worker, task);
    // A half-done DDL is read again from its first table.
    const done = Math.min(task.sync.done, ...task.sync.groups.map((g) => g.first.seq - 1));
    worker.checkpoints.set(name, { finished: false, done, position: task.sync.saved, under: task.sync.savedUnder });
  }
  worker.tasks.delete(name);
  return '';
}

function pause(state: State, worker: Worker, task: SubTask): string {
  if (task.stage !== 'Running') return workerTexts.notRunning;
  task.stage = 'Paused';
  if (task.unit === 'Sync') saveCheckpoint(state, worker, task);
  return '';
}

function resume(task: SubTask): string {
  if (task.stage !== 'Paused') return workerTexts.notPaused;
  task.stage = task.ready || !task.result ? 'Running' : 'New';
  task.ready = true;
  task.result = undefined;
  task.retry = undefined;
  task.sync.failure = undefined;
  return '';
}

function update(task: SubTask, part: TaskPart | undefined): string {
  if (task.stage !== 'Paused') return workerTexts.updateNotPaused(task.stage);
  const tables = task.sync.groups.map((g) => g.target);
  if (tables.length > 0) return workerTexts.unresolved(tables);
  if (part) task.part = { ...task.part, shard: part.shard };
  return '';
}

/** Completes the operations that waited for the target once it has executed its batch. */
export function workOff(state: State, worker: Worker): void {
  const waits = [...worker.tasks.values()].some((t) => t.waitingSince !== undefined || t.sync.batch);
  if (!waits) for (const operation of worker.queue.splice(0)) runNow(state, worker, operation);
}

/** The position that `binlog-name` and `binlog-pos` of a task file specify. */
export function metaPosition(name: string, offset: number): { file: number; offset: number } {
  return { file: fileNumber(name), offset };
}
