// UpdateMasterConfig, UpdateWorkerRelayConfig and RefreshWorkerTasks.

import type {
  CommonWorkerResponseInit,
  RefreshWorkerTasksResponseInit,
  UpdateMasterConfigRequest,
  UpdateMasterConfigResponseInit,
  UpdateWorkerRelayConfigRequest,
} from '../../wire/generated/v1.ts';
import { liveWorker } from './cluster.ts';
import { unreachableTarget } from './demo.ts';
import { unreachable } from './relay.ts';
import type { State, Worker } from './state.ts';
import { workerStatus } from './status.ts';
import { configTexts, masterTexts, relayTexts, stacked } from './texts.ts';
import { type Keys, readToml } from './toml-file.ts';
import { relayOn } from './upstream.ts';

const MASTER_KEYS: Keys = {
  'log-level': true,
  'log-file': true,
  'log-rotate': true,
  'rpc-timeout': true,
  'rpc-rate-limit': true,
  'rpc-rate-burst': true,
  'master-addr': true,
  'config-file': true,
  deploy: { 'source-id': true, 'mysql-instance': true, 'dm-worker': true },
};

const WORKER_KEYS: Keys = {
  'log-level': true,
  'log-file': true,
  'log-rotate': true,
  'worker-addr': true,
  'enable-gtid': true,
  'auto-fix-gtid': true,
  'relay-dir': true,
  'meta-dir': true,
  'server-id': true,
  flavor: true,
  charset: true,
  'source-id': true,
  'relay-binlog-name': true,
  'relay-binlog-gtid': true,
  'config-file': true,
  from: { host: true, port: true, user: true, password: true, 'max-allowed-packet': true },
  purge: { interval: true, expires: true, 'remain-space': true },
  checker: {
    'check-enable': true,
    'backoff-rollback': true,
    'backoff-max': true,
    'check-interval': true,
    'backoff-min': true,
    'backoff-jitter': true,
    'backoff-factor': true,
  },
  tracer: { enable: true, 'tracer-addr': true, 'batch-size': true, checksum: true },
};

export function updateMasterConfig(state: State, { config }: UpdateMasterConfigRequest): UpdateMasterConfigResponseInit {
  const deploy = readDeploy(config);
  if (typeof deploy === 'string') return { result: false, msg: configTexts.parse(stacked(deploy, 'dm/master.(*Config).Reload')) };
  // Removed entries are looked up by source, new ones by address. An address can therefore remain known without a source, as in
  // DM.
  const gone = [...state.deploy].filter(([source]) => !deploy.has(source)).map(([, address]) => address);
  for (const address of gone) {
    if ([...state.locks.values()].some((lock) => lock.workers.has(address))) {
      return { result: false, msg: stacked(masterTexts.lockOfRemoved(address), 'dm/master.(*Server).UpdateMasterConfig') };
    }
  }
  for (const address of gone) state.clients.delete(address);
  for (const address of deploy.values()) state.clients.add(address);
  state.deploy = deploy;
  return { result: true, workers: [...state.clients].sort().map((address) => workerStatus(state, address, '')) };
}

/** Returns a map from source to address, or the error text. An empty file is valid. */
function readDeploy(config: string): Map<string, string> | string {
  const read = readToml(config, MASTER_KEYS);
  if ('bad' in read) return configTexts.badToml(read.bad);
  if (read.unknown.length > 0) return configTexts.unknownOptions(read.unknown);
  const deploy = new Map<string, string>();
  const entries = Array.isArray(read.content.deploy) ? read.content.deploy : [];
  for (const entry of entries as Record<string, unknown>[]) {
    const source = String(entry['source-id'] ?? '');
    const address = String(entry['dm-worker'] ?? '');
    if (!source || !address) return configTexts.badDeploy(source, address);
    deploy.set(source, address);
  }
  return deploy;
}

/** The answer is a single worker's. Its `worker` is set only when the worker could not be asked. */
export function updateWorkerRelayConfig(
  state: State,
  { config, worker: address }: UpdateWorkerRelayConfigRequest,
): CommonWorkerResponseInit {
  if (!state.clients.has(address)) return { result: false, worker: address, msg: masterTexts.noWorkerClient(address) };
  const worker = liveWorker(state, address);
  if (!worker) return { result: false, worker: address, msg: unreachable(address, 'dm/master.(*Server).UpdateWorkerRelayConfig') };
  const text = updateRelay(worker, config);
  return text ? { result: false, msg: stacked(text, 'dm/worker.(*Worker).UpdateRelayConfig') } : { result: true };
}

function updateRelay(worker: Worker, config: string): string {
  const { relay } = worker;
  if (relay.stage === 'Stopped') return relayTexts.stoppedUpdate(relay.stage);
  for (const task of worker.tasks.values()) if (!task.ready || task.unit !== 'Sync') return relayTexts.notAllSync;
  const read = readToml(config, WORKER_KEYS);
  if ('bad' in read) return relayTexts.badToml(read.bad);
  if (read.unknown.length > 0) return relayTexts.unknownOptions(read.unknown);
  const { content } = read;
  if (content['source-id'] !== worker.sourceID) return relayTexts.sourceChanged;
  const from = (content.from ?? {}) as { host?: unknown };
  const cause = unreachableTarget(String(from.host ?? ''));
  if (cause) return relayTexts.driver(cause);
  worker.enableGtid = content['enable-gtid'] === true;
  relayOn(worker);
  return '';
}

/** Rebuilds the task map. A worker that does not answer is dropped from it. Only workers with a message are listed. */
export function refreshWorkerTasks(state: State): RefreshWorkerTasksResponseInit {
  const map = new Map<string, string[]>();
  const workers: { worker: string; msg: string }[] = [];
  for (const address of [...state.clients].sort()) {
    const worker = liveWorker(state, address);
    if (!worker) workers.push({ worker: address, msg: unreachable(address, 'dm/master.(*Server).fetchTaskWorkers') });
    else if (worker.tasks.size === 0) workers.push({ worker: address, msg: masterTexts.noSubTask });
    else for (const name of worker.tasks.keys()) map.set(name, [...(map.get(name) ?? []), address]);
  }
  state.taskMap = map;
  return { result: true, workers };
}
