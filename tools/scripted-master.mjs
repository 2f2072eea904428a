// A DM-master with scripted answers for the tests, the benchmarks and the warm-up of the build. It implements cleartext HTTP/2
// itself, so that it can also send invalid answers.

import http2 from 'node:http2';
import net from 'node:net';

/**
 * The answer to one call. If empty: gRPC's UNIMPLEMENTED.
 * @typedef {object} Reply
 * @property {Buffer} [message] the bytes of an answer
 * @property {Buffer} [raw] bytes of the body instead of a message with its prefix
 * @property {{code: number | string, text?: string}} [status] a gRPC status without an answer
 * @property {number} [reset] an HTTP/2 error code
 * @property {'drop' | 'hang' | 'bye'} [odd] close the connection, never answer, or answer and then close the connection
 * @property {Record<string, string | number>} [http] response headers of something that is not gRPC
 * @property {boolean} [noStatus] omit the trailers
 */

/**
 * How it identifies itself. If empty, it is a DM 1.0 that reports no release.
 * @typedef {object} Self
 * @property {(call: Call) => Reply | undefined | Promise<Reply | undefined>} [leader] answers ListMember{leader: true}
 * @property {readonly string[]} [methods] of GetValidationStatus and Encrypt, those that it has
 * @property {(socket: import('node:net').Socket) => void} [page] receives a connection with plain HTTP
 */

/** @typedef {{method: string, request: Buffer, timeout: string | undefined, headers: Record<string, unknown>}} Call */

const GRPC = { ':status': 200, 'content-type': 'application/grpc' };

function framed(message) {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function answer(stream, reply, method) {
  if (stream.destroyed || reply?.odd === 'hang') return;
  if (reply?.odd === 'drop') return stream.session.destroy();
  if (reply?.reset !== undefined) return stream.close(reply.reset);
  if (reply?.http) {
    stream.respond(reply.http);
    return stream.end('<html>');
  }
  const body = reply?.raw ?? (reply?.message ? framed(reply.message) : undefined);
  if (!body) {
    const { code, text } = reply?.status ?? { code: 12, text: `unknown method ${method} for service pb.Master` };
    return stream.respond({ ...GRPC, 'grpc-status': String(code), 'grpc-message': encodeURIComponent(text ?? '') }, { endStream: true });
  }
  stream.respond(GRPC, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(reply.noStatus ? {} : { 'grpc-status': '0' }));
  if (reply.odd === 'bye') stream.on('close', () => stream.session?.close());
  stream.end(body);
}

/** The request that detects the generation: ListMember{leader: true}. */
const asksGeneration = ({ method, request }) => method === 'ListMember' && request.toString('hex') === '0801';
/** The requests that detect the release of a master that reports none. */
const asksRelease = ({ method, request }) => ['GetValidationStatus', 'Encrypt'].includes(method) && request.length === 0;

/**
 * Starts the master on a free port of 127.0.0.1.
 * @param {(call: Call) => Reply | undefined | Promise<Reply | undefined>} reply called once for each call. A promise delays
 * the answer.
 * @param {Self} [self] how it answers detection requests, which are not in `calls` but counted in `probes`
 * @returns {Promise<{address: string, calls: Call[], readonly probes: number, close(): Promise<void>}>}
 */
export async function startScriptedMaster(reply, { leader = () => undefined, methods = [], page = (socket) => socket.destroy() } = {}) {
  const calls = [];
  let probes = 0;
  const sessions = new Set();
  const server = http2.createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => {});
  });
  server.on('stream', (stream, headers) => {
    const chunks = [];
    stream.on('error', () => {});
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const method = String(headers[':path']).split('/').at(-1);
      const call = { method, request: Buffer.concat(chunks).subarray(5), timeout: headers['grpc-timeout'], headers };
      const probe = asksGeneration(call);
      const missing = asksRelease(call) && !methods.includes(method);
      if (probe) probes += 1;
      else if (!asksRelease(call)) calls.push(call);
      const known = missing ? undefined : { message: Buffer.alloc(0) };
      const replied = probe ? leader(call) : asksRelease(call) ? known : reply(call);
      if (replied instanceof Promise) replied.then((late) => answer(stream, late, method));
      else answer(stream, replied, method);
    });
  });
  // One port for gRPC and plain HTTP, as on a DM-master. The first bytes of a connection show which of them it uses.
  const sockets = new Set();
  const door = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.once('readable', () => {
      const first = socket.read();
      if (!first) return;
      socket.unshift(first);
      if (first.toString('latin1', 0, 3) === 'PRI') server.emit('connection', socket);
      else page(socket);
    });
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${door.address().port}`,
    calls,
    get probes() {
      return probes;
    },
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        for (const socket of sockets) socket.destroy();
        door.close(() => resolve());
      }),
  };
}
