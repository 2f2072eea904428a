// Checks whether an answer reports a failure.

import { Cursor, locate, type Parts } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

const watched = new WeakMap<MessageType, LinkedField[]>();

/** The fields of a type that are a `result`, or that contain messages with one. */
function toWatch(type: MessageType): LinkedField[] {
  let fields = watched.get(type);
  if (!fields) {
    fields = type.fields.filter((f) => (f.name === 'result' && f.type === 'bool') || (f.message && toWatch(f.message).length > 0));
    watched.set(type, fields);
  }
  return fields;
}

/** True when a boolean field `result` is false at the top of the answer or in any of its parts. */
export function hasFailedResult(type: MessageType, bytes: Buffer, parts: Parts = [0, bytes.length]): boolean {
  const fields = toWatch(type);
  if (fields.length === 0) return false;
  const slots = locate(type, bytes, parts);
  return fields.some((field) => {
    const slot = slots[field.index];
    if (!field.message) return typeof slot !== 'number' || isZero(bytes, slot);
    if (!Array.isArray(slot)) return false;
    if (!field.repeated) return hasFailedResult(field.message, bytes, slot);
    for (let i = 0; i < slot.length; i += 2) if (hasFailedResult(field.message, bytes, slot.slice(i, i + 2))) return true;
    return false;
  });
}

function isZero(bytes: Buffer, at: number): boolean {
  const cursor = new Cursor(bytes, at);
  cursor.varint(bytes.length);
  return cursor.low === 0 && cursor.high === 0;
}
