// The sandbox on a port: the only file of it that knows gRPC and a clock.

import {
  logVerbosity,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  setLogVerbosity,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { decode } from '../wire/decode.ts';
import { encode } from '../wire/encode.ts';
import { schema } from '../wire/generated/v1.ts';
import { messageType } from '../wire/schema.ts';
import { createState } from './cluster.ts';
import { answer, type MethodName } from './machine.ts';
import type { Options, State } from './state.ts';

export interface SandboxOptions extends Partial<Options> {
  /** `host:port`; port 0 takes a free one. Default 127.0.0.1:8261, a DM-master's port. */
  listen?: string;
  /** How many times faster than the clock the cluster lives. Default 1. */
  speed?: number;
  /** Milliseconds; only differences count. Default: the process's monotonic clock. */
  clock?: () => number;
  /** Milliseconds before each answer. Default 0; a real DM-master takes about 1000 for operations on tasks. */
  latencyMs?: number;
}

export interface RunningSandbox {
  /** `host:port` with the real port. */
  address: string;
  /** The living state of the machine. */
  sandbox: State;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}

/** Serves an in-memory DM-master 1.0.1. Rejects when the port cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { listen = '127.0.0.1:8261', speed = 1, clock = () => performance.now(), latencyMs = 0, ...machine } = options;
  const sandbox = createState(machine);
  const began = clock();
  const now = () => Math.floor((clock() - began) * speed);
  setLogVerbosity(logVerbosity.NONE); // what goes wrong is told by whoever started the sandbox
  const server = new Server();
  server.addService(...service((method, bytes) => respond(sandbox, method, bytes, now()), latencyMs));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(listen, ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    address: listen.replace(/:\d+$/, `:${port}`),
    sandbox,
    close: async () => server.forceShutdown(),
  };
}

/** One request's bytes to the answer's. Throws WireError for bytes that are not the request. */
export function respond(state: State, method: MethodName, bytes: Buffer, now: number): Buffer {
  const { request, response } = schema.methods[method] as { request: string; response: string };
  return encode(messageType(schema, response), answer(state, method, decode(messageType(schema, request), bytes), now));
}

type Respond = (method: MethodName, bytes: Buffer) => Buffer;

/** The methods as grpc-js wants them, bytes in and bytes out. It answers UNIMPLEMENTED to all others itself. */
function service(respondTo: Respond, latencyMs: number): Parameters<Server['addService']> {
  const definition: Record<string, MethodDefinition<Buffer, Buffer>> = {};
  const handlers: UntypedServiceImplementation = {};
  const same = (bytes: Buffer) => bytes;
  for (const [name, { path }] of Object.entries(schema.methods)) {
    definition[name] = {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    };
    handlers[name] = (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
      let bytes: Buffer;
      try {
        bytes = respondTo(name as MethodName, call.request);
      } catch (error) {
        done({ code: status.INTERNAL, details: (error as Error).message });
        return;
      }
      if (latencyMs > 0) setTimeout(() => done(null, bytes), latencyMs);
      else done(null, bytes);
    };
  }
  return [definition, handlers];
}
