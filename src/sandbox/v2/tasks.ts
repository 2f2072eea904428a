// StartTask, CheckTask, UpdateTask and OperateTask.

import type {
  CheckTaskRequest,
  CheckTaskResponseInit,
  CommonWorkerResponseInit,
  OperateTaskRequest,
  OperateTaskResponseInit,
  StartTaskRequest,
  StartTaskResponseInit,
  TaskOp,
  UpdateTaskRequest,
  UpdateTaskResponseInit,
} from '../../wire/generated/v2.ts';
import { entry, workerOf } from './cluster.ts';
import { repeatDemo } from './demo.ts';
import { forgetLocks } from './locks.ts';
import { checkpointKey } from './positions.ts';
import { precheck } from './precheck.ts';
import type { Source, State } from './state.ts';
import { pauseSubTask, resumeSubTask, startSubTask, stopSubTask } from './subtask.ts';
import { readTaskFile, sourcesOf } from './task-file.ts';
import { goError, master, scheduler } from './texts.ts';

/** How many findings an answer of start-task shows of each kind. */
const LIMITS = { errors: 10, warnings: 10 };

/** A text that cannot be a start time. */
function badTime(text: string): string | undefined {
  if (text === '' || /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d$/.test(text)) return undefined;
  const parsing = `parsing time "${text}" as "2006-01-02T15:04:05": cannot parse "${text}" as "2006"`;
  return `error while parse start-time, expected in the format like '2006-01-02 15:04:05' or '2006-01-02T15:04:05': ${parsing}`;
}

export function checkTask(state: State, request: CheckTaskRequest): CheckTaskResponseInit {
  const wrong = badTime(request.startTime ?? '');
  if (wrong !== undefined) return { result: false, msg: wrong };
  const read = readTaskFile(state, request.task);
  if ('msg' in read) return { result: false, msg: read.msg };
  const { ok, text, failure } = precheck(state, read.file, {
    errors: Number(request.errCnt ?? LIMITS.errors),
    warnings: Number(request.warnCnt ?? LIMITS.warnings),
  });
  return { result: ok, msg: failure ?? text };
}

export function startTask(state: State, request: StartTaskRequest): StartTaskResponseInit {
  const wrong = badTime(request.startTime ?? '');
  if (wrong !== undefined) return { result: false, msg: wrong };
  const read = readTaskFile(state, request.task);
  if ('msg' in read) return { result: false, msg: read.msg };
  const { file } = read;
  const { ok, text, failure } = precheck(state, file, LIMITS);
  if (failure !== undefined) return { result: false, msg: failure };
  // Before 6.0 an answer has no field for the result of the check.
  if (!ok) return state.has('6.0') ? { result: false, checkResult: text } : { result: false, msg: text };
  const checked = state.has('6.0') ? { checkResult: text } : {};
  const name = file.name ?? '';
  const inFile = sourcesOf(file);
  const outside = request.sources.filter((id) => !inFile.includes(id));
  if (outside.length > 0) return { result: false, sources: outside.map((id) => entry(id, '', master.notInTaskFile)), ...checked };
  const ids = [...new Set(request.sources.length > 0 ? request.sources : inFile)].sort();
  const sources = ids.flatMap((id) => state.sources.get(id) ?? []);
  const removesMeta = request.removeMeta || file['remove-meta'] === true;
  const msg = refusal(name, sources, removesMeta);
  if (msg !== '') return { result: false, msg, ...checked };
  if (removesMeta) {
    for (const id of ids) state.checkpoints.delete(checkpointKey(name, id));
    forgetLocks(state, name, ['pessimistic', 'optimistic']);
  }
  const known = state.tasks.get(name)?.sources ?? [];
  const task = { name, text: request.task, file, sources: [...new Set([...known, ...ids])].sort() };
  state.tasks.set(name, task);
  repeatDemo(state, name);
  return { result: true, sources: sources.map((source) => begin(state, task, source)), ...checked };
}

function refusal(name: string, sources: readonly Source[], removesMeta: boolean): string {
  const unbound = sources.filter((s) => s.worker === undefined).map((s) => s.id);
  if (unbound.length > 0) return scheduler.notBound(unbound);
  const running = sources.filter((s) => s.tasks.has(name)).map((s) => s.id);
  return running.length > 0 ? scheduler.taskExists(name, running, removesMeta ? 'while remove-meta is true: ' : '') : '';
}

/** The top result stays true when an entry fails. */
function begin(state: State, task: Parameters<typeof startSubTask>[1], source: Source): CommonWorkerResponseInit {
  const { result } = startSubTask(state, task, source);
  const worker = workerOf(state, source);
  if (worker?.downSince !== undefined) return entry(source.id, worker.name, master.noExpectedResult());
  return entry(source.id, source.worker ?? '', errorText(result));
}

const errorText = (result: { errors?: object[] } | undefined): string => {
  const error = result?.errors?.[0];
  return error ? master.worker(goError(error as Parameters<typeof goError>[0])) : '';
};

/** DM 2.0 and later check the file and change nothing. */
export function updateTask(state: State, request: UpdateTaskRequest): UpdateTaskResponseInit {
  const read = readTaskFile(state, request.task);
  if ('msg' in read) return { result: false, msg: read.msg };
  const { ok, text, failure } = precheck(state, read.file, LIMITS);
  if (failure !== undefined) return { result: false, msg: failure };
  return ok || state.has('6.0') ? { result: ok, checkResult: text } : { result: false, msg: text };
}

export function operateTask(state: State, { op, name, sources: named }: OperateTaskRequest): OperateTaskResponseInit {
  const task = state.tasks.get(name);
  if (!task) return { op, result: false, msg: master.noTaskToOperate(name) };
  const missing = named.filter((id) => !task.sources.includes(id));
  if (missing.length > 0) return { op, result: false, msg: scheduler.noSubTaskOf(missing) };
  const ids = named.length > 0 ? [...named].sort() : task.sources;
  const entries = ids.flatMap((id) => {
    const source = state.sources.get(id);
    return source ? [operate(state, op as TaskOp, name, source)] : [];
  });
  if (op === 'Stop' || op === 'Delete') {
    task.sources = task.sources.filter((id) => !ids.includes(id));
    forgetLocks(state, name, ['optimistic']);
    if (task.sources.length === 0) state.tasks.delete(name);
  }
  return { op, result: true, sources: entries };
}

/** Carries a wish out, and says whether the worker has reported its result. An unbound source keeps the wish. */
function operate(state: State, op: TaskOp, name: string, source: Source): CommonWorkerResponseInit {
  const task = source.tasks.get(name);
  const worker = workerOf(state, source);
  let failed = '';
  if (task && (op === 'Stop' || op === 'Delete')) stopSubTask(state, source, task);
  else if (task && op === 'Pause') {
    if (task.stage === 'Finished') return entry(source.id, source.worker ?? '', master.noExpectedResult());
    const before = errorText(task.result);
    pauseSubTask(state, source, task);
    if (worker && worker.downSince === undefined && before !== '') {
      return { result: true, msg: before, source: source.id, worker: worker.name };
    }
  } else if (task && op === 'Resume') {
    resumeSubTask(state, source, task);
    // A DDL error is met only after the first look of the master.
    failed = task.sync.failed ? '' : errorText(task.result);
  }
  if (!worker) return entry(source.id, '', master.noWorkerClient(source.id));
  if (worker.downSince !== undefined) return entry(source.id, worker.name, master.noExpectedResult());
  return entry(source.id, worker.name, failed);
}
