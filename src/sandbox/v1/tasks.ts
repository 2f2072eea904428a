// StartTask, UpdateTask, CheckTask and OperateTask.

import type {
  CheckTaskRequest,
  CheckTaskResponseInit,
  CommonWorkerResponseInit,
  OperateSubTaskResponseInit,
  OperateTaskRequest,
  OperateTaskResponseInit,
  StartTaskRequest,
  StartTaskResponseInit,
  TaskOp,
  UpdateTaskRequest,
  UpdateTaskResponseInit,
} from '../../wire/generated/v1.ts';
import { liveWorker } from './cluster.ts';
import { repeatDemo } from './demo.ts';
import { precheckError } from './precheck.ts';
import { unreachable } from './relay.ts';
import type { State, TaskPart } from './state.ts';
import { metaPosition, runOperation } from './subtask.ts';
import { type InstanceFile, readTaskFile, type TaskFile } from './task-file.ts';
import { adjustError, sourceError } from './task-rules.ts';
import { fileError, masterTexts, stacked } from './texts.ts';

/** A valid task file: its parts by worker. */
interface Prepared {
  name: string;
  parts: Map<string, TaskPart>;
}

/** Runs all of DM's checks of a task file in DM's order. */
function prepare(state: State, text: string): Prepared | { msg: string } {
  const read = readTaskFile(text);
  if ('msg' in read) return read;
  const { file } = read;
  const bad = adjustError(file);
  if (bad) return { msg: bad };
  const dead = [...state.clients].sort().find((address) => !liveWorker(state, address));
  if (dead) return { msg: stacked(masterTexts.configOfUnreachable(dead), 'dm/master.(*Server).fetchWorkerConfigs') };
  const checked = [];
  const parts = new Map<string, TaskPart>();
  for (const instance of file['mysql-instances'] as InstanceFile[]) {
    const source = instance['source-id'] as string;
    const address = state.deploy.get(source);
    const worker = address === undefined ? undefined : state.workers.get(address);
    if (!worker) return { msg: fileError(20031, `source ${source} in deployment configuration not found`) };
    const wrong = sourceError(source, file['target-database']?.password ?? '');
    if (wrong) return { msg: wrong };
    const part = partOf(file, instance);
    parts.set(worker.address, part);
    checked.push({ part, worker });
  }
  const failure = precheckError(state, checked, file['ignore-checking-items'] ?? []);
  return failure ? { msg: failure } : { name: file.name as string, parts };
}

function partOf(file: TaskFile, instance: InstanceFile): TaskPart {
  const target = file['target-database'];
  const meta = instance.meta;
  return {
    name: String(file.name),
    mode: file['task-mode'] as TaskPart['mode'],
    targetHost: target?.host ?? '',
    targetPort: target?.port ?? 0,
    targetUser: target?.user ?? '',
    removeMeta: file['remove-meta'] ?? false,
    meta: meta ? metaPosition(meta['binlog-name'] ?? '', meta['binlog-pos'] ?? 4) : undefined,
    shard: file['is-sharding'] ? shardOf(file, instance) : undefined,
    heartbeat: file['enable-heartbeat'] ?? false,
  };
}

/** Two tables that the first table route of a source would merge, derived from its patterns: `t_*` gives t_1 and t_2. */
function shardOf(file: TaskFile, instance: InstanceFile): TaskPart['shard'] {
  const rules = (instance['route-rules'] ?? []).map((name) => file.routes?.[name]);
  const route = rules.find((rule) => rule?.['table-pattern'] && rule['target-table']);
  if (!route) return undefined;
  const named = (pattern: string | undefined, number: number) => (pattern ?? '').replaceAll('?', '*').replaceAll('*', String(number));
  const schema = named(route['schema-pattern'], 1);
  const tables = [1, 2].map((n) => `\`${schema}\`.\`${named(route['table-pattern'], n)}\``);
  return { target: `\`${route['target-schema']}\`.\`${route['target-table']}\``, tables: [...new Set(tables)] };
}

export function checkTask(state: State, { task }: CheckTaskRequest): CheckTaskResponseInit {
  const prepared = prepare(state, task);
  return 'msg' in prepared ? { result: false, msg: prepared.msg } : { result: true, msg: 'check pass!!!' };
}

export function startTask(state: State, { task, workers }: StartTaskRequest): StartTaskResponseInit {
  const prepared = prepare(state, task);
  if ('msg' in prepared) return { result: false, msg: prepared.msg };
  const { name, parts } = prepared;
  const asked = [...(workers.length > 0 ? workers.filter((a) => parts.has(a)) : parts.keys())];
  if (![...parts.keys()].some((address) => state.workers.get(address)?.tasks.has(name))) repeatDemo(state, name);
  // The task map includes all workers that were asked, even those that fail. Without -w they replace its previous entry.
  const before = workers.length > 0 ? (state.taskMap.get(name) ?? []) : [];
  const members = [...new Set([...before, ...asked])].sort();
  if (members.length > 0) state.taskMap.set(name, members);
  return { result: true, workers: onParts(state, prepared, workers, 'Start') };
}

export function updateTask(state: State, { task, workers }: UpdateTaskRequest): UpdateTaskResponseInit {
  const prepared = prepare(state, task);
  if ('msg' in prepared) return { result: false, msg: prepared.msg };
  return { result: true, workers: onParts(state, prepared, workers, 'Update') };
}

/** Runs one operation on all workers of a task file or on the named ones. The answers are sorted and include unknown workers. */
function onParts(state: State, { name, parts }: Prepared, named: readonly string[], op: TaskOp): CommonWorkerResponseInit[] {
  const addresses = [...new Set(named.length > 0 ? named : parts.keys())].sort();
  return addresses.map((address) => {
    const part = parts.get(address);
    const worker = liveWorker(state, address);
    let msg: string;
    if (!part) msg = masterTexts.notInTask;
    else if (!worker) msg = unreachable(address, 'dm/master.(*Server).StartTask');
    else msg = runOperation(state, worker, { op, name, part });
    return { result: msg === '', worker: address, msg };
  });
}

export function operateTask(state: State, { op, name, workers }: OperateTaskRequest): OperateTaskResponseInit {
  const members = state.taskMap.get(name);
  if (!members) return { op, result: false, msg: masterTexts.noTask(name) };
  const asked = workers.length > 0 ? [...workers] : [...members];
  const entries = asked.map((address) => operateOn(state, address, op, name));
  if (op === 'Stop') {
    const stopped = new Set(entries.flatMap((e) => (e.meta?.result ? [e.meta.worker] : [])));
    const rest = members.filter((address) => !stopped.has(address));
    if (rest.length > 0) state.taskMap.set(name, rest);
    else state.taskMap.delete(name);
  }
  return { op, result: true, workers: entries };
}

/** The number of the operation stays 0 if no worker accepted it. */
function operateOn(state: State, address: string, op: TaskOp | number, name: string): OperateSubTaskResponseInit {
  const refuse = (msg: string) => ({ op, meta: { result: false, worker: address, msg }, logID: 0n });
  if (!state.clients.has(address)) return refuse(masterTexts.unknownClient(address));
  const worker = liveWorker(state, address);
  if (!worker) return refuse(unreachable(address, 'dm/master.(*Server).OperateTask'));
  const msg = runOperation(state, worker, { op: op as TaskOp, name });
  return { op, meta: { result: msg === '', worker: address, msg }, logID: BigInt(worker.logID) };
}
