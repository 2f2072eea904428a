// Creates a cluster, and answers small queries that all handlers need.

import { createHash } from 'node:crypto';
import type { CommonWorkerResponseInit } from '../../wire/generated/v2.ts';
import { relayed, startRelay } from './relay.ts';
import { sourceText } from './source-file.ts';
import type { Options, Source, State, Worker } from './state.ts';
import { createUpstream } from './upstream.ts';

/** Two workers, and delays that show a task in Dump, Load and Sync within half a minute. */
export const DEFAULTS: Options = {
  release: '8.5.0',
  masters: 1,
  workers: 2,
  down: [],
  dumpMs: 6000,
  loadMs: 15000,
  trafficMs: 5000,
  demos: true,
  epochMs: 0,
};

const FIRST_PORT = 8262;

/** Whether a release such as 8.5.0 is the given one or later. */
function atLeast(release: string, least: string): boolean {
  const numbers = (text: string) => text.split('.').map(Number);
  const [major = 0, minor = 0, patch = 0] = numbers(release);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = numbers(least);
  return (major - leastMajor || minor - leastMinor || patch - leastPatch) >= 0;
}

const isDown = ({ down }: Options, { name, address }: Worker): boolean => down.includes(name) || down.includes(address);

/** A cluster at time 0: each worker has a source, and there is no task. */
export function createState(options: Partial<Options> = {}): State {
  const whole = { ...DEFAULTS, ...options };
  const state: State = {
    options: whole,
    has: (since) => atLeast(whole.release, since),
    now: 0,
    masters: [],
    leader: undefined,
    workers: new Map(),
    sources: new Map(),
    tasks: new Map(),
    checkpoints: new Map(),
    locks: new Map(),
    demos: new Map(),
    scheduled: [],
    shuffles: 0,
  };
  for (let i = 1; i <= whole.masters; i++) {
    const memberID = 9_035_368_665_930_112_600n + BigInt(i);
    state.masters.push({ name: `master${i}`, address: `127.0.0.1:${8161 + 100 * i}`, memberID, evicted: false });
  }
  state.leader = state.masters[0]?.name;
  for (let i = 1; i <= whole.workers; i++) {
    addWorker(state, i);
    const id = `mysql-replica-${String(i).padStart(2, '0')}`;
    const port = 3305 + i;
    addSource(state, id, sourceText(id, port), { 'source-id': id, from: { host: '127.0.0.1', port, user: 'root', password: '' } }, i);
  }
  // They had their sources before they stopped answering.
  for (const worker of state.workers.values()) if (isDown(whole, worker)) worker.downSince = state.now;
  return state;
}

/** A worker that has just been started. */
function addWorker(state: State, number: number): void {
  const name = `worker${number}`;
  state.workers.set(name, { name, address: `127.0.0.1:${FIRST_PORT + number - 1}`, downSince: undefined, offline: false });
}

/** Adds a source and binds it to a worker if one is free. */
export function addSource(
  state: State,
  id: string,
  text: string,
  config: Record<string, unknown>,
  number = state.sources.size + 1,
): Source {
  const from = (config.from ?? {}) as { host?: string; port?: number };
  const source: Source = {
    id,
    text,
    config,
    enableGtid: config['enable-gtid'] === true,
    upstream: createUpstream(number, `${from.host ?? '127.0.0.1'}:${from.port ?? 3306}`),
    worker: undefined,
    lastWorker: undefined,
    relay: undefined,
    tasks: new Map(),
  };
  state.sources.set(id, source);
  if (config['enable-relay'] === true) startRelay(source, []);
  bind(state, source);
  return source;
}

/** Binds a source to its last worker if that is free, else to any free worker, one that pulls its relay log first. */
export function bind(state: State, source: Source): void {
  const free = freeWorkers(state, source);
  const worker = free.find((w) => w.name === source.lastWorker) ?? free.find((w) => source.relay?.workers.includes(w.name)) ?? free[0];
  if (worker) moveTo(source, worker.name);
}

/** Binds a source to a worker. Its sub tasks begin to count again, and those that were paused have no result there. */
export function moveTo(source: Source, worker: string): void {
  source.worker = worker;
  source.lastWorker = worker;
  for (const task of source.tasks.values()) {
    task.sync.events = 0;
    task.sync.counted = { at: 0, events: 0 };
    if (task.stage === 'Paused' && task.result?.isCanceled) task.result = undefined;
  }
}

/** The workers that a source can be bound to. A worker that only pulls the relay log of another source is not free. */
function freeWorkers(state: State, source: Source): Worker[] {
  return sortedWorkers(state).filter(
    (w) => !w.offline && w.downSince === undefined && !sourceOf(state, w.name) && [undefined, source].includes(relayed(state, w.name)),
  );
}

export const sortedWorkers = (state: State): Worker[] => [...state.workers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

export const sortedSources = (state: State): Source[] => [...state.sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The source that is bound to a worker. */
export const sourceOf = (state: State, worker: string): Source | undefined => [...state.sources.values()].find((s) => s.worker === worker);

/** The worker of a source, if it is bound. */
export const workerOf = (state: State, source: Source): Worker | undefined =>
  source.worker === undefined ? undefined : state.workers.get(source.worker);

/** An entry of an answer. An entry without a text is a success. */
export const entry = (source: string, worker: string, msg = ''): CommonWorkerResponseInit => ({ result: msg === '', msg, source, worker });

/** Items in an order that looks random, but depends only on the number of answers before. */
export function shuffled<T>(state: State, items: readonly T[]): T[] {
  state.shuffles += 1;
  const weight = (i: number) => createHash('md5').update(`${state.shuffles} ${i}`).digest('hex');
  return items
    .map((item, i) => [weight(i), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}
