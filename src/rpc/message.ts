// Checks one gRPC answer on HTTP/2: headers, a prefix of five bytes with one message, and trailers with a
// status. Nothing from the server is trusted before it is checked, and an answer is rejected at the first byte that
// proves it wrong.

import { GRPC_CODE } from '../command/grpc-code.ts';
import { byteSize } from '../text/size.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { codeOfHttpStatus, type Fault } from './status.ts';

/** Header values as node:http2 returns them. */
export type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

/** Bytes before a message: whether it is compressed, and its length. */
export const PREFIX = 5;
/** The maximum length of a status text that is kept; the server may send as much as fits into its headers. */
const MAX_STATUS_TEXT = 16 << 10;
/** The maximum length of a header that an error quotes. */
const MAX_QUOTED = 80;

/** Checks and counts the bytes of an answer as they arrive. */
export class AnswerCheck {
  private readonly limit: number;
  private readonly prefix = Buffer.alloc(PREFIX);
  private received = 0;

  /** @param limit the maximum size of one message in bytes */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Checks the next bytes. Returns the fault that they prove, or undefined. */
  add(data: Buffer): Fault | undefined {
    if (this.received < PREFIX) data.copy(this.prefix, this.received, 0, PREFIX - this.received);
    this.received += data.length;
    if (this.received > 0 && this.prefix[0] !== 0)
      return { code: GRPC_CODE.internal, text: 'the answer is compressed, but no compression was requested' };
    if (this.received < PREFIX) return undefined;
    if (this.size > this.limit) return tooLarge(this.size, this.limit);
    if (this.received > PREFIX + this.size) return { code: GRPC_CODE.unknown, text: 'the DM-master sent more than one answer' };
    return undefined;
  }

  /** The fault of an answer that ends here with status OK; undefined if it is complete. */
  end(): Fault | undefined {
    if (this.received === 0) return { code: GRPC_CODE.internal, text: 'the DM-master sent a status but no answer' };
    if (this.received < PREFIX) return { code: GRPC_CODE.internal, text: 'the answer is incomplete' };
    const whole = PREFIX + this.size;
    if (this.received === whole) return undefined;
    return { code: GRPC_CODE.internal, text: `the answer is incomplete: ${this.received} of ${whole} bytes arrived` };
  }

  get began(): boolean {
    return this.received > 0;
  }

  private get size(): number {
    return this.prefix.readUInt32BE(1);
  }
}

/** An answer beyond the limit: gRPC's code for it, and the setting that raises the limit. */
function tooLarge(size: number, limit: number): Fault {
  const text = `the answer has ${size} bytes, which is more than the limit of ${byteSize(limit)}. Raise it with the setting max-answer`;
  return { code: GRPC_CODE.resourceExhausted, text };
}

/** The fault of response headers that do not start a gRPC answer, or undefined. */
export function headersFault(headers: Headers): Fault | undefined {
  const http = Number(headers[':status']);
  if (http !== 200) return { code: codeOfHttpStatus(http), text: `HTTP status ${http} instead of a gRPC answer. Is this a DM-master?` };
  const type = String(headers['content-type'] ?? '');
  if (/^application\/grpc(?:[+;]|$)/.test(type)) return undefined;
  return { code: GRPC_CODE.unknown, text: `content-type ${quoted(type)} instead of gRPC. Is this a DM-master?` };
}

/** The status in trailers, or in headers without a body: the master's, or the fault that we found. */
export function statusOf(trailers: Headers): Fault {
  const raw = trailers['grpc-status'];
  if (raw === undefined) return { code: GRPC_CODE.internal, text: 'the DM-master ended the answer without a status' };
  const status = String(raw);
  if (!/^\d{1,10}$/.test(status))
    return { code: GRPC_CODE.internal, text: `the DM-master sent a status that is not a number: ${quoted(status)}` };
  return { code: Number(status), text: cut(decodeMessage(String(trailers['grpc-message'] ?? '')), MAX_STATUS_TEXT) };
}

const quoted = (text: string): string => JSON.stringify(cut(text, MAX_QUOTED));

/** The text, truncated to the allowed length. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}… (${text.length} characters)`;
}

/** Decodes a grpc-message header: a percent sign and two hex digits are a byte of UTF-8. Other characters are literal. */
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
