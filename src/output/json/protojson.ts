// Writes answers as JSON directly from their bytes, exactly as Go's jsonpb does with defaults and an indent of four spaces.
// Only the text itself is built, in chunks, so that memory does not grow with an answer.

import { Cursor, locate, type Parts, type Slots, verify } from '../../wire/scan.ts';
import type { LinkedField, MessageType } from '../../wire/schema.ts';
import { JsonBytes } from './json-bytes.ts';

/** The minimum size of a chunk in bytes. */
const CHUNK = 1 << 16;

/** Replaces the value of a field of the answer: raw bytes that are inserted between the quotes unchanged. */
export interface Raw {
  readonly field: string;
  readonly bytes: Buffer;
}

/**
 * The JSON text of an answer and a line break, in chunks. The whole answer is checked before the first chunk.
 * @throws WireError if the bytes are not the message
 */
export function* protoJson(type: MessageType, bytes: Buffer, raw?: Raw): Generator<Buffer> {
  verify(type, bytes);
  const writer = new Writer(bytes, raw);
  yield* writer.message(type, [0, bytes.length], 0);
  yield writer.rest();
}

/** A part of an answer: the value of a field, or the items of a list of messages, each created on demand. */
export type Part = { readonly name: string } & ({ readonly value: unknown } | { readonly items: Iterable<unknown> });

/**
 * The parts of an answer as plain values, the same as in its JSON.
 * @throws WireError if the bytes are not the message
 */
export function* protoParts(type: MessageType, bytes: Buffer): Generator<Part> {
  verify(type, bytes);
  const writer = new Writer(bytes, undefined);
  const slots = locate(type, bytes, [0, bytes.length]);
  for (const field of type.fields) {
    const { name, message, repeated } = field;
    const slot = slots[field.index];
    if (slot === undefined && (field.oneof || field.optional)) continue;
    if (repeated && message && !field.map) yield { name, items: writer.items(message, (slot as number[] | undefined) ?? []) };
    else yield { name, value: writer.plain(field, slot) };
  }
}

const OPEN = Buffer.from('{\n');
const OPEN_LIST = Buffer.from('[');
const QUOTE = Buffer.from('"');
const EMPTY_TEXT = Buffer.from('""');
const NULL = Buffer.from('null');

class Writer {
  private readonly out: JsonBytes;
  private readonly bytes: Buffer;
  private readonly raw: Raw | undefined;
  private readonly cursor: Cursor;
  /** The text before the value of each field, by type and depth, cached for all messages. */
  private readonly keys = new Map<MessageType, Keys[]>();

  constructor(bytes: Buffer, raw: Raw | undefined) {
    // A small answer needs a small chunk; its JSON is rarely more than eight times its bytes.
    this.out = new JsonBytes(Math.min(2 * CHUNK, 1024 + 8 * bytes.length));
    this.bytes = bytes;
    this.raw = raw;
    this.cursor = new Cursor(bytes);
  }

  rest(): Buffer {
    this.out.ascii('\n');
    return this.out.take();
  }

  /** Writes a message of the answer's upper levels and yields chunks between its parts. */
  *message(type: MessageType, parts: Parts, depth: number): Generator<Buffer> {
    const slots = locate(type, this.bytes, parts);
    let keys = this.keysOf(type, depth).first;
    this.out.raw(OPEN);
    for (const field of type.fields) {
      const slot = slots[field.index];
      if (slot === undefined && (field.oneof || field.optional)) continue;
      this.out.raw(keys[field.index] as Buffer);
      keys = this.keysOf(type, depth).next;
      if (field.repeated && field.message && !field.map) {
        yield* this.list(field.message, (slot as number[] | undefined) ?? [], depth + 1);
      } else if (field.message && isLarge(slot)) yield* this.message(field.message, slot, depth + 1);
      else if (field.type === 'string' && !field.repeated && isLarge(slot)) yield* this.longText(slot);
      else if (depth === 0 && this.raw?.field === field.name) this.quoted(this.raw.bytes);
      else this.value(field, slot, depth + 1);
    }
    this.out.raw(closeOf(depth).message);
  }

  private *list(type: MessageType, pairs: readonly number[], depth: number): Generator<Buffer> {
    this.out.raw(OPEN_LIST);
    for (let i = 0; i < pairs.length; i += 2) {
      this.out.raw(closeOf(depth)[i === 0 ? 'firstItem' : 'nextItem']);
      const part = [pairs[i] as number, pairs[i + 1] as number];
      if (isLarge(part)) yield* this.message(type, part, depth + 1);
      else this.whole(type, part, depth + 1);
      if (this.out.length >= CHUNK) yield this.out.take();
    }
    this.out.raw(closeOf(depth).list);
  }

  private *longText(slot: number[]): Generator<Buffer> {
    const [start, end] = slot as [number, number];
    this.out.raw(QUOTE);
    for (let at = start; at < end; ) {
      at = this.out.piece(this.bytes, at, end);
      if (this.out.length >= CHUNK) yield this.out.take();
    }
    this.out.raw(QUOTE);
  }

  /** The items of a list as plain values, from their alternating starts and ends. */
  *items(type: MessageType, pairs: readonly number[]): Generator<unknown> {
    for (let i = 0; i < pairs.length; i += 2) {
      this.whole(type, [pairs[i] as number, pairs[i + 1] as number], 0);
      yield JSON.parse(this.out.takeText());
    }
  }

  /** The value of a field as a plain value. */
  plain(field: LinkedField, slot: Slots[number]): unknown {
    this.value(field, slot, 0);
    return JSON.parse(this.out.takeText());
  }

