// Creates a cluster, and answers small queries that all handlers need.

import type { ErrorType, ProcessResultInit } from '../../wire/generated/v1.ts';
import type { Options, State, Worker } from './state.ts';

/** Two workers, and delays that show a task in Dump, Load and Sync within half a minute. */
export const DEFAULTS: Options = { workers: 2, down: [], dumpMs: 6000, loadMs: 15000, trafficMs: 5000, demos: true };

const FIRST_PORT = 8262;

/** A cluster without tasks at time 0. */
export function createState(options: Partial<Options> = {}): State {
  const whole = { ...DEFAULTS, ...options };
  const state: State = {
    options: whole,
    now: 0,
    workers: new Map(),
    deploy: new Map(),
    clients: new Set(),
    taskMap: new Map(),
    locks: new Map(),
    shardingRules: [],
    demos: new Map(),
    scheduled: [],
    shuffles: 0,
  };
  for (let i = 0; i < whole.workers; i++) {
    const worker = createWorker(`127.0.0.1:${FIRST_PORT + i}`, i + 1, whole.workers);
    worker.up = !whole.down.includes(worker.address);
    state.workers.set(worker.address, worker);
    state.deploy.set(worker.sourceID, worker.address);
    state.clients.add(worker.address);
  }
  return state;
}

/** Transactions that each upstream keeps at most, and all of them together: many workers need less memory then. */
const MOST_KEPT = 5000;
const KEPT_IN_ALL = 100_000;

/** @param workers how many workers the cluster has */
function createWorker(address: string, number: number, workers: number): Worker {
  const two = String(number).padStart(2, '0');
  const end = { file: 1, offset: 3472 };
  return {
    address,
    sourceID: `mysql-replica-${two}`,
    up: true,
    enableGtid: false,
    upstream: {
      up: true,
      address: `127.0.0.1:${3305 + number}`,
      uuid: `53ea0ed1-9bf8-11e6-8bea-64006a${897800 + number}`,
      end,
      seq: 16,
      log: [],
      kept: Math.min(MOST_KEPT, Math.floor(KEPT_IN_ALL / workers)),
      columns: new Map(),
    },
    relay: { stage: 'Running', result: undefined, suffix: 1, received: 16, position: end },
    tasks: new Map(),
    checkpoints: new Map(),
    logID: 0,
    queue: [],
  };
}

/** A worker that the master knows and that answers. */
export function liveWorker(state: State, address: string): Worker | undefined {
  const worker = state.clients.has(address) ? state.workers.get(address) : undefined;
  return worker?.up ? worker : undefined;
}

/** A unit's result with one error. */
export function failed(type: ErrorType, msg: string): ProcessResultInit {
  return { isCanceled: false, errors: [{ Type: type, msg }] };
}
