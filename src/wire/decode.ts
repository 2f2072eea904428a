// Decodes protobuf messages into objects: requests for the sandbox, and answers of which a view needs the fields. It makes one
// pass with a plan that is cached for each type, so that a view of a large answer costs no more than its JSON.

import { decodeUtf8 } from '../text/utf8.ts';
import { Cursor, FIXED64, VARINT } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

type Fields = Record<string, unknown>;

/** How one field is read. */
interface Step {
  readonly name: string;
  readonly field: LinkedField;
  readonly repeated: boolean;
  /** The plan of a submessage. */
  readonly sub: Plan | undefined;
  /** Whether the field is skipped. */
  readonly passed: boolean;
  /** Names of the other members of its oneof. */
  readonly rivals: readonly string[];
}

/** How a message is read. */
interface Plan {
  readonly type: MessageType;
  /** The message with its defaults, before anything is read. */
  readonly template: Fields;
  readonly steps: readonly Step[];
  /** Steps by tag, for tags of one byte. */
  readonly byTag: readonly (Step | undefined)[];
}

/** Which parts of a message to decode, and how. Plans are cached by the identity of this object. */
export interface Projection {
  /** Fields to skip, as Message.field. They are treated as absent, but a list keeps its length. */
  readonly skipped?: ReadonlySet<string>;
  /** A top-level list of messages that is iterated once. Its items are decoded during the iteration. */
  readonly streamed?: string;
}

/** The message as an object, with defaults set and absent submessages and oneof members omitted. Throws WireError. */
export function decode(type: MessageType, bytes: Buffer, { skipped = ALL_WANTED, streamed }: Projection = {}): Fields {
  const plan = planOf(type, skipped);
  const cursor = new Cursor(bytes);
  const out = { ...plan.template };
  const step = streamed === undefined ? undefined : plan.steps.find((s) => s.name === streamed && s.repeated && s.sub);
  if (!step) return read(plan, cursor, bytes.length, out);
  const places: number[] = [];
  while (cursor.at < bytes.length) {
    const field = cursor.field(type, bytes.length);
    if (!field) continue;
    if (field !== step.field) {
      put(plan.steps[field.index] as Step, cursor, bytes.length, out);
      continue;
    }
    const stop = cursor.length(bytes.length);
    places.push(cursor.at, stop);
    cursor.at = stop;
  }
  out[step.name] = items(step.sub as Plan, bytes, places);
  return out;
}

/** Decodes messages one after the other. `places` has alternating starts and ends. */
function* items(plan: Plan, bytes: Buffer, places: readonly number[]): Generator<Fields> {
  const cursor = new Cursor(bytes);
  for (let i = 0; i < places.length; i += 2) {
    cursor.at = places[i] as number;
    yield read(plan, cursor, places[i + 1] as number, { ...plan.template });
  }
}

const ALL_WANTED: ReadonlySet<string> = new Set();
const plans = new WeakMap<ReadonlySet<string>, Map<MessageType, Plan>>();

function planOf(type: MessageType, passed: ReadonlySet<string>): Plan {
  let byType = plans.get(passed);
  if (!byType) {
    byType = new Map();
    plans.set(passed, byType);
  }
  const known = byType.get(type);
  if (known) return known;
  const steps: Step[] = [];
  const byTag: (Step | undefined)[] = new Array(0x80).fill(undefined);
  const template: Fields = {};
  const plan: Plan = { type, template, steps, byTag };
  byType.set(type, plan); // before its fields, because a message may contain its own type
  for (const field of type.fields.filter((f) => !f.newer)) {
    const step: Step = {
      name: field.name,
      field,
      repeated: field.repeated === true,
      sub: field.message && planOf(field.message, passed),
      passed: passed.has(`${type.name}.${field.name}`),
      rivals: field.rivals.map((r) => (type.fields[r] as LinkedField).name),
    };
    steps.push(step);
    if (field.number < 16) byTag[(field.number << 3) | field.wireType] = step;
    if (field.repeated) template[field.name] = NONE;
    else if (!field.message && !field.oneof && !field.optional) template[field.name] = defaultOf(field);
  }
  return plan;
}

/** Represents an empty list until its first item arrives, because most lists of an answer are empty. */
const NONE: readonly unknown[] = Object.freeze([]);

/**
 * Reads up to `end` into the message: the last scalar wins, plain submessages merge, a oneof member replaces the previous one.
 */
function read(plan: Plan, cursor: Cursor, end: number, out: Fields): Fields {
  const { byTag, steps, type } = plan;
  const { bytes } = cursor;
  while (cursor.at < end) {
    let step = byTag[bytes[cursor.at] as number];
    if (step) cursor.at += 1;
    else {
      const field = cursor.field(type, end);
      if (!field) continue;
      step = steps[field.index] as Step;
    }
    put(step, cursor, end, out);
  }
  return out;
}

/** Reads the value of a field whose tag has been read. */
function put(step: Step, cursor: Cursor, end: number, out: Fields): void {
  const { field, name } = step;
  if (step.passed) {
    cursor.skip(field.wireType, field.number, end);
    if (step.repeated) append(out, name, undefined);
    return;
  }
  for (const rival of step.rivals) if (rival in out) delete out[rival];
  if (field.wireType === VARINT) {
    cursor.varint(end);
    out[name] = numberIn(field, cursor);
    return;
  }
  if (field.wireType === FIXED64) {
    const start = cursor.at;
    cursor.skip(FIXED64, field.number, end);
    out[name] = cursor.bytes.readDoubleLE(start);
    return;
  }
  const stop = cursor.length(end);
  let value: unknown;
  if (step.sub) {
    const known = step.repeated || field.oneof ? undefined : (out[name] as Fields | undefined);
    value = read(step.sub, cursor, stop, known ?? { ...step.sub.template });
  } else {
    value = field.type === 'string' ? textAt(cursor.bytes, cursor.at, stop) : cursor.bytes.subarray(cursor.at, stop);
    cursor.at = stop;
  }
  if (step.repeated) append(out, name, value);
  else out[name] = value;
}

function append(out: Fields, name: string, value: unknown): void {
  const list = out[name] as unknown[];
  if (list === NONE) out[name] = [value];
  else list.push(value);
}

function textAt(bytes: Buffer, start: number, end: number): string {
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) > 0x7f) return decodeUtf8(bytes.subarray(start, end));
  return bytes.toString('latin1', start, end);
}

/** A varint converted to the field's type: int64 as bigint, enums by name if they have one. */
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

const NO_BYTES = Buffer.alloc(0);

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
