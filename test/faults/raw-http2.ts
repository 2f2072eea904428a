// A server that writes raw HTTP/2 frames, so that it can send what no library would.

import net from 'node:net';

export const TYPE = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;
export const FLAG = { endStream: 1, ack: 1, endHeaders: 4 } as const;
const PREFACE_BYTES = 24;
const HEAD_BYTES = 9;

/** One frame. */
export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Header fields without compression (HPACK literals). */
export function fields(headers: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(headers.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1');
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const size = [127];
  let rest = bytes.length - 127;
  for (; rest >= 128; rest >>= 7) size.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...size, rest]), bytes]);
}

export const GRPC_HEADERS = fields([
  [':status', '200'],
  ['content-type', 'application/grpc'],
]);

/** The stream of a call. */
export interface Wire {
  readonly stream: number;
  /** Writes bytes. Resolves when they are sent, with false if the client has left. */
  write(bytes: Buffer): Promise<boolean>;
  end(): void;
}

/** Starts a server that completes the handshake and passes each call to `answer`. */
export async function startRawServer(answer: (wire: Wire) => unknown): Promise<{ address: string; close(): void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.write(frame(TYPE.settings, 0, 0));
    let read = Buffer.alloc(0);
    let began = false;
    socket.on('data', (chunk) => {
      read = Buffer.concat([read, chunk]);
      if (!began && read.length < PREFACE_BYTES) return;
      if (!began) read = read.subarray(PREFACE_BYTES);
      began = true;
      while (read.length >= HEAD_BYTES && read.length >= HEAD_BYTES + read.readUIntBE(0, 3)) {
        const [type, flags, stream] = [read[3], read[4] as number, read.readUInt32BE(5)];
        read = read.subarray(HEAD_BYTES + read.readUIntBE(0, 3));
        if (type === TYPE.settings && !(flags & FLAG.ack)) socket.write(frame(TYPE.settings, FLAG.ack, 0));
        if (type === TYPE.headers) answer(wireOf(socket, stream));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function wireOf(socket: net.Socket, stream: number): Wire {
  return {
    stream,
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(false);
        else socket.write(bytes, (error) => resolve(!error));
      }),
    end: () => socket.end(),
  };
}
