// Encodes objects as protobuf messages, in the order of the field numbers as Go's encoders write them.

import type { LinkedField, MessageType } from './schema.ts';

/** The bytes of a message. Throws for an unknown key, a value of another type, and what is newer than the release of the schema. */
export function encode(type: MessageType, value: object): Buffer {
  const chunks: Buffer[] = [];
  encodeInto(type, value as Record<string, unknown>, chunks);
  return Buffer.concat(chunks);
}

function encodeInto(type: MessageType, value: Record<string, unknown>, chunks: Buffer[]): void {
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined && !type.fields.some((f) => f.name === key)) throw new TypeError(`${type.name} has no field ${key}`);
  }
  for (const field of type.fields) {
    const given = value[field.name];
    if (given === undefined || given === null) continue;
    const before = chunks.length;
    if (field.repeated) {
      if (!Array.isArray(given)) throw wrong(type, field, given);
      for (const item of given) encodeField(type, field, item, chunks, true);
    } else encodeField(type, field, given, chunks, Boolean(field.oneof));
    if (field.newer && chunks.length > before) {
      throw new TypeError(`${type.name}.${field.name} is newer than the release of the DM-master`);
    }
  }
}

function encodeField(type: MessageType, field: LinkedField, given: unknown, chunks: Buffer[], evenDefault: boolean): void {
  if (field.wireType === 2) {
    const bytes = delimited(type, field, given);
    if (bytes.length === 0 && !evenDefault && !field.message) return;
    chunks.push(varint(BigInt((field.number << 3) | 2)), varint(BigInt(bytes.length)), bytes);
    return;
  }
  if (field.type === 'double') {
    if (typeof given !== 'number') throw wrong(type, field, given);
    if (given !== 0 || evenDefault) chunks.push(varint(BigInt((field.number << 3) | 1)), float(given));
    return;
  }
  const number = numeric(type, field, given);
  if (String(number) in field.newerNames) {
    throw new TypeError(`${type.name}.${field.name}: ${given} is newer than the release of the DM-master`);
  }
  if (number === 0n && !evenDefault) return;
  chunks.push(varint(BigInt(field.number << 3)), varint(BigInt.asUintN(64, number)));
}

function delimited(type: MessageType, field: LinkedField, given: unknown): Buffer {
  if (field.message) {
    if (typeof given !== 'object' || given === null) throw wrong(type, field, given);
    return encode(field.message, given);
  }
  if (field.type === 'string' && typeof given === 'string') return Buffer.from(given, 'utf8');
  if (field.type === 'bytes' && given instanceof Uint8Array) return Buffer.from(given);
  throw wrong(type, field, given);
}

const RANGES: Partial<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(1n << 31n), (1n << 31n) - 1n],
  enum: [-(1n << 31n), (1n << 31n) - 1n],
  uint32: [0n, (1n << 32n) - 1n],
  int64: [-(1n << 63n), (1n << 63n) - 1n],
  uint64: [0n, (1n << 64n) - 1n],
};

function numeric(type: MessageType, field: LinkedField, given: unknown): bigint {
  if (field.type === 'bool') {
    if (typeof given !== 'boolean') throw wrong(type, field, given);
    return given ? 1n : 0n;
  }
  if (field.names && typeof given === 'string') {
    const entry = Object.entries({ ...field.names, ...field.newerNames }).find(([, name]) => name === given);
    if (!entry) throw wrong(type, field, given);
    return BigInt(entry[0]);
  }
  if (typeof given !== 'bigint' && !Number.isSafeInteger(given)) throw wrong(type, field, given);
  const number = BigInt(given as number | bigint);
  const [least, most] = RANGES[field.type] as readonly [bigint, bigint];
  if (number < least || number > most) throw wrong(type, field, given);
  return number;
}

function wrong(type: MessageType, field: LinkedField, given: unknown): TypeError {
  return new TypeError(`${type.name}.${field.name} (${field.type}) cannot hold a value of type ${typeof given}`);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
