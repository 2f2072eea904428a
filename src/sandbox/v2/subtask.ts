// The life of a sub task: Dump, Load, then Sync, or the end in mode full.

import { flush } from './checkpoint.ts';
import { unreachableTarget } from './demo.ts';
import { checkpointKey } from './positions.ts';
import type { Checkpoint, Position, Source, State, SubTask, Task } from './state.ts';
import { databaseError, newSync, pauseWith, replay, retry } from './sync.ts';
import type { TaskFile } from './task-file.ts';

/** Starts a task on a source: from its checkpoint if there is one. */
export function startSubTask(state: State, task: Task, source: Source): SubTask {
  const checkpoint = state.checkpoints.get(checkpointKey(task.name, source.id));
  const mode = task.file['task-mode'] ?? 'all';
  const { upstream } = source;
  const atEnd = { seq: upstream.seq, position: upstream.end };
  const begin = checkpoint?.saved ?? (mode === 'incremental' ? metaOf(task.file, source) : atEnd);
  const subTask: SubTask = {
    name: task.name,
    source: source.id,
    stage: 'Running',
    unit: checkpoint?.saved || mode === 'incremental' ? 'Sync' : 'Dump',
    result: undefined,
    spent: checkpoint?.spent ?? 0,
    dumped: atEnd,
    sync: newSync(state, begin.seq, begin.position),
    validator: undefined,
    retryAt: undefined,
  };
  if (checkpoint?.saved) subTask.sync.saved.inRelay = checkpoint.saved.inRelay;
  source.tasks.set(task.name, subTask);
  if (checkpoint?.finished) finish(state, subTask);
  const cause = unreachableTarget(task.file['target-database']?.host ?? '');
  if (cause) {
    if (subTask.unit === 'Dump') subTask.unit = 'Load';
    pauseWith(subTask, databaseError('downstream', cause));
  }
  return subTask;
}

/** The position in the task file where an incremental task begins, else the end of the binlog. */
function metaOf(file: TaskFile, { id, upstream }: Source): { seq: number; position: Position } {
  const meta = file['mysql-instances']?.find((i) => i['source-id'] === id)?.meta;
  const number = /\.(\d+)$/.exec(meta?.['binlog-name'] ?? '')?.[1];
  if (!meta || !number) return { seq: upstream.seq, position: upstream.end };
  const position = { file: Number(number), offset: meta['binlog-pos'] ?? 4 };
  const isAfter = (p: Position) => p.file > position.file || (p.file === position.file && p.offset > position.offset);
  const first = upstream.log.find((t) => isAfter(t.end));
  return { seq: first ? first.seq - 1 : upstream.seq, position };
}

/** Ends a sub task and keeps its checkpoint. */
export function stopSubTask(state: State, source: Source, task: SubTask): void {
  if (task.unit === 'Sync') flush(state, source, task);
  const checkpoint: Checkpoint = {
    finished: task.stage === 'Finished',
    spent: task.spent,
    saved: task.unit === 'Sync' ? task.sync.saved : undefined,
  };
  state.checkpoints.set(checkpointKey(task.name, source.id), checkpoint);
  source.tasks.delete(task.name);
}

/** Pauses by hand. An error stays beside it. */
export function pauseSubTask(state: State, source: Source, task: SubTask): void {
  if (task.stage === 'Running' && task.unit === 'Sync') {
    flush(state, source, task);
    task.sync.events += 1;
  }
  task.result = { isCanceled: true, errors: task.result?.errors ?? [] };
  task.stage = 'Paused';
  task.retryAt = undefined;
}

/** Resumes, and replays at once what is there. */
export function resumeSubTask(state: State, source: Source, task: SubTask): void {
  if (task.stage !== 'Paused') return;
  task.stage = 'Running';
  task.result = undefined;
  task.retryAt = undefined;
  if (task.unit === 'Sync') replay(state, source, task);
}

/** Advances a sub task by some milliseconds. */
export function advanceSubTask(state: State, source: Source, task: SubTask, elapsed: number): void {
  if (task.stage === 'Paused') retry(state, source, task);
  if (task.stage !== 'Running') return;
  if (task.unit !== 'Sync') dumpAndLoad(state, source, task, elapsed);
  if (task.unit === 'Sync') replay(state, source, task);
}

function dumpAndLoad(state: State, { upstream }: Source, task: SubTask, elapsed: number): void {
  const { dumpMs, loadMs } = state.options;
  if (task.spent === 0) task.dumped = { seq: upstream.seq, position: upstream.end };
  task.spent += elapsed;
  if (task.unit === 'Dump' && task.spent >= dumpMs) task.unit = 'Load';
  if (task.unit !== 'Load' || task.spent < dumpMs + loadMs) return;
  if (state.tasks.get(task.name)?.file['task-mode'] === 'full') {
    finish(state, task);
    return;
  }
  task.unit = 'Sync';
  task.sync = newSync(state, task.dumped.seq, task.dumped.position);
}

function finish(state: State, task: SubTask): void {
  task.unit = 'Load';
  task.spent = state.options.dumpMs + state.options.loadMs;
  task.stage = 'Finished';
  task.result = { isCanceled: false, errors: [] };
}
