// One unary answer of gRPC on HTTP/2: a prefix of five bytes, one message, and a status in the trailers. Nothing that the
// other side claims is believed before it has been counted.

import type { RpcError } from '../core/errors.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { CODE, codeOfHttpStatus, rpcError } from './status.ts';

/** Header values as node:http2 gives them. */
export type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

const PREFIX = 5;

/** The bytes of a request with their prefix. */
export function framed(request: Buffer): Buffer {
  const prefix = Buffer.alloc(PREFIX);
  prefix.writeUInt32BE(request.length, 1);
  return Buffer.concat([prefix, request]);
}

/** Collects what comes for one call and says, at its end, what it was. */
export class Answer {
  private readonly chunks: Buffer[] = [];
  private headers: Headers | undefined;
  private trailers: Headers | undefined;

  setHeaders(headers: Headers): void {
    this.headers = headers;
  }

  setTrailers(trailers: Headers): void {
    this.trailers = trailers;
  }

  /** Some runtimes hand out plain byte arrays. */
  add(chunk: Uint8Array): void {
    this.chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }

  get began(): boolean {
    return this.headers !== undefined;
  }

  /** Whether a status has come: then the call is over, however the stream ends. */
  get ended(): boolean {
    return this.status() !== undefined;
  }

  /** The message. Throws the RpcError of a call that failed or of an answer that is none. */
  message(): Buffer {
    const { headers = {} } = this;
    const http = Number(headers[':status']);
    const type = String(headers['content-type'] ?? '');
    if (http !== 200) throw rpcError(codeOfHttpStatus(http), `HTTP status ${http} instead of a gRPC answer; is this a DM-master?`);
    if (!/^application\/grpc(?:[+;]|$)/.test(type))
      throw rpcError(CODE.unknown, `content-type ${JSON.stringify(type)} instead of gRPC; is this a DM-master?`);
    const failure = this.failure();
    if (failure) throw failure;
    return this.body();
  }

  private status(): string | undefined {
    const value = this.trailers?.['grpc-status'] ?? this.headers?.['grpc-status'];
    return value === undefined ? undefined : String(value);
  }

  private failure(): RpcError | undefined {
    const status = this.status();
    if (status === undefined) return rpcError(CODE.internal, 'the DM-master ended the answer without a status');
    if (!/^\d{1,10}$/.test(status))
      return rpcError(CODE.internal, `the DM-master sent a status that is not a number: ${JSON.stringify(status)}`);
    if (Number(status) === CODE.ok) return undefined;
    const text = this.trailers?.['grpc-message'] ?? this.headers?.['grpc-message'] ?? '';
    return rpcError(Number(status), decodeMessage(String(text)));
  }

  private body(): Buffer {
    const bytes = Buffer.concat(this.chunks);
    if (bytes.length === 0) throw rpcError(CODE.internal, 'the DM-master sent a status but no answer');
    if (bytes.length < PREFIX) throw rpcError(CODE.internal, 'the answer ends in the middle');
    if (bytes[0] !== 0) throw rpcError(CODE.internal, 'the answer is compressed, which was not asked for');
    const end = PREFIX + bytes.readUInt32BE(1);
    if (bytes.length < end) throw rpcError(CODE.internal, `the answer ends in the middle: ${bytes.length} of ${end} bytes came`);
    if (bytes.length > end) throw rpcError(CODE.unknown, 'the DM-master sent more than one answer');
    return bytes.subarray(PREFIX);
  }
}

/** The text of a grpc-message header: percent signs and two digits stand for bytes of UTF-8, anything else for itself. */
export function decodeMessage(text: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === '%' ? /^[0-9a-fA-F]{2}/.exec(text.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(text.charCodeAt(at) & 0xff);
  }
  return decodeUtf8(Buffer.from(bytes));
}

const MOST_DIGITS = 99_999_999;

/** The grpc-timeout header for so many milliseconds: at most eight digits, rounded up. */
export function timeoutHeader(ms: number): string {
  const units: readonly [string, number][] = [
    ['m', 1],
    ['S', 1000],
    ['M', 60_000],
    ['H', 3_600_000],
  ];
  const [unit, size] = units.find(([, s]) => Math.ceil(ms / s) <= MOST_DIGITS) ?? ['H', 3_600_000];
  return `${Math.min(Math.ceil(ms / size), MOST_DIGITS)}${unit}`;
}
