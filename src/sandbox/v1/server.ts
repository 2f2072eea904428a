// Serves the sandbox on a port. Only this file of the sandbox uses a clock.

import { decode } from '../../wire/decode.ts';
import { encode } from '../../wire/encode.ts';
import { schema } from '../../wire/generated/v1.ts';
import { messageType } from '../../wire/schema.ts';
import { CallFailure, serve } from '../common/serve.ts';
import { advance } from './advance.ts';
import { createState } from './cluster.ts';
import { answer, type MethodName } from './machine.ts';
import { startTasks } from './many-tasks.ts';
import type { Options, State } from './state.ts';

export interface SandboxOptions extends Partial<Options> {
  /** `host:port`. Port 0 selects a free port. Default 127.0.0.1:8261, a DM-master's port. */
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
  /** `host:port` with the actual port. */
  address: string;
  /** The current state of the machine. */
  sandbox: State;
  /** Closes all connections and frees the port. */
  close(): Promise<void>;
}

/** gRPC's status for a method that the server does not have. */
const UNIMPLEMENTED = 12;

/** Serves an in-memory DM-master 1.0.1. Rejects if it cannot listen on the port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { listen = '127.0.0.1:8261', speed = 1, clock = () => performance.now(), latencyMs = 0, tasks = 0, ...machine } = options;
  const sandbox = createState(machine);
  startTasks(sandbox, tasks);
  const startedAt = sandbox.now;
  const began = clock();
  const now = () => startedAt + Math.floor((clock() - began) * speed);
  const methods = Object.entries(schema.methods).map(([name, { path }]) => [name, path] as const);
  const served = await serve({
    listen,
    release: 'v1.0.1',
    latencyMs,
    // With many tasks, the time since the last request would take too long to simulate in one piece.
    everySecond: tasks > 0 ? () => advance(sandbox, now()) : undefined,
    paths: { ListMember: '/pb.Master/ListMember', ...Object.fromEntries(methods) },
    answer: (method, bytes) => {
      // A DM 1.0 rejects it by name.
      if (method === 'ListMember') throw new CallFailure(UNIMPLEMENTED, 'unknown method ListMember for service pb.Master');
      return respond(sandbox, method as MethodName, bytes, now());
    },
  });
  return { address: served.address, sandbox, close: served.close };
}

/** Decodes one request, answers it and encodes the answer. Throws WireError for bytes that are not the request. */
export function respond(state: State, method: MethodName, bytes: Buffer, now: number): Buffer {
  const { request, response } = schema.methods[method] as { request: string; response: string };
  return encode(messageType(schema, response), answer(state, method, decode(messageType(schema, request), bytes), now));
}
