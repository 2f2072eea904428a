// Builds JSON as bytes: texts go from an answer's bytes to the output's without becoming JavaScript strings in between.
// They are escaped as by Go's encoding/json, including HTML's special characters and the two line separators. Each byte that
// is not UTF-8 becomes the six characters \ufffd. A real U+FFFD stays unchanged.

import { sequenceAt } from '../../text/utf8.ts';

/** The escape of each byte below 0x80; undefined if it needs none. */
const ESCAPES: readonly (Buffer | undefined)[] = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  const short = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
  if (short) return Buffer.from(short);
  return code < 0x20 || '<>&'.includes(char) ? Buffer.from(`\\u${code.toString(16).padStart(4, '0')}`) : undefined;
});

/** 1 for the bytes that are copied unchanged. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, code) => (code < 0x80 && !ESCAPES[code] ? 1 : 0));

const BAD = Buffer.from('\\ufffd');
const LINE_SEPARATOR = Buffer.from('\\u2028');
const PARAGRAPH_SEPARATOR = Buffer.from('\\u2029');
/** The longest escape of one byte. */
const WORST = 6;
/** Bytes of a text that are escaped in one go. */
const PIECE = 1 << 14;
/** The longest sequence of UTF-8. */
const SEQUENCE = 4;
/** Above this length, the runtime's copy is faster than a loop. */
const SHORT = 64;

export class JsonBytes {
  private bytes: Buffer;
  private end = 0;
  private readonly size: number;

  /** @param size the capacity of a chunk in bytes. A chunk grows if one value needs more. */
  constructor(size: number) {
    this.size = size;
    this.bytes = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.end;
  }

  /** Returns the text built so far and starts a new chunk. */
  take(): Buffer {
    const chunk = this.bytes.subarray(0, this.end);
    this.bytes = Buffer.allocUnsafe(this.size);
    this.end = 0;
    return chunk;
  }

  /** Adds bytes unchanged. */
  raw(source: Uint8Array): void {
    const count = source.length;
    this.room(count);
    const { bytes } = this;
    if (count > SHORT) bytes.set(source, this.end);
    else for (let i = 0; i < count; i += 1) bytes[this.end + i] = source[i] as number;
    this.end += count;
  }

  /** Adds a short text of ASCII characters that need no escapes. */
  ascii(text: string): void {
    this.room(text.length);
    const { bytes } = this;
    for (let i = 0; i < text.length; i += 1) bytes[this.end + i] = text.charCodeAt(i);
    this.end += text.length;
  }

  /** Returns the built text as a string and starts over. */
  takeText(): string {
    const text = this.bytes.toString('utf8', 0, this.end);
    this.end = 0;
    return text;
  }

  /** Adds the escaped form of a text, without its quotes. */
  text(source: Buffer, start: number, stop: number): void {
    for (let at = start; at < stop; ) at = this.piece(source, at, stop);
  }

  /** Adds the escaped form of the start of a text and returns where the rest starts. */
  piece(source: Buffer, start: number, stop: number): number {
    const until = Math.min(stop, start + PIECE);
    this.room((until - start + SEQUENCE) * WORST);
    const { bytes } = this;
    let { end } = this;
    let at = start;
    while (at < until) {
      const byte = source[at] as number;
      if (PLAIN[byte]) {
        bytes[end++] = byte;
        at += 1;
        continue;
      }
      const code = ESCAPES[byte];
      const size = code ? 1 : sequenceAt(source, at, stop);
      const shown = code ?? (size === 0 ? BAD : size === 3 ? separatorAt(source, at) : undefined);
      if (shown) for (let i = 0; i < shown.length; i += 1) bytes[end++] = shown[i] as number;
      else for (let i = 0; i < size; i += 1) bytes[end++] = source[at + i] as number;
      at += size || 1;
    }
    this.end = end;
    return at;
  }

  private room(count: number): void {
    if (this.end + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.end + count));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}

/** The escape of a line or paragraph separator, if a sequence of three bytes is one. */
function separatorAt(source: Buffer, at: number): Buffer | undefined {
  if (source[at] !== 0xe2 || source[at + 1] !== 0x80) return undefined;
  if (source[at + 2] === 0xa8) return LINE_SEPARATOR;
  return source[at + 2] === 0xa9 ? PARAGRAPH_SEPARATOR : undefined;
}
