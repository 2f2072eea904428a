// Serves the sandbox on a port. Only this file of the sandbox uses gRPC and a clock. As on a DM-master, plain HTTP on the same
// port serves a page with the release.

import http from 'node:http';
import net from 'node:net';
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
import { splitHostPort } from '../../text/address.ts';
import { decode } from '../../wire/decode.ts';
import { encode } from '../../wire/encode.ts';
import { schema } from '../../wire/generated/v1.ts';
import { messageType } from '../../wire/schema.ts';
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

const ADVANCE_EVERY_MS = 1000;

/** Serves an in-memory DM-master 1.0.1. Rejects if it cannot listen on the port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { listen = '127.0.0.1:8261', speed = 1, clock = () => performance.now(), latencyMs = 0, tasks = 0, ...machine } = options;
  const sandbox = createState(machine);
  startTasks(sandbox, tasks);
  const startedAt = sandbox.now;
  const began = clock();
  const now = () => startedAt + Math.floor((clock() - began) * speed);
  setLogVerbosity(logVerbosity.NONE); // the caller of startSandbox reports errors
  const server = new Server();
  server.addService(...service((method, bytes) => respond(sandbox, method, bytes, now()), latencyMs));
  const grpc = server.createConnectionInjector(ServerCredentials.createInsecure());
  const door = openDoor((socket) => grpc.injectConnection(socket));
  const port = await door.listen(listen);
  // With many tasks, the time since the last request would take too long to simulate in one piece.
  const steps = tasks > 0 ? setInterval(() => advance(sandbox, now()), ADVANCE_EVERY_MS) : undefined;
  return {
    address: listen.replace(/:\d*$/, `:${port}`),
    sandbox,
    close: async () => {
      clearInterval(steps);
      server.forceShutdown();
      await door.close();
    },
  };
}

const RELEASE_PAGE = `Release Version: v1.0.1
Git Commit Hash: none
Git Branch: none
UTC Build Time: none
Go Version: none
`;

/** Serves gRPC and plain HTTP on one port. The first bytes of a connection show which of them it uses. */
function openDoor(grpc: (socket: net.Socket) => void): { listen(address: string): Promise<number>; close(): Promise<void> } {
  const sockets = new Set<net.Socket>();
  const pages = http.createServer((request, response) => {
    if (request.url === '/status') response.setHeader('content-type', 'text/plain').end(RELEASE_PAGE);
    else response.writeHead(404).end();
  });
  const door = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // the client is gone
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (!first) return;
      socket.unshift(first);
      if (first.toString('latin1').startsWith('PRI')) grpc(socket);
      else pages.emit('connection', socket);
    });
  });
  return {
    listen: (address) =>
      new Promise((resolve, reject) => {
        const { host, port } = splitHostPort(address);
        door.once('error', reject).listen({ port: Number(port), ...(host !== '' && { host }) }, () => {
          resolve((door.address() as net.AddressInfo).port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        door.close(() => resolve());
      }),
  };
}

/** Decodes one request, answers it and encodes the answer. Throws WireError for bytes that are not the request. */
export function respond(state: State, method: MethodName, bytes: Buffer, now: number): Buffer {
  const { request, response } = schema.methods[method] as { request: string; response: string };
  return encode(messageType(schema, response), answer(state, method, decode(messageType(schema, request), bytes), now));
}

type Respond = (method: MethodName, bytes: Buffer) => Buffer;

/**
 * The methods in the form that grpc-js expects, bytes in and bytes out, and ListMember, which a DM 1.0 rejects by name.
 * grpc-js answers UNIMPLEMENTED to all others.
 */
function service(respondTo: Respond, latencyMs: number): Parameters<Server['addService']> {
  const definition: Record<string, MethodDefinition<Buffer, Buffer>> = {};
  const handlers: UntypedServiceImplementation = {};
  const same = (bytes: Buffer) => bytes;
  const add = (name: string, path: string): void => {
    definition[name] = {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    };
  };
  add('ListMember', '/pb.Master/ListMember');
  handlers.ListMember = (_call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) => {
    done({ code: status.UNIMPLEMENTED, details: 'unknown method ListMember for service pb.Master' });
  };
  for (const [name, { path }] of Object.entries(schema.methods)) {
    add(name, path);
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
