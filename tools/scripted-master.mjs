// A DM-master that answers what it is told: for the tests, the benchmarks and the warm-up of the build. Cleartext
// HTTP/2 by hand, so that it can also answer what no sane server would.

import http2 from 'node:http2';

/**
 * What is answered to one call. Without anything: gRPC's UNIMPLEMENTED.
 * @typedef {object} Reply
 * @property {Buffer} [message] the bytes of an answer
 * @property {Buffer} [raw] bytes of the body instead of a message with its prefix
 * @property {{code: number | string, text?: string}} [status] a gRPC status without an answer
 * @property {number} [reset] an HTTP/2 error code
 * @property {'drop' | 'hang' | 'bye'} [odd] close the connection, never answer, or answer and then close the connection
 * @property {Record<string, string | number>} [http] response headers of something that is not gRPC
 * @property {boolean} [noStatus] leave the trailers out
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

/**
 * Starts it on a free port of 127.0.0.1.
 * @param {(call: Call) => Reply | undefined | Promise<Reply | undefined>} reply asked once a call; a promise holds the answer back
 * @returns {Promise<{address: string, calls: Call[], close(): Promise<void>}>}
 */
export async function startScriptedMaster(reply) {
  const calls = [];
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
      calls.push(call);
      const replied = reply(call);
      if (replied instanceof Promise) replied.then((late) => answer(stream, late, method));
      else answer(stream, replied, method);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${server.address().port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(resolve);
      }),
  };
}
