// Answers as JSON, straight from their bytes: byte for byte what Go's jsonpb writes with defaults and four blanks of
// indent. Nothing is built but the text itself, in chunks of some size, so that memory does not grow with an answer.

import { Cursor, locate, type Parts, verify } from '../wire/scan.ts';
import type { LinkedField, MessageType } from '../wire/schema.ts';
import { jsonText } from './json-text.ts';

/** Characters that a chunk holds at least before it is given out. */
const CHUNK = 1 << 16;

/** What stands for a field of the answer instead of its value: raw bytes, put in between the quotes as they are. */
export interface Raw {
  readonly field: string;
  readonly bytes: Buffer;
}

/**
 * The JSON text of an answer and a line break, in chunks. The whole answer is checked before the first chunk.
 * @throws WireError when the bytes are not the message.
 */
export function* protoJson(type: MessageType, bytes: Buffer, raw?: Raw): Generator<string | Buffer> {
  verify(type, bytes);
  const writer = new Writer(bytes, raw);
  yield* writer.message(type, [0, bytes.length], '');
  writer.text += '\n';
  yield writer.text;
}

class Writer {
  text = '';
  private readonly bytes: Buffer;
  private readonly raw: Raw | undefined;
  private readonly cursor: Cursor;

  constructor(bytes: Buffer, raw: Raw | undefined) {
    this.bytes = bytes;
    this.raw = raw;
    this.cursor = new Cursor(bytes);
  }

  *message(type: MessageType, parts: Parts, indent: string): Generator<string | Buffer> {
    const slots = locate(type, this.bytes, parts);
    const inner = `${indent}    `;
    let first = true;
    this.text += '{\n';
    for (const field of type.fields) {
      const slot = slots[field.index];
      if (slot === undefined && (field.oneof || field.optional)) continue;
      this.text += `${first ? '' : ',\n'}${inner}"${field.name}": `;
      first = false;
      if (this.raw?.field === field.name && indent === '') {
        yield `${this.text}"`;
        yield this.raw.bytes;
        this.text = '"';
      } else if (field.repeated) yield* this.list(field, (slot as number[] | undefined) ?? [], inner);
      else if (field.message) {
        if (slot === undefined) this.text += 'null';
        else yield* this.message(field.message, slot as number[], inner);
      } else this.text += slot === undefined ? emptyValue(field) : this.scalar(field, slot);
      if (this.text.length >= CHUNK) {
        yield this.text;
        this.text = '';
      }
    }
    this.text += `\n${indent}}`;
  }

  private *list(field: LinkedField, pairs: readonly number[], indent: string): Generator<string | Buffer> {
    const inner = `${indent}    `;
    this.text += '[';
    for (let i = 0; i < pairs.length; i += 2) {
      this.text += `${i ? ',' : ''}\n${inner}`;
      const part = [pairs[i] as number, pairs[i + 1] as number];
      if (field.message) yield* this.message(field.message, part, inner);
      else this.text += this.scalar(field, part);
    }
    this.text += `\n${indent}]`;
  }

  private scalar(field: LinkedField, slot: number | number[]): string {
    if (typeof slot !== 'number') {
      const [start, end] = slot as [number, number];
      if (field.type === 'string') return `"${jsonText(this.bytes, start, end)}"`;
      return start === end ? 'null' : `"${this.bytes.toString('base64', start, end)}"`;
    }
    const { cursor } = this;
    cursor.at = slot;
    cursor.varint(this.bytes.length);
    return number(field, cursor.low, cursor.high);
  }
}

/** A number from its two halves, cut to the width of its type; 64-bit ones in quotes. */
function number(field: LinkedField, low: number, high: number): string {
  switch (field.type) {
    case 'bool':
      return low !== 0 || high !== 0 ? 'true' : 'false';
    case 'uint32':
      return String(low);
    case 'int32':
      return String(low | 0);
    case 'enum': {
      const name = field.names?.[low | 0];
      return name === undefined ? String(low | 0) : `"${name}"`;
    }
    default: {
      if (high < 0x200000) return `"${high * 4294967296 + low}"`;
      const whole = (BigInt(high) << 32n) | BigInt(low);
      return `"${field.type === 'int64' ? BigInt.asIntN(64, whole) : whole}"`;
    }
  }
}

function emptyValue(field: LinkedField): string {
  switch (field.type) {
    case 'string':
      return '""';
    case 'bytes':
      return 'null';
    case 'bool':
      return 'false';
    case 'int64':
    case 'uint64':
      return '"0"';
    case 'enum':
      return number(field, 0, 0);
    default:
      return '0';
  }
}
