// The bytes of protobuf messages to objects: for requests (the sandbox) and for answers of which a view needs the fields.
// One pass along a plan that is made once for each type, since a view of a large answer should cost no more than its JSON.

import { decodeUtf8 } from '../text/utf8.ts';
import { Cursor } from './scan.ts';
import type { LinkedField, MessageType } from './schema.ts';

type Fields = Record<string, unknown>;

/** How one field is read. */
interface Step {
  readonly name: string;
  readonly field: LinkedField;
  readonly repeated: boolean;
  /** The plan of a sub message. */
  readonly sub: Plan | undefined;
  /** Nobody wants it. */
  readonly passed: boolean;
  /** Names of the other members of its oneof. */
  readonly rivals: readonly string[];
}

/** How a message is read. */
interface Plan {
  readonly type: MessageType;
  /** The message before anything of it is read. */
  readonly template: Fields;
  readonly steps: readonly Step[];
  /** Steps by the byte of their tag, where it is one byte. */
  readonly byTag: readonly (Step | undefined)[];
}

/** What of a message is wanted, and how; it is looked at by identity, so that a plan is made once. */
export interface Projection {
  /** Fields that nobody wants, as Message.field: they come out as if they were not there, but a list keeps its length. */
  readonly skipped?: ReadonlySet<string>;
  /** A list of messages at the top that is gone through once: its items are read when they are come to. */
  readonly streamed?: string;
}

/** The message as an object: defaults filled in, absent sub messages and oneof members left out. Throws WireError. */
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

/** Reads messages one after the other, from their starts and ends in turn. */
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
  byType.set(type, plan); // before its fields: a message may hold its own kind
  for (const field of type.fields) {
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

/** Stands for a list without items until the first comes: most lists of an answer have none. */
const NONE: readonly unknown[] = Object.freeze([]);

const VARINT = 0;

/** Reads up to `end` into the message: the last scalar counts, plain sub messages merge, a member of a oneof replaces. */
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
