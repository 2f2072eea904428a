// The relay: start-relay, stop-relay, pause-relay, resume-relay, purge-relay.

import type {
  OperateRelayRequest,
  OperateRelayResponseInit,
  OperateWorkerRelayRequest,
  OperateWorkerRelayResponseInit,
  PurgeWorkerRelayRequest,
  PurgeWorkerRelayResponseInit,
} from '../../wire/generated/v2.ts';
import { relaySubDir } from './positions.ts';
import type { Source, State } from './state.ts';
import { master, scheduler, worker as workerTexts } from './texts.ts';

/** The source whose relay log a worker was named to pull. */
export const relayed = (state: State, worker: string): Source | undefined =>
  [...state.sources.values()].find((s) => s.relay?.workers.includes(worker));

/** Starts the relay of a source. Without names it belongs to the worker that the source is bound to. */
export function startRelay(source: Source, workers: readonly string[]): void {
  const named = [...new Set([...(source.relay?.workers ?? []), ...workers])].sort();
  if (source.relay) {
    source.relay.workers = named;
    return;
  }
  const { end, seq } = source.upstream;
  source.relay = { stage: 'Running', result: undefined, received: seq, position: end, workers: named };
  for (const task of source.tasks.values()) task.sync.events = 0;
}

function stopRelay(source: Source, workers: readonly string[]): void {
  if (!source.relay) return;
  const rest = source.relay.workers.filter((w) => !workers.includes(w));
  if (workers.length > 0 && rest.length > 0) source.relay.workers = rest;
  else source.relay = undefined;
}

/** Pulls what the upstream has written. */
export function pull({ relay, upstream }: Source): void {
  if (relay?.stage !== 'Running' || !upstream.up) return;
  relay.received = upstream.seq;
  relay.position = upstream.end;
}

export function operateRelay(state: State, { op, source: id, worker }: OperateRelayRequest): OperateRelayResponseInit {
  const source = state.sources.get(id);
  if (!source) return { result: false, msg: scheduler.noSource(id) };
  const starts = op === 'StartRelayV2';
  const msg = refusal(state, source, worker, starts);
  if (msg !== '') return { result: false, msg };
  if (starts) startRelay(source, worker);
  else stopRelay(source, worker);
  return { result: true, sources: worker.map((name) => ({ result: true, source: id, worker: name })) };
}

function refusal(state: State, source: Source, workers: readonly string[], starts: boolean): string {
  const named = source.relay?.workers ?? [];
  if (workers.length === 0) {
    if (named.length === 0) return '';
    return starts ? scheduler.relayNamed(named) : scheduler.relayNamedStop(named);
  }
  const unknown = workers.filter((name) => !state.workers.has(name));
  if (unknown.length > 0) return scheduler.noWorker(`[${unknown.join(' ')}]`);
  if (source.relay && named.length === 0) return scheduler.relayUnnamed(starts ? 'start-relay' : 'stop-relay');
  if (!starts) return '';
  const others = workers.flatMap((name) => {
    const other = [...state.sources.values()].find((s) => s.worker === name && s !== source);
    return other ? [[name, other.id] as const] : [];
  });
  if (others.length === 0) return '';
  return scheduler.relayOfOthers(
    others.map(([name]) => name),
    others.map(([, id]) => id),
  );
}

export function operateWorkerRelayTask(state: State, { op, sources }: OperateWorkerRelayRequest): OperateWorkerRelayResponseInit {
  const entries = sources.map((id) => {
    const source = state.sources.get(id);
    if (!source?.worker) return { result: false, source: id, msg: master.noWorkerClient(id) };
    if (!source.relay) return { result: false, source: id, worker: source.worker, msg: master.worker(workerTexts.noRelay) };
    source.relay.stage = op === 'PauseRelay' ? 'Paused' : 'Running';
    source.relay.result = op === 'PauseRelay' ? { isCanceled: true, errors: [] } : undefined;
    pull(source);
    return { result: true, source: id, worker: source.worker };
  });
  return { op, result: true, sources: entries };
}

/** The sandbox keeps no files, so an allowed purge does nothing. DM gives the same answer for unknown names. */
export function purgeWorkerRelay(state: State, { sources, subDir, filename }: PurgeWorkerRelayRequest): PurgeWorkerRelayResponseInit {
  const entries = sources.map((id) => {
    const source = state.sources.get(id);
    if (!source?.worker) return { result: false, source: id, msg: workerTexts.noRelayWorker(id) };
    const known = relaySubDir(source);
    const msg = subDir && subDir !== known ? workerTexts.purge(subDir, filename, [known]) : '';
    return { result: msg === '', source: id, msg };
  });
  return { result: true, sources: entries };
}
