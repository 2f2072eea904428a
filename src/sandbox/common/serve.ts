// Serves calls on a port. As on a DM-master, plain HTTP on the same port serves a page with the release.

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

/** Thrown by a handler to end the call with a status instead of an answer. */
export class CallFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Service {
  /** `host:port`. Port 0 selects a free port. */
  readonly listen: string;
  /** What `/status` reports, such as `v1.0.1`. */
  readonly release: string;
  /** The HTTP/2 paths of the methods by name. grpc-js answers UNIMPLEMENTED to all others. */
  readonly paths: Readonly<Record<string, string>>;
  /** Answers one call, bytes in and bytes out. Throws CallFailure; any other error ends the call with INTERNAL. */
  readonly answer: (method: string, bytes: Buffer) => Buffer;
  /** Delay before each answer in milliseconds. */
  readonly latencyMs: number;
  /** Called once a second. */
  readonly everySecond?: (() => void) | undefined;
}

export interface Served {
  /** `host:port` with the actual port. */
  readonly address: string;
  /** Closes all connections and frees the port. */
  close(): Promise<void>;
}

/** Serves until it is closed. Rejects if it cannot listen on the port. */
export async function serve({ listen, release, paths, answer, latencyMs, everySecond }: Service): Promise<Served> {
  setLogVerbosity(logVerbosity.NONE); // the caller reports errors
  const server = new Server();
  server.addService(...definitionOf(paths, answer, latencyMs));
  const grpc = server.createConnectionInjector(ServerCredentials.createInsecure());
  const door = openDoor((socket) => grpc.injectConnection(socket), releasePage(release));
  const port = await door.listen(listen);
  const steps = everySecond && setInterval(everySecond, 1000);
  return {
    address: listen.replace(/:\d*$/, `:${port}`),
    close: async () => {
      clearInterval(steps);
      server.forceShutdown();
      await door.close();
    },
  };
}

const releasePage = (release: string): string => `Release Version: ${release}
Git Commit Hash: none
Git Branch: none
UTC Build Time: none
Go Version: none
`;

/** Serves gRPC and plain HTTP on one port. The first bytes of a connection show which of them it uses. */
function openDoor(grpc: (socket: net.Socket) => void, page: string): { listen(address: string): Promise<number>; close(): Promise<void> } {
  const sockets = new Set<net.Socket>();
  const pages = http.createServer((request, response) => {
    if (request.url === '/status') response.setHeader('content-type', 'text/plain').end(page);
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

/** The methods in the form that grpc-js expects. */
function definitionOf(paths: Service['paths'], answer: Service['answer'], latencyMs: number): Parameters<Server['addService']> {
  const definition: Record<string, MethodDefinition<Buffer, Buffer>> = {};
  const handlers: UntypedServiceImplementation = {};
  const same = (bytes: Buffer) => bytes;
  for (const [name, path] of Object.entries(paths)) {
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
        bytes = answer(name, call.request);
      } catch (error) {
        done({ code: error instanceof CallFailure ? error.code : status.INTERNAL, details: (error as Error).message });
        return;
      }
      if (latencyMs > 0) setTimeout(() => done(null, bytes), latencyMs);
      else done(null, bytes);
    };
  }
  return [definition, handlers];
}
