// Serves the sandbox on a port per master. Only this file of the sandbox uses a clock.

import { decode } from '../../wire/decode.ts';
import { encode } from '../../wire/encode.ts';
import { schema as newest } from '../../wire/generated/v2.ts';
import { type MessageType, messageType, type Schema, schemaAt } from '../../wire/schema.ts';
import { CallFailure, serve } from '../common/serve.ts';
import { advance } from './advance.ts';
import { createState } from './cluster.ts';
import { answer, type MethodName, NoLeader } from './machine.ts';
import { startTasks } from './many-tasks.ts';
import type { Options, State } from './state.ts';

export interface SandboxOptions extends Partial<Options> {
  /** `host:port` of the first master. The others have the next ports. Port 0 selects free ones. Default 127.0.0.1:8261. */
  listen?: string;
  /** The speed of the cluster's time relative to the clock. Default 1. */
  speed?: number;
  /** A clock in milliseconds. Only differences matter. Default: the process's monotonic clock. */
  clock?: () => number;
  /** Delay before each answer in milliseconds. Default 0. A real DM-master takes about 1000 for operations on tasks. */
  latencyMs?: number;
  /** The number of tasks that run from the start. Default 0. */
  tasks?: number;
}

export interface RunningSandbox {
  /** `host:port` of the first master with the actual port. */
  address: string;
  /** The addresses of all masters. */
  addresses: readonly string[];
  /** The current state of the machine. */
  sandbox: State;
  /** Closes all connections and frees the ports. */
  close(): Promise<void>;
}

/** gRPC's status for an error that has none of its own. */
const UNKNOWN = 2;

const schemas = new WeakMap<State, Schema>();

/** The messages of the release of a cluster. */
function schemaOf(state: State): Schema {
  const known = schemas.get(state) ?? schemaAt(newest, state.has);
  schemas.set(state, known);
  return known;
}

/** Serves in-memory DM-masters of DM 2.0 or later. Rejects if it cannot listen on the ports. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { listen = '127.0.0.1:8261', speed = 1, clock = () => performance.now(), latencyMs = 0, tasks = 0, ...machine } = options;
  const state = createState({ epochMs: Date.now(), ...machine });
  startTasks(state, tasks);
  const startedAt = state.now;
  const began = clock();
  const now = () => startedAt + Math.floor((clock() - began) * speed);
  const has = (since: string | undefined) => since === undefined || state.has(since);
  const methods = Object.entries(newest.methods).filter(([, { since }]) => has(since));
  const paths = Object.fromEntries(methods.map(([name, { path }]) => [name, path]));
  const served: Awaited<ReturnType<typeof serve>>[] = [];
  const close = async () => {
    await Promise.all(served.map((s) => s.close()));
  };
  try {
    for (const [i, master] of [...state.masters].entries()) {
      const one = await serve({
        listen: nextPort(listen, i),
        release: `v${state.options.release}`,
        latencyMs,
        // With many tasks, the time since the last request would take too long to simulate in one piece.
        everySecond: tasks > 0 && i === 0 ? () => advance(state, now()) : undefined,
        paths,
        answer: (method, bytes) => respond(state, method as MethodName, bytes, now(), master.name),
      });
      served.push(one);
      master.address = one.address;
    }
  } catch (error) {
    await close();
    throw error;
  }
  const addresses = served.map((s) => s.address);
  return { address: addresses[0] ?? '', addresses, sandbox: state, close };
}

const nextPort = (listen: string, by: number): string => listen.replace(/\d+$/, (port) => String(port === '0' ? 0 : Number(port) + by));

/** Decodes one request, answers it and encodes the answer. Throws WireError for bytes that are not the request; CallFailure. */
export function respond(state: State, method: MethodName, bytes: Buffer, now: number, at?: string): Buffer {
  const schema = schemaOf(state);
  const { request, response } = schema.methods[method] as { request: string; response: string };
  const type = messageType(schema, response);
  try {
    return encode(type, fit(type, answer(state, method, decode(messageType(schema, request), bytes), now, at)));
  } catch (error) {
    throw error instanceof NoLeader ? new CallFailure(UNKNOWN, error.message) : error;
  }
}

/** The part of an answer that a message of the release has. */
function fit(type: MessageType, value: object): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const field = type.fields.find((f) => f.name === key);
      if (!field || field.newer) return [];
      const { message } = field;
      if (!message || item === undefined) return [[key, item]];
      return [[key, Array.isArray(item) ? item.map((i) => fit(message, i)) : fit(message, item)]];
    }),
  );
}
