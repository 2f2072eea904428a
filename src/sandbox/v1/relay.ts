// The relay commands: pause, resume, switch, migrate, purge, update.

import type {
  CommonWorkerResponseInit,
  MigrateWorkerRelayRequest,
  OperateRelayResponseInit,
  OperateWorkerRelayRequest,
  OperateWorkerRelayResponseInit,
  PurgeWorkerRelayRequest,
  PurgeWorkerRelayResponseInit,
  SwitchWorkerRelayMasterRequest,
  SwitchWorkerRelayMasterResponseInit,
} from '../../wire/generated/v1.ts';
import { failed, liveWorker } from './cluster.ts';
import { fileNumber, relaySubDir } from './positions.ts';
import type { State, Worker } from './state.ts';
import { masterTexts, relayTexts, stacked } from './texts.ts';
import { refused, relayOn } from './upstream.ts';

const CANCELED = () => ({ isCanceled: true, errors: [] });

const sorted = (addresses: readonly string[]) => [...new Set(addresses)].sort();

/** The text for a worker that cannot be asked. */
export function unreachable(address: string, where: string): string {
  return stacked(masterTexts.unreachable(address), where);
}

/** One answer for each worker: `unknown` if the master has no client for it, else the worker's own text ('' for success). */
export function perWorker(
  state: State,
  addresses: readonly string[],
  unknown: (address: string) => string,
  ask: (worker: Worker) => string,
): CommonWorkerResponseInit[] {
  return sorted(addresses).map((address) => {
    const worker = liveWorker(state, address);
    let msg: string;
    if (!state.clients.has(address)) msg = unknown(address);
    else if (!worker) msg = unreachable(address, 'dm/master/workerrpc.callRPC');
    else msg = ask(worker);
    return { result: msg === '', worker: address, msg };
  });
}

/** The top-level op of the answer is always InvalidRelayOp, as in DM. Only the workers' entries have the real one. */
export function operateWorkerRelayTask(state: State, { op, workers }: OperateWorkerRelayRequest): OperateWorkerRelayResponseInit {
  const entries = perWorker(
    state,
    workers,
    (a) => masterTexts.noClients([a]),
    (worker) => operate(worker, String(op)),
  );
  return { result: true, workers: entries.map((e): OperateRelayResponseInit => ({ ...e, op })) };
}

function operate(worker: Worker, op: string): string {
  const { relay } = worker;
  const where = 'dm/worker.(*realRelayHolder).Operate';
  if (op === 'PauseRelay' || op === 'ResumeRelay') {
    const wanted = op === 'PauseRelay' ? 'Running' : 'Paused';
    if (relay.stage !== wanted) return stacked(relayTexts.stage(relay.stage, wanted, op), where);
    if (op === 'PauseRelay') pause(worker);
    else resume(worker);
    return '';
  }
  if (op !== 'StopRelay') return stacked(relayTexts.opNotSupported(op), where);
  relay.stage = 'Stopped';
  return '';
}

function pause(worker: Worker): void {
  worker.relay.stage = 'Paused';
  worker.relay.result = CANCELED();
}

/** Succeeds even while the upstream is unreachable. The relay is then Paused again a moment later. */
function resume(worker: Worker): void {
  const { relay, upstream } = worker;
  if (!upstream.up) {
    relay.result = failed('UnknownError', stacked(relayTexts.driver(refused(upstream.address)), 'relay.(*Relay).process'));
    return;
  }
  relay.stage = 'Running';
  relay.result = undefined;
  relayOn(worker);
}

export function switchWorkerRelayMaster(state: State, { workers }: SwitchWorkerRelayMasterRequest): SwitchWorkerRelayMasterResponseInit {
  const unknown = (address: string) => stacked(masterTexts.unknownClient(address), 'dm/master.(*Server).SwitchWorkerRelayMaster');
  return { result: true, workers: perWorker(state, workers, unknown, switchUpstream) };
}

function switchUpstream(worker: Worker): string {
  const { relay } = worker;
  const where = 'dm/worker.(*realRelayHolder).SwitchMaster';
  if (relay.stage !== 'Paused') return stacked(relayTexts.stage(relay.stage, 'Paused', 'switch master'), where);
  if (!worker.enableGtid) return stacked(relayTexts.noGtid, where);
  relay.suffix += 1;
  relay.position = undefined;
  return '';
}

/** The answer is a single worker's. Its `worker` is empty on success and on the worker's own errors. */
export function migrateWorkerRelay(
  state: State,
  { worker: address, BinlogName, BinlogPos }: MigrateWorkerRelayRequest,
): CommonWorkerResponseInit {
  if (!state.clients.has(address)) return { result: false, worker: address, msg: masterTexts.noWorkerClient(address) };
  const worker = liveWorker(state, address);
  if (!worker) return { result: false, worker: address, msg: unreachable(address, 'dm/master.(*Server).MigrateWorkerRelay') };
  const { relay } = worker;
  if (relay.stage === 'Stopped') return { result: false, msg: stacked(relayTexts.stoppedMigrate, 'dm/worker.(*Worker).MigrateRelay') };
  if (relay.stage === 'Running') pause(worker);
  relay.suffix += 1;
  relay.position = { file: fileNumber(BinlogName), offset: BinlogPos };
  return { result: true };
}

export function purgeWorkerRelay(state: State, request: PurgeWorkerRelayRequest): PurgeWorkerRelayResponseInit {
  const entries = perWorker(state, request.workers, masterTexts.noWorkerClient, (worker) => {
    const text = purge(worker, request);
    return text && stacked(text, 'relay/purger.(*RelayPurger).Do');
  });
  return { result: true, workers: entries };
}

/** The sandbox keeps no files, so an allowed purge does nothing. DM gives the same answer for unknown names. */
function purge(worker: Worker, { filename, subDir, inactive, time }: PurgeWorkerRelayRequest): string {
  if (!filename && !inactive && time === 0n) return relayTexts.purgeRequest(subDir ? `subDir:"${subDir}" ` : '');
  for (const { part, stage } of worker.tasks.values()) {
    if (stage === 'New' || stage === 'Paused') return relayTexts.purgePaused(part.name, stage);
  }
  const known = Array.from({ length: worker.relay.suffix }, (_, i) => relaySubDir(worker.upstream, i + 1));
  return subDir && !known.includes(subDir) ? relayTexts.purgeSubDir(subDir, filename, known) : '';
}
