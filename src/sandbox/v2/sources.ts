// OperateSource and TransferSource.

import { readYaml } from '../../text/yaml.ts';
import type {
  CommonWorkerResponseInit,
  OperateSourceRequest,
  OperateSourceResponseInit,
  TransferSourceRequest,
  TransferSourceResponseInit,
} from '../../wire/generated/v2.ts';
import { addSource, bind, entry, moveTo, sortedSources, sourceOf } from './cluster.ts';
import type { Source, State, Worker } from './state.ts';
import { files, scheduler } from './texts.ts';

interface SourceFile {
  readonly id: string;
  readonly text: string;
  readonly config: Record<string, unknown>;
}

function readSource(text: string): SourceFile | string {
  const read = readYaml(text);
  if ('problem' in read) return files.yaml(read.problem.replace(/^line (\d+), column \d+/, 'line $1'));
  const config = (read.value ?? {}) as Record<string, unknown>;
  return { id: String(config['source-id'] ?? ''), text, config };
}

export function operateSource(state: State, { op, config, sourceID, workerName }: OperateSourceRequest): OperateSourceResponseInit {
  const read: SourceFile[] = [];
  for (const text of config) {
    const source = readSource(text);
    if (typeof source === 'string') return { result: false, msg: source };
    read.push(source);
  }
  const ids = [...read.map((r) => r.id), ...sourceID];
  if (op === 'StartSource') return create(state, read, workerName ?? '');
  if (op === 'StopSource') return stop(state, ids);
  if (op === 'UpdateSource') return { result: false, msg: 'Update worker config is not supported by dm-ha now' };
  const shown = ids.length > 0 ? ids : sortedSources(state).map((s) => s.id);
  return { result: true, sources: shown.map((id) => boundEntry(id, state.sources.get(id))) };
}

/** An entry of a source. One without a worker, even one that is not there, is a success with a remark. */
const boundEntry = (id: string, source: Source | undefined): CommonWorkerResponseInit => ({
  result: true,
  msg: source?.worker === undefined ? scheduler.noFreeWorker : '',
  source: id,
  worker: source?.worker ?? '',
});

function create(state: State, read: readonly SourceFile[], workerName: string): OperateSourceResponseInit {
  const made: CommonWorkerResponseInit[] = [];
  for (const { id, text, config } of read) {
    const msg = refusal(state, id, config, workerName);
    if (msg !== '') return { result: false, msg };
    const source = addSource(state, id, text, config);
    if (workerName) moveTo(source, workerName);
    made.push(boundEntry(id, source));
  }
  return { result: true, sources: made };
}

function refusal(state: State, id: string, config: Record<string, unknown>, workerName: string): string {
  const flavor = String(config.flavor ?? 'mysql');
  if (!['', 'mysql', 'mariadb'].includes(flavor)) return files.flavor(flavor);
  const host = String((config.from as { host?: string } | undefined)?.host ?? '');
  if (/\.invalid$/i.test(host)) return files.database('database:scope=upstream', `dial tcp: lookup ${host}: no such host`);
  if (state.sources.has(id)) return scheduler.sourceExists(id);
  if (!workerName) return '';
  const worker = state.workers.get(workerName);
  if (!worker) return scheduler.noWorker(workerName);
  return stageOf(state, worker) === 'free' ? '' : scheduler.workerNotFree(workerName);
}

function stop(state: State, ids: readonly string[]): OperateSourceResponseInit {
  const stopped: CommonWorkerResponseInit[] = [];
  for (const id of ids) {
    const source = state.sources.get(id);
    if (!source) return { result: false, msg: scheduler.noSource(id) };
    if (source.tasks.size > 0) return { result: false, msg: scheduler.sourceHasTasks(id, [...source.tasks.keys()].sort()) };
    state.sources.delete(id);
    stopped.push(entry(id, source.worker ?? ''));
  }
  return { result: true, sources: stopped };
}

/** The stage of a worker in list-member. */
export function stageOf(state: State, worker: Worker): 'offline' | 'bound' | 'relay' | 'free' {
  if (worker.offline) return 'offline';
  if (sourceOf(state, worker.name)) return 'bound';
  return [...state.sources.values()].some((s) => s.relay?.workers.includes(worker.name)) ? 'relay' : 'free';
}

export function transferSource(state: State, { source: id, worker: name }: TransferSourceRequest): TransferSourceResponseInit {
  const source = state.sources.get(id);
  if (!source) return { result: false, msg: scheduler.noSource(id) };
  const worker = state.workers.get(name);
  if (!worker) return { result: false, msg: scheduler.noWorker(name) };
  if (source.worker === name) return { result: true };
  const stage = stageOf(state, worker);
  if (stage === 'bound' || stage === 'offline') return { result: false, msg: scheduler.invalidMove(name, stage) };
  const early = [...source.tasks.values()].filter((t) => t.stage === 'Running' && t.unit !== 'Sync').map((t) => t.name);
  if (early.length > 0) return { result: false, msg: scheduler.notInSync(early.sort(), id) };
  moveTo(source, name);
  for (const other of state.sources.values()) if (other.worker === undefined) bind(state, other);
  return { result: true };
}
