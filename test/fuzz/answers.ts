// Random answers: messages of every type of the schema, the same with invalid bytes, and recorded ones if available.

import fs from 'node:fs';
import fc from 'fast-check';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { schema as newer } from '../../src/wire/generated/v2.ts';
import { type LinkedField, type MessageType, messageType, type Schema } from '../../src/wire/schema.ts';
import { wellFormed } from './texts.ts';

/** Typical contents of the texts in DM's answers. */
const TEXTS = [
  '172.16.10.72:8262',
  'mysql-bin|000001.000003',
  '(mysql-bin.000003, 4000)',
  '(mysql-bin|000001.000003, 4000)',
  '0-1001-28',
  'test-`s`.`t`',
  '[code=10006:class=database:scope=downstream:level=high] ',
  'execute statement failed: ALTER TABLE `a` ADD COLUMN c INT',
  ': ',
  'github.com/pingcap/dm/pkg/terror.(*Error).Generate\n\t/home/terror.go:267\n',
  'detail: {\n\t"results": [\n\t\t{\n',
  'Error 1062: Duplicate entry',
  'rpc error: code = Unavailable desc = ',
];

/** The types of the answers of a generation. */
const responsesOf = (of: Schema): MessageType[] =>
  [...new Set(Object.values(of.methods).map((m) => m.response))].map((name) => messageType(of, name));

export const responses: readonly MessageType[] = responsesOf(schema);

/** The types of the answers of both generations. */
export const everyResponse: readonly MessageType[] = [...responses, ...responsesOf(newer)];

function valuesOf(field: LinkedField, depth: number): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'string':
      return wellFormed(TEXTS, 5);
    case 'bytes':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
    case 'bool':
      return fc.boolean();
    case 'int32':
      return fc.integer();
    case 'uint32':
      return fc.nat().map((n) => n * 2);
    case 'int64':
      return fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
    case 'uint64':
      return fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    case 'double':
      return fc.double().map((n) => n + 0); // no negative zero: it is a default, so it is not sent
    case 'enum':
      return fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...Object.values(field.names ?? {})) },
        { weight: 1, arbitrary: fc.integer() },
      );
    default:
      return messageOf(field.message as MessageType, depth + 1);
  }
}

const DEEPEST = 5;

/** An object of a type, with any of its fields. */
export function messageOf(type: MessageType, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = type.fields.filter((field) => depth < DEEPEST || !field.message);
  const shape = fields.map((field): [string, fc.Arbitrary<unknown>] => {
    const value = valuesOf(field, depth);
    return [field.name, field.repeated ? fc.array(value, { maxLength: 3 }) : value];
  });
  // Only one member of a oneof, because the encoder would write all.
  return fc.record(Object.fromEntries(shape), { requiredKeys: [] }).map((value) => {
    const held = new Set<string>();
    for (const { name, oneof } of fields) {
      if (!oneof || !(name in value)) continue;
      if (held.has(oneof)) delete value[name];
      held.add(oneof);
    }
    return value;
  });
}

/** A message, and the values of its fields. */
interface Message {
  readonly type: MessageType;
  readonly value: Record<string, unknown>;
}

const messagesOf = (types: readonly MessageType[]): fc.Arbitrary<Message> =>
  fc.oneof(...types.map((type) => messageOf(type).map((value) => ({ type, value }))));

/** Messages whose bytes are as they should be. */
export const everyMessage = messagesOf(everyResponse);

/** One change of bytes. */
type Mutation = (bytes: Buffer) => Buffer;

const at = (bytes: Buffer, place: number): number => Math.floor(place * (bytes.length + 1));
const spliced = (bytes: Buffer, from: number, to: number, by: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)]);

const place = fc.integer({ min: 0, max: 999 }).map((n) => n / 1000);
const HUGE = ['ffffffff0f', 'ffffffffffffffffff01', 'ffffffffffffffffffff01', '80808080808080808000', '8f7f', '0b', '0c', '08'];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(7)).map(
    ([p, bit]): Mutation =>
      (bytes) => {
        const copy = Buffer.from(bytes);
        const where = at(bytes, p);
        if (where < copy.length) copy[where] = (copy[where] as number) ^ (1 << bit);
        return copy;
      },
  ),
  fc.tuple(place, fc.uint8Array({ maxLength: 4 })).map(
    ([p, by]): Mutation =>
      (b) =>
        spliced(b, at(b, p), at(b, p) + by.length, by),
  ),
  fc.tuple(place, fc.constantFrom(...HUGE)).map(
    ([p, by]): Mutation =>
      (b) =>
        spliced(b, at(b, p), at(b, p), Buffer.from(by, 'hex')),
  ),
  fc.tuple(place, place).map(
    ([p, q]): Mutation =>
      (b) =>
        spliced(b, at(b, Math.min(p, q)), at(b, Math.max(p, q)), Buffer.alloc(0)),
  ),
  fc.tuple(place, place, place).map(
    ([p, q, r]): Mutation =>
      (b) => {
        return spliced(b, at(b, r), at(b, r), b.subarray(at(b, Math.min(p, q)), at(b, Math.max(p, q))));
      },
  ),
  place.map(
    (p): Mutation =>
      (b) =>
        b.subarray(0, at(b, p)),
  ),
);

/** The bytes of an answer, valid or not. A failure shows its type and its bytes in hexadecimal. */
export class Answer {
  readonly type: MessageType;
  readonly bytes: Buffer;
  constructor(type: MessageType, bytes: Buffer) {
    this.type = type;
    this.bytes = bytes;
  }
  [fc.toStringMethod](): string {
    return `${this.type.name} ${this.bytes.toString('hex')}`;
  }
}

const TRAFFIC = process.env.FUZZ_TRAFFIC ?? '../shared/real-traffic-v1.json';

/** Recorded answers; none if the recordings are not available. */
function recorded(): Answer[] {
  if (!fs.existsSync(TRAFFIC)) return [];
  const entries: { exchanges: { method: string; responseBase64?: string }[] }[] = JSON.parse(fs.readFileSync(TRAFFIC, 'utf8'));
  return entries.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ method, responseBase64 }) => {
      const response = schema.methods[method]?.response;
      return response && responseBase64 ? [new Answer(messageType(schema, response), Buffer.from(responseBase64, 'base64'))] : [];
    }),
  );
}

const encoded = (types: readonly MessageType[]): fc.Arbitrary<Answer> =>
  messagesOf(types).map(({ type, value }) => new Answer(type, encode(type, value)));

const real = recorded();

function answersOf(types: readonly MessageType[]): fc.Arbitrary<Answer> {
  const made = encoded(types);
  const whole = real.length > 0 ? fc.oneof({ weight: 2, arbitrary: made }, { weight: 1, arbitrary: fc.constantFrom(...real) }) : made;
  return fc.tuple(whole, fc.array(mutation, { maxLength: 5 })).map(
    ([{ type, bytes }, mutations]) =>
      new Answer(
        type,
        mutations.reduce((changed, mutate) => mutate(changed), bytes),
      ),
  );
}

/** Answers of DM 1.0 of which some are as they should be and most are not. */
export const answers = answersOf(responses);

/** The same for both generations. */
export const everyAnswer = answersOf(everyResponse);
