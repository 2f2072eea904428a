// The bytes of protobuf messages to objects: for requests (the sandbox) and for answers of which a view needs the fields.

import { decodeUtf8 } from '../text/utf8.ts';
import { Cursor, locate, type Parts, verify } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

/** The message as an object: defaults filled in, absent sub messages and oneof members left out. Throws WireError. */
export function decode(type: MessageType, bytes: Buffer): Record<string, unknown> {
  verify(type, bytes);
  return decodeParts(type, bytes, [0, bytes.length]);
}

function decodeParts(type: MessageType, bytes: Buffer, parts: Parts): Record<string, unknown> {
  const slots = locate(type, bytes, parts);
  const out: Record<string, unknown> = {};
  for (const field of type.fields) {
    const slot = slots[field.index];
    if (field.repeated) {
      const list: unknown[] = [];
      const pairs = (slot as number[] | undefined) ?? [];
      for (let i = 0; i < pairs.length; i += 2) list.push(valueAt(field, bytes, pairs.slice(i, i + 2)));
      out[field.name] = list;
    } else if (slot !== undefined) {
      out[field.name] = typeof slot === 'number' ? numberAt(field, bytes, slot) : valueAt(field, bytes, slot);
    } else if (!field.message && !field.oneof && !field.optional) out[field.name] = defaultOf(field);
  }
  return out;
}

function valueAt(field: LinkedField, bytes: Buffer, parts: Parts): unknown {
  if (field.message) return decodeParts(field.message, bytes, parts);
  const part = bytes.subarray(parts[0], parts[1]);
  return field.type === 'string' ? decodeUtf8(part) : part;
}

/** A varint as the field's type has it: int64 as bigint, enums by name where they have one. */
function numberAt(field: LinkedField, bytes: Buffer, at: number): unknown {
  const cursor = new Cursor(bytes, at);
  cursor.varint(bytes.length);
  const { low, high } = cursor;
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
      return Buffer.alloc(0);
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
