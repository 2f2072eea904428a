// The bytes of protobuf messages to objects: for requests (the sandbox) and for answers of which a view needs the fields.
// One pass without intermediate lists, since a view of a large answer should cost no more than its JSON.

import { decodeUtf8 } from '../text/utf8.ts';
import { Cursor } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

type Fields = Record<string, unknown>;

const VARINT = 0;
const NO_BYTES = Buffer.alloc(0);

/** The message as an object: defaults filled in, absent sub messages and oneof members left out. Throws WireError. */
export function decode(type: MessageType, bytes: Buffer): Fields {
  return read(type, new Cursor(bytes), bytes.length, fresh(type));
}

/** A message that nothing is known of yet. */
function fresh(type: MessageType): Fields {
  const out: Fields = {};
  for (const field of type.fields) {
    if (field.repeated) out[field.name] = [];
    else if (!field.message && !field.oneof && !field.optional) out[field.name] = defaultOf(field);
  }
  return out;
}

/** Reads up to `end` into the message: the last scalar counts, plain sub messages merge, a member of a oneof replaces. */
function read(type: MessageType, cursor: Cursor, end: number, out: Fields): Fields {
  while (cursor.at < end) {
    const field = cursor.field(type, end);
    if (!field) continue;
    for (const rival of field.rivals) delete out[(type.fields[rival] as LinkedField).name];
    if (field.wireType === VARINT) {
      cursor.varint(end);
      out[field.name] = numberIn(field, cursor);
      continue;
    }
    const stop = cursor.length(end);
    if (field.message) {
      const known = !field.repeated && !field.oneof ? (out[field.name] as Fields | undefined) : undefined;
      const value = read(field.message, cursor, stop, known ?? fresh(field.message));
      if (field.repeated) (out[field.name] as unknown[]).push(value);
      else out[field.name] = value;
      continue;
    }
    const value = field.type === 'string' ? textAt(cursor.bytes, cursor.at, stop) : cursor.bytes.subarray(cursor.at, stop);
    if (field.repeated) (out[field.name] as unknown[]).push(value);
    else out[field.name] = value;
    cursor.at = stop;
  }
  return out;
}

function textAt(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) > 0x7f) return decodeUtf8(bytes.subarray(start, end));
  return bytes.toString('latin1', start, end);
}

/** A varint as the field's type has it: int64 as bigint, enums by name where they have one. */
function numberIn(field: LinkedField, { low, high }: Cursor): unknown {
  switch (field.type) {
    case 'bool':
      return low !== 0 || high !== 0;
    case 'uint32':
      return low;
    case 'int32':
      return low | 0;
    case 'enum':
      return field.names?.[low | 0] ?? low | 0;
    default: {
      const whole = (BigInt(high) << 32n) | BigInt(low);
      return field.type === 'int64' ? BigInt.asIntN(64, whole) : whole;
    }
  }
}

function defaultOf(field: LinkedField): unknown {
  switch (field.type) {
    case 'string':
      return '';
    case 'bytes':
      return NO_BYTES;
    case 'bool':
      return false;
    case 'enum':
      return field.names?.[0] ?? 0;
    case 'int64':
    case 'uint64':
      return 0n;
    default:
      return 0;
  }
}
