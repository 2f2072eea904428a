// Bytes of answers through the decoders and the formats for programs.

import assert from 'node:assert/strict';
import { compactJson } from '../../src/output/json/compact.ts';
import { protoJson, protoParts } from '../../src/output/json/protojson.ts';
import { yamlParts } from '../../src/output/yaml.ts';
import { readYaml } from '../../src/text/yaml.ts';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { hasFailedResult } from '../../src/wire/result.ts';
import { verify, WireError } from '../../src/wire/scan.ts';
import type { LinkedField, MessageType } from '../../src/wire/schema.ts';
import { everyAnswer, everyMessage, everyResponse } from './answers.ts';
import { fuzz, mayThrow } from './fuzz.ts';

const textOf = (chunks: Iterable<string | Buffer>): string => Buffer.concat([...chunks].map((c) => Buffer.from(c as string))).toString();

/** The names of the fields with bytes in messages of a type. */
function bytesIn(type: MessageType): string[] {
  return type.fields.flatMap((field) => (field.message ? bytesIn(field.message) : field.type === 'bytes' ? [field.name] : []));
}

const BYTES = new Set(everyResponse.flatMap(bytesIn));

/** The JSON form of a decoded value. */
function inJson(field: LinkedField, value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return field.message ? objectInJson(field.message, value as Record<string, unknown>) : value;
}

function objectInJson(type: MessageType, value: Record<string, unknown>): Record<string, unknown> {
  const fields = type.fields.filter((f) => f.name in value || (f.message && !f.oneof && !f.repeated && !f.optional));
  return Object.fromEntries(
    fields.map((f) => {
      const held = value[f.name];
      if (f.map) return [f.name, Object.fromEntries((held as { key: string; value: unknown }[]).map(({ key, value }) => [key, value]))];
      if (f.repeated) return [f.name, (held as unknown[]).map((item) => inJson(f, item))];
      return [f.name, held === undefined ? null : inJson(f, held)];
    }),
  );
}

fuzz('what was encoded is decoded, and encoded again to the same bytes', [everyMessage], ({ type, value }) => {
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

fuzz('every reader accepts the same bytes, and rejects others with a WireError', [everyAnswer], ({ type, bytes }) => {
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

fuzz('jsonl and YAML of an answer hold what its JSON holds', [everyAnswer], ({ type, bytes }) => {
  const json = mayThrow([WireError], () => textOf(protoJson(type, bytes)));
  if (json === undefined) return;
  const value = JSON.parse(json);
  assert.equal(textOf(compactJson(protoJson(type, bytes))), `${JSON.stringify(value)}\n`);
  assert.deepEqual(readYaml(textOf(yamlParts(protoParts(type, bytes)))), { value });
});
