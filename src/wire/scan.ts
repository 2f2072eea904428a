// Reads protobuf messages without building objects, because a large answer only needs the location of each field. The rules are
// those of DM's own (gogo) decoders: a wrong wire type is an error, unknown fields are skipped, the last scalar wins, plain
// submessages merge, a oneof member replaces the previous one.

import type { LinkedField, MessageType } from './schema.ts';

/** The bytes are not a valid message. `offset` counts from the start of the answer. */
export class WireError extends Error {
  readonly offset: number;
  constructor(what: string, offset: number) {
    super(`${what} at byte ${offset}`);
    this.name = 'WireError';
    this.offset = offset;
  }
}

export const VARINT = 0;
export const FIXED64 = 1;
const LENGTH = 2;
const START_GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

/** A position in a buffer, and the last varint read there as two unsigned 32-bit halves. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;
  low = 0;
  high = 0;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Reads a varint of up to ten bytes into `low` and `high`. */
  varint(end: number): void {
    const { bytes } = this;
    const start = this.at;
    const only = bytes[start] as number;
    if (only < 0x80 && start < end) {
      this.at = start + 1;
      this.low = only;
      this.high = 0;
      return;
    }
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= end) throw new WireError('the message ends inside a number', start);
      const byte = bytes[this.at++] as number;
      const part = byte & 0x7f;
      if (shift < 28) low |= part << shift;
      else if (shift === 28) {
        low |= part << 28;
        high = part >>> 4;
      } else high |= part << (shift - 32);
      if (byte < 0x80) {
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw new WireError('a number is longer than 64 bits', start);
  }

  /** Reads a length and returns the end of the value. The value starts at `at`. */
  length(end: number): number {
    const start = this.at;
    this.varint(end);
    if (this.high !== 0 || this.low > end - this.at) throw new WireError('a length goes beyond the message', start);
    return this.at + this.low;
  }

  /** Skips the value of an unknown field. */
  skip(wireType: number, number: number, end: number): void {
    if (wireType === VARINT) this.varint(end);
    else if (wireType === LENGTH) this.at = this.length(end);
    else if (wireType === FIXED64 || wireType === FIXED32) {
      const size = wireType === FIXED64 ? 8 : 4;
      if (end - this.at < size) throw new WireError('the message ends inside a number', this.at);
      this.at += size;
    } else if (wireType === START_GROUP) this.skipGroup(number, end);
    else throw new WireError(wireType === END_GROUP ? 'a group ends that did not begin' : `wire type ${wireType} is unknown`, this.at);
  }

  private skipGroup(number: number, end: number): void {
    const open = [number]; // a loop with a list, so that deep nesting cannot exhaust the stack
    while (open.length > 0) {
      this.varint(end);
      const inner = this.low >>> 3;
      const wireType = this.low & 7;
      if (wireType === END_GROUP) {
        if (open.pop() !== inner) throw new WireError('a group ends that did not begin', this.at);
      } else if (wireType === START_GROUP) open.push(inner);
      else this.skip(wireType, inner, end);
    }
  }

  /** Reads a tag. Returns the field, or undefined after skipping an unknown one. */
  field(type: MessageType, end: number): LinkedField | undefined {
    const start = this.at;
    this.varint(end);
    const number = this.low >>> 3;
    const wireType = this.low & 7;
    if (wireType === END_GROUP) throw new WireError('a group ends that did not begin', start);
    if (number === 0 || this.high !== 0) throw new WireError(`field number ${number} is not allowed`, start);
    const field = type.byNumber[number];
    if (!field) {
      this.skip(wireType, number, end);
      return undefined;
    }
    if (wireType !== field.wireType) throw new WireError(`${type.name}.${field.name} has wire type ${wireType}`, start);
    return field;
  }
}

/** Throws WireError unless the bytes are a valid message, including all submessages. */
export function verify(type: MessageType, bytes: Buffer): void {
  verifyPart(type, new Cursor(bytes), bytes.length);
}

function verifyPart(type: MessageType, cursor: Cursor, end: number): void {
  while (cursor.at < end) {
    const field = cursor.field(type, end);
    if (!field) continue;
    if (field.wireType !== LENGTH) cursor.skip(field.wireType, field.number, end);
    else {
      const stop = cursor.length(end);
      if (field.message) verifyPart(field.message, cursor, stop);
      else cursor.at = stop;
    }
  }
}

/**
 * The locations of the fields of one message, by their index in the type: undefined (absent), the offset of a number, or
 * alternating starts and ends of texts, bytes and submessages. Several pairs are a list, or parts of one message to merge.
 */
export type Slots = (undefined | number | number[])[];

/** A message's bytes. There are several parts if a submessage was split: [start, end, start, end, …]. */
export type Parts = readonly number[];

/** Locates the fields of one message. The bytes must have passed `verify`. */
export function locate(type: MessageType, bytes: Buffer, parts: Parts): Slots {
  const slots: Slots = new Array(type.fields.length).fill(undefined);
  const cursor = new Cursor(bytes);
  for (let p = 0; p < parts.length; p += 2) {
    cursor.at = parts[p] as number;
    const end = parts[p + 1] as number;
    while (cursor.at < end) {
      const field = cursor.field(type, end);
      if (!field) continue;
      for (const rival of field.rivals) slots[rival] = undefined;
      if (field.wireType !== LENGTH) {
        slots[field.index] = cursor.at;
        cursor.skip(field.wireType, field.number, end);
        continue;
      }
      const stop = cursor.length(end);
      const known = slots[field.index] as number[] | undefined;
      const grows = field.repeated || (field.message && !field.oneof);
      if (known && grows) known.push(cursor.at, stop);
      else slots[field.index] = [cursor.at, stop];
      cursor.at = stop;
    }
  }
  return slots;
}
