// Bytes of answers through the decoders and the formats for programs.

import assert from 'node:assert/strict';
import { readYaml } from '../../src/dialects/v1/yaml.ts';
import { compactJson } from '../../src/output/json/compact.ts';
import { protoJson, protoParts } from '../../src/output/json/protojson.ts';
import { yamlParts } from '../../src/output/yaml.ts';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { hasFailedResult } from '../../src/wire/result.ts';
import { verify, WireError } from '../../src/wire/scan.ts';
import type { LinkedField, MessageType } from '../../src/wire/schema.ts';
import { answers, messages } from './answers.ts';
import { fuzz, mayThrow } from './fuzz.ts';

const textOf = (chunks: Iterable<string | Buffer>): string => Buffer.concat([...chunks].map((c) => Buffer.from(c as string))).toString();

/** Names of bytes fields. */
const BYTES = new Set(
  Object.values(schema.messages).flatMap((fields) => fields.filter((field) => field.type === 'bytes').map((field) => field.name)),
);

/** The JSON form of a decoded value. */
function inJson(field: LinkedField, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return field.message ? objectInJson(field.message, value as Record<string, unknown>) : value;
}

function objectInJson(type: MessageType, value: Record<string, unknown>): Record<string, unknown> {
  const fields = type.fields.filter((f) => f.name in value || (f.message && !f.oneof && !f.repeated && !f.optional));
  return Object.fromEntries(
    fields.map((f) => {
      const held = value[f.name];
      if (f.repeated) return [f.name, (held as unknown[]).map((item) => inJson(f, item))];
      return [f.name, held === undefined ? null : inJson(f, held)];
    }),
  );
}

fuzz('what was encoded is decoded, and encoded again to the same bytes', [messages], ({ type, value }) => {
  const bytes = encode(type, value);
  const decoded = decode(type, bytes);
  for (const [name, held] of Object.entries(value)) {
    const field = type.fields.find((f) => f.name === name);
    if (field && !field.message && !field.repeated && field.type !== 'enum' && !field.type.includes('int')) {
      assert.deepEqual(decoded[name], held, name);
    }
  }
  assert.deepEqual(encode(type, decoded), bytes);
});

fuzz('every reader accepts the same bytes, and rejects others with a WireError', [answers], ({ type, bytes }) => {
  const valid = mayThrow([WireError], () => [verify(type, bytes)]) !== undefined;
  const decoded = mayThrow([WireError], () => decode(type, bytes));
  const json = mayThrow([WireError], () => textOf(protoJson(type, bytes)));
  assert.deepEqual([decoded !== undefined, json !== undefined], [valid, valid]);
  if (!decoded || json === undefined) return;
  // As in Go, absent bytes are null in JSON. Decoded, they are empty.
  const value = JSON.parse(json, (key, held) => (BYTES.has(key) && held === null ? '' : held));
  assert.deepEqual(value, objectInJson(type, decoded));
  assert.equal(hasFailedResult(type, bytes), saysFailed(type, decoded));
});

/** The same for decoded values. */
function saysFailed(type: MessageType, value: Record<string, unknown>): boolean {
  return type.fields.some((f) => {
    const held = value[f.name];
    if (f.name === 'result' && f.type === 'bool') return held === false;
    if (!f.message || held === undefined) return false;
    const items = (f.repeated ? held : [held]) as Record<string, unknown>[];
    return items.some((item) => saysFailed(f.message as MessageType, item));
  });
}

fuzz('jsonl and YAML of an answer hold what its JSON holds', [answers], ({ type, bytes }) => {
  const json = mayThrow([WireError], () => textOf(protoJson(type, bytes)));
  if (json === undefined) return;
  const value = JSON.parse(json);
  assert.equal(textOf(compactJson(protoJson(type, bytes))), `${JSON.stringify(value)}\n`);
  assert.deepEqual(readYaml(textOf(yamlParts(protoParts(type, bytes)))), { value });
});
