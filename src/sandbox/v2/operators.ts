// HandleError: operators on binlog events. Without a position, they are for the event that failed, and the task resumes.

import type { CommonWorkerResponseInit, ErrorOp, HandleErrorRequest, HandleErrorResponseInit } from '../../wire/generated/v2.ts';
import { entry } from './cluster.ts';
import { isFrom, plainForm, requestedPosition } from './positions.ts';
import type { State, SubTask } from './state.ts';
import { resumeSubTask } from './subtask.ts';
import { master, worker as texts } from './texts.ts';

/** The numbers of operators in the JSON of a list. */
const NUMBERS = { Skip: 1, Replace: 2, Inject: 4 } as const;

export function handleError(state: State, request: HandleErrorRequest): HandleErrorResponseInit {
  const { task: name, sources } = request;
  const task = state.tasks.get(name);
  if (!task) return { result: false, msg: master.noTaskToOperate(name) };
  const ids = sources.length > 0 ? sources : task.sources;
  return { result: true, sources: ids.map((id) => operate(state, id, request)) };
}

function operate(state: State, id: string, { op, task: name, binlogPos, sqls }: HandleErrorRequest): CommonWorkerResponseInit {
  const source = state.sources.get(id);
  if (!source?.worker) return entry(id, '', `source ${master.noWorkerClient(id)}`);
  const task = source.tasks.get(name);
  if (!task) return entry(id, '', texts.noSubTask(name));
  const failed = (msg: string) => entry(id, '', msg);
  if (task.unit !== 'Sync') return failed(texts.notSyncing(task.unit));
  const error = task.result?.errors?.[0];
  if (!binlogPos && !error) return failed(texts.noError(id));
  if (!binlogPos && !task.sync.failed) return failed(texts.onlyDdl);
  const position = binlogPos
    ? requestedPosition(binlogPos)
    : plainForm((task.sync.failed as { start: { file: number; offset: number } }).start);
  if (op === 'List') return { result: true, msg: listed(task, position), source: id, worker: source.worker };
  const msg = set(task, op as ErrorOp, position, sqls);
  if (msg !== '') return failed(msg);
  if (!binlogPos) resumeSubTask(state, source, task);
  return entry(id, source.worker);
}

const listed = ({ name, sync }: SubTask, from: string): string =>
  JSON.stringify(
    [...sync.operators]
      .filter(([position]) => isFrom(position, from))
      .map(([binlogPos, { op, sqls }]) => ({ op: NUMBERS[op], task: name, binlogPos, ...(sqls.length > 0 && { sqls }) })),
  );

/** Sets or removes an operator. Returns the error text. */
function set({ sync }: SubTask, op: ErrorOp, position: string, sqls: string[]): string {
  if (op === 'Revert') return sync.operators.delete(position) ? '' : texts.noOperator(position);
  if (op !== 'Skip' && op !== 'Replace' && op !== 'Inject') return `invalid operation ${op}`;
  for (const sql of sqls) {
    if (!/^\s*(alter|create|drop|truncate|rename)\b/i.test(sql)) return texts.onlyDdlSql();
    if (!/`?\w+`?\.`?\w+`?/.test(sql) && !/\bdatabase\b|\bschema\b/i.test(sql)) return texts.noSchemaName(sql);
  }
  sync.operators.set(position, { op, sqls });
  return '';
}