  /** Writes a whole message, which is faster than yielding chunks. */
  private whole(type: MessageType, parts: Parts, depth: number): void {
    const slots = locate(type, this.bytes, parts);
    const both = this.keysOf(type, depth);
    let keys = both.first;
    this.out.raw(OPEN);
    for (const field of type.fields) {
      const slot = slots[field.index];
      if (slot === undefined && (field.oneof || field.optional)) continue;
      this.out.raw(keys[field.index] as Buffer);
      keys = both.next;
      this.value(field, slot, depth + 1);
    }
    this.out.raw(closeOf(depth).message);
  }

  private value(field: LinkedField, slot: Slots[number], depth: number): void {
    if (field.map) this.map(field.message as MessageType, (slot as number[] | undefined) ?? [], depth);
    else if (field.repeated) {
      const pairs = (slot as number[] | undefined) ?? [];
      this.out.raw(OPEN_LIST);
      for (let i = 0; i < pairs.length; i += 2) {
        this.out.raw(closeOf(depth)[i === 0 ? 'firstItem' : 'nextItem']);
        const part = [pairs[i] as number, pairs[i + 1] as number];
        if (field.message) this.whole(field.message, part, depth + 1);
        else this.scalar(field, part);
      }
      this.out.raw(closeOf(depth).list);
    } else if (field.message) {
      if (slot === undefined) this.out.raw(NULL);
      else this.whole(field.message, slot as number[], depth);
    } else if (slot === undefined) this.out.ascii(emptyValue(field));
    else this.scalar(field, slot);
  }

  /** Writes a map as an object, by the bytes of its keys as Go does. Of entries with the same key, the last one counts. */
  private map(type: MessageType, pairs: readonly number[], depth: number): void {
    const [key, held] = type.fields as [LinkedField, LinkedField];
    const entries = new Map<string, Slots>();
    for (let i = 0; i < pairs.length; i += 2) {
      const slots = locate(type, this.bytes, [pairs[i] as number, pairs[i + 1] as number]);
      const [start, end] = (slots[key.index] ?? [0, 0]) as [number, number];
      entries.set(this.bytes.toString('latin1', start, end), slots);
    }
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
    this.out.ascii('{');
    for (const [i, [, slots]] of sorted.entries()) {
      this.out.raw(closeOf(depth)[i === 0 ? 'firstItem' : 'nextItem']);
      this.value(key, slots[key.index], depth + 1);
      this.out.ascii(': ');
      this.value(held, slots[held.index], depth + 1);
    }
    this.out.raw(closeOf(depth).message);
  }

  private scalar(field: LinkedField, slot: number | number[]): void {
    const { out, cursor } = this;
    if (typeof slot === 'number' && field.type === 'double') {
      out.ascii(float(this.bytes.readDoubleLE(slot)));
      return;
    }
    if (typeof slot === 'number') {
      cursor.at = slot;
      cursor.varint(this.bytes.length);
      out.ascii(number(field, cursor.low, cursor.high));
      return;
    }
    const [start, end] = slot as [number, number];
    if (field.type !== 'string') out.ascii(start === end ? 'null' : `"${this.bytes.toString('base64', start, end)}"`);
    else if (start === end) out.raw(EMPTY_TEXT);
    else {
      out.raw(QUOTE);
      out.text(this.bytes, start, end);
      out.raw(QUOTE);
    }
  }

  private quoted(bytes: Buffer): void {
    this.out.raw(QUOTE);
    this.out.raw(bytes);
    this.out.raw(QUOTE);
  }

  private keysOf(type: MessageType, depth: number): Keys {
    let byDepth = this.keys.get(type);
    if (!byDepth) {
      byDepth = [];
      this.keys.set(type, byDepth);
    }
    const key = (before: string) => (f: LinkedField) => Buffer.from(`${before}${indentOf(depth + 1)}"${f.name}": `);
    byDepth[depth] ??= { first: type.fields.map(key('')), next: type.fields.map(key(',\n')) };
    return byDepth[depth];
  }
}

/** A field's name with its indent: for the first field of a message, and for the following ones. */
interface Keys {
  readonly first: readonly Buffer[];
  readonly next: readonly Buffer[];
}

/** Whether a text or message is so large that it is written in chunks. */
function isLarge(slot: Slots[number] | Parts): slot is number[] {
  if (!Array.isArray(slot)) return false;
  let size = 0;
  for (let i = 0; i < slot.length; i += 2) size += (slot[i + 1] as number) - (slot[i] as number);
  return size > CHUNK;
}

const indentOf = (depth: number): string => '    '.repeat(depth);

const closes: { message: Buffer; list: Buffer; firstItem: Buffer; nextItem: Buffer }[] = [];

/** The end of a message or a list at a depth, and the text before the items of the list. */
function closeOf(depth: number): (typeof closes)[number] {
  closes[depth] ??= {
    message: Buffer.from(`\n${indentOf(depth)}}`),
    list: Buffer.from(`\n${indentOf(depth)}]`),
    firstItem: Buffer.from(`\n${indentOf(depth + 1)}`),
    nextItem: Buffer.from(`,\n${indentOf(depth + 1)}`),
  };
  return closes[depth];
}

/** A double as Go's encoding/json writes it, and quoted if it is not finite. */
function float(value: number): string {
  return Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : `"${value}"`;
}

/** A number from its two halves, truncated to the width of its type. 64-bit numbers are quoted. */
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
