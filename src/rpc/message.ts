// What one answer of gRPC on HTTP/2 may look like: headers, a prefix of five bytes with one message, and trailers with a
// status. Nothing that the other side claims is believed before it has been checked, and an answer is rejected at the
// first byte that proves it wrong.

import { GRPC_CODE } from '../command/grpc-code.ts';
import { byteSize } from '../text/size.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { codeOfHttpStatus, type Fault } from './status.ts';

/** Header values as node:http2 gives them. */
export type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

/** Bytes before a message: whether it is compressed, and its length. */
export const PREFIX = 5;
/** Characters of a status text that are kept; the sender may send as much as its headers can hold. */
const MAX_STATUS_TEXT = 16 << 10;
/** Characters of a header that an error quotes. */
const MAX_QUOTED = 80;

/** Counts the bytes of an answer as they come. */
export class AnswerCheck {
  private readonly limit: number;
  private readonly prefix = Buffer.alloc(PREFIX);
  private received = 0;

  /** @param limit the bytes that one message may have */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Looks at the next bytes. The fault that they prove, or undefined. */
  add(data: Buffer): Fault | undefined {
    if (this.received < PREFIX) data.copy(this.prefix, this.received, 0, PREFIX - this.received);
    this.received += data.length;
    if (this.received > 0 && this.prefix[0] !== 0)
      return { code: GRPC_CODE.internal, text: 'the answer is compressed, which was not asked for' };
    if (this.received < PREFIX) return undefined;
    if (this.size > this.limit) return tooLarge(this.size, this.limit);
    if (this.received > PREFIX + this.size) return { code: GRPC_CODE.unknown, text: 'the DM-master sent more than one answer' };
    return undefined;
  }

  /** The fault of an answer that ends here with the status OK, or undefined when it is whole. */
  end(): Fault | undefined {
    if (this.received === 0) return { code: GRPC_CODE.internal, text: 'the DM-master sent a status but no answer' };
    if (this.received < PREFIX) return { code: GRPC_CODE.internal, text: 'the answer ends in the middle' };
    const whole = PREFIX + this.size;
    if (this.received === whole) return undefined;
    return { code: GRPC_CODE.internal, text: `the answer ends in the middle: ${this.received} of ${whole} bytes came` };
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
  const text = `the answer has ${size} bytes, which is more than ${byteSize(limit)}; raise the setting max-answer to allow it`;
  return { code: GRPC_CODE.resourceExhausted, text };
}

/** The fault of response headers that do not begin a gRPC answer, or undefined. */
export function headersFault(headers: Headers): Fault | undefined {
  const http = Number(headers[':status']);
  if (http !== 200) return { code: codeOfHttpStatus(http), text: `HTTP status ${http} instead of a gRPC answer; is this a DM-master?` };
  const type = String(headers['content-type'] ?? '');
  if (/^application\/grpc(?:[+;]|$)/.test(type)) return undefined;
  return { code: GRPC_CODE.unknown, text: `content-type ${quoted(type)} instead of gRPC; is this a DM-master?` };
}

/** The status of trailers, or of headers that are everything: what the master says, or what is wrong with it. */
export function statusOf(trailers: Headers): Fault {
  const raw = trailers['grpc-status'];
  if (raw === undefined) return { code: GRPC_CODE.internal, text: 'the DM-master ended the answer without a status' };
  const status = String(raw);
  if (!/^\d{1,10}$/.test(status))
    return { code: GRPC_CODE.internal, text: `the DM-master sent a status that is not a number: ${quoted(status)}` };
  return { code: Number(status), text: cut(decodeMessage(String(trailers['grpc-message'] ?? '')), MAX_STATUS_TEXT) };
}

const quoted = (text: string): string => JSON.stringify(cut(text, MAX_QUOTED));

/** The text, cut where it is longer than allowed. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}… (${text.length} characters)`;
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
