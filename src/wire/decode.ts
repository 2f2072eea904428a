// The bytes of protobuf messages to objects: for requests (the sandbox) and for answers of which a view needs the fields.
// One pass without intermediate lists, since a view of a large answer should cost no more than its JSON.

import { decodeUtf8 } from '../text/utf8.ts';
import { Cursor } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

type Fields = Record<string, unknown>;

const VARINT = 0;
const NO_BYTES = Buffer.alloc(0);

/**
 * The message as an object: defaults filled in, absent sub messages and oneof members left out. Throws WireError.
 * @param passed fields that nobody wants, as Message.field: they come out as if they were not there, but a list keeps its length
 */
export function decode(type: MessageType, bytes: Buffer, passed?: ReadonlySet<string>): Fields {
  return read(type, new Cursor(bytes), bytes.length, fresh(type), passed);
}

/** Which fields of a type are passed over, by their place. */
function passedIn(type: MessageType, passed: ReadonlySet<string>): readonly boolean[] {
  let masks = passedFields.get(passed);
  if (!masks) {
    masks = new Map();
    passedFields.set(passed, masks);
  }
  let mask = masks.get(type);
  if (!mask) {
    mask = type.fields.map((f) => passed.has(`${type.name}.${f.name}`));
    masks.set(type, mask);
  }
  return mask;
}

const passedFields = new WeakMap<ReadonlySet<string>, Map<MessageType, readonly boolean[]>>();

/** Stands for a list without items until the first comes: most lists of an answer have none. */
const NONE: readonly unknown[] = Object.freeze([]);

const templates = new WeakMap<MessageType, Fields>();

/** A message that nothing is known of yet. */
function fresh(type: MessageType): Fields {
  let template = templates.get(type);
  if (!template) {
    template = {};
    for (const field of type.fields) {
      if (field.repeated) template[field.name] = NONE;
      else if (!field.message && !field.oneof && !field.optional) template[field.name] = defaultOf(field);
    }
    templates.set(type, template);
  }
  return { ...template };
}

function append(out: Fields, name: string, value: unknown): void {
  const list = out[name] as unknown[];
  if (list === NONE) out[name] = [value];
  else list.push(value);
}

/** Reads up to `end` into the message: the last scalar counts, plain sub messages merge, a member of a oneof replaces. */
function read(type: MessageType, cursor: Cursor, end: number, out: Fields, passed: ReadonlySet<string> | undefined): Fields {
  const mask = passed && passedIn(type, passed);
  while (cursor.at < end) {
    const field = cursor.field(type, end);
    if (!field) continue;
    if (mask?.[field.index]) {
      cursor.skip(field.wireType, field.number, end);
      if (field.repeated) append(out, field.name, undefined);
      continue;
    }
    for (const rival of field.rivals) {
      const { name } = type.fields[rival] as LinkedField;
      if (name in out) delete out[name];
    }
    if (field.wireType === VARINT) {
      cursor.varint(end);
      out[field.name] = numberIn(field, cursor);
      continue;
    }
    const stop = cursor.length(end);
    if (field.message) {
      const known = !field.repeated && !field.oneof ? (out[field.name] as Fields | undefined) : undefined;
      const value = read(field.message, cursor, stop, known ?? fresh(field.message), passed);
      if (field.repeated) append(out, field.name, value);
      else out[field.name] = value;
      continue;
    }
    const value = field.type === 'string' ? textAt(cursor.bytes, cursor.at, stop) : cursor.bytes.subarray(cursor.at, stop);
    if (field.repeated) append(out, field.name, value);
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
      if (high === 0) return low === 0 ? 0n : BigInt(low);
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
