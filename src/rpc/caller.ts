// Unary calls to a DM-master: gRPC on node:http2, bytes in and bytes out. Why not the gRPC library: docs/architecture.md.
// A call is sent once. The connection is made with the first call and made anew when the next call finds it gone: a 1.0
// master drops a connection that brings no request within ten seconds (dm-facts 2.1).

import http2 from 'node:http2';
import { after } from '../core/deadline.ts';
import { Interrupted, type RpcError } from '../core/errors.ts';
import { splitHostPort } from '../text/address.ts';
import { Answer, framed, timeoutHeader } from './message.ts';
import { CODE, resetError, rpcError } from './status.ts';
import { unreachable } from './unreachable.ts';

export interface CallOptions {
  /** Milliseconds until the call fails with DeadlineExceeded. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Whether the call changes nothing, so that it may go out again when the master refused to look at it. */
  readonly reads: boolean;
}

export interface Caller {
  /**
   * Makes one call and gives the bytes of the answer.
   * @param path the method, `/pb.Master/<Method>`
   * @throws RpcError, or Interrupted when the signal was raised
   */
  call(path: string, request: Buffer, options: CallOptions): Promise<Buffer>;
  close(): void;
}

/** Large enough that a large answer does not wait for the other side's leave. */
const WINDOW = 8 << 20;

/** The master did not begin with the call: it was refused, or the connection was closing. */
class NotTaken {
  readonly error: RpcError;
  constructor(error: RpcError) {
    this.error = error;
  }
}

/** A caller for a master's address (`host:port`). Nothing is sent before the first call. */
export function connect(address: string): Caller {
  let session: http2.ClientHttp2Session | undefined;
  const take = (): http2.ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session;
    const fresh = openSession(address);
    fresh.on('goaway', () => {
      if (session === fresh) session = undefined;
    });
    session = fresh;
    return fresh;
  };
  return {
    call: async (path, request, options) => {
      const endsAt = Date.now() + options.timeoutMs;
      try {
        return await once(take(), address, path, request, options, endsAt);
      } catch (e) {
        if (!(e instanceof NotTaken)) throw e;
        if (!options.reads) throw e.error;
      }
      session = undefined;
      return await once(take(), address, path, request, options, endsAt).catch((e) => {
        throw e instanceof NotTaken ? e.error : e;
      });
    },
    close: () => session?.destroy(),
  };
}

/** Opens a connection. Proxies of the environment are not followed: node:http2 knows none. */
function openSession(address: string): http2.ClientHttp2Session {
  const { host, port } = splitHostPort(address);
  const name = host === '' ? '127.0.0.1' : host; // an empty host is this machine, as in Go
  const session = http2.connect(`http://${name.includes(':') ? `[${name}]` : name}:${port || '0'}`, {
    settings: { initialWindowSize: WINDOW, enablePush: false },
  });
  session.on('connect', () => session.setLocalWindowSize(2 * WINDOW));
  session.on('error', () => {}); // told by the call that meets it
  return session;
}

function once(
  session: http2.ClientHttp2Session,
  address: string,
  path: string,
  request: Buffer,
  { timeoutMs, signal }: CallOptions,
  endsAt: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new Interrupted());
    const left = endsAt - Date.now();
    if (left <= 0) return reject(rpcError(CODE.deadlineExceeded, 'context deadline exceeded'));
    const answer = new Answer();
    let broken: Error | undefined;
    let verdict: Error | NotTaken | undefined;
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'dmctl',
      'grpc-timeout': timeoutHeader(Math.min(left, timeoutMs)),
    });
    const stop = (why: Error): void => {
      verdict ??= why;
      stream.close(http2.constants.NGHTTP2_CANCEL);
      settle();
    };
    const stopTimer = after(left, () => stop(rpcError(CODE.deadlineExceeded, 'context deadline exceeded')));
    const interrupt = (): void => stop(new Interrupted());
    const sessionError = (error: Error): void => {
      broken = error;
    };
    let settled = false;
    const settle = (): void => {
      if (settled) return;
      settled = true;
      stopTimer();
      signal?.removeEventListener('abort', interrupt);
      session.removeListener('error', sessionError);
      try {
        const failed = verdict ?? ending(answer, stream, session, broken, address);
        if (failed) throw failed;
        resolve(answer.message());
      } catch (e) {
        reject(e);
      }
    };
    signal?.addEventListener('abort', interrupt);
    session.on('error', sessionError);
    stream.on('response', (headers) => answer.setHeaders(headers));
    stream.on('trailers', (trailers) => answer.setTrailers(trailers));
    stream.on('data', (chunk) => answer.add(chunk));
    stream.on('error', (error) => {
      broken ??= error.cause instanceof Error ? error.cause : error; // the cause is what ended the connection
    });
    stream.on('close', settle);
    stream.end(framed(request));
  });
}

/** What a stream that closed says about its call; undefined when its answer speaks for itself. */
function ending(
  answer: Answer,
  stream: http2.ClientHttp2Stream,
  session: http2.ClientHttp2Session,
  broken: Error | undefined,
  address: string,
): Error | NotTaken | undefined {
  const { rstCode = 0 } = stream;
  if (rstCode === http2.constants.NGHTTP2_REFUSED_STREAM && !answer.began) return new NotTaken(resetError(rstCode));
  if (answer.ended) return undefined;
  if (session.destroyed || session.closed || broken) {
    if (rstCode !== 0 && rstCode !== http2.constants.NGHTTP2_CANCEL && !session.destroyed) return resetError(rstCode);
    return rpcError(CODE.unavailable, unreachable(broken, address));
  }
  return rstCode === 0 ? undefined : resetError(rstCode);
}
