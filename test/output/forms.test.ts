// The formats for programs, compared with the libraries that define them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dump } from 'js-yaml';
import { compactJson } from '../../src/output/json/compact.ts';
import { goJson } from '../../src/output/json/go-json.ts';
import { protoJson, protoParts } from '../../src/output/json/protojson.ts';
import { yamlParts, yamlText } from '../../src/output/yaml.ts';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { messageType } from '../../src/wire/schema.ts';

const YAML = { lineWidth: -1, noRefs: true };
const PIECES = [...'ab10.:-_/\n "\'#{[&*!|>%@`\t\r~=?,<>用\u2028\u007f\ufeff\u0001\u0008\u000c\ufffd', '\ud83d\ude00'];
const WORDS = ['yes', 'No', 'on', 'TRUE', 'null', '1e3', '0x1f', '12:30:45', '2001-01-01', '.inf', '---', '- a', 'a: b', 'a #b', ''];
const TEXTS = ['172.16.10.72:8262', '999.1.1.1:99999', '(mysql-bin|000001.000003, 4000)', 'a\n\n', ' a\nb', '\n', 'x'.repeat(300)];

/** Values by number. The same number gives the same value. */
function values(seed: number): () => unknown {
  let state = seed;
  const below = (n: number): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >>> 8) % n;
  };
  const text = (): string => {
    const kind = below(6);
    if (kind === 0) return WORDS[below(WORDS.length)] as string;
    if (kind === 1) return TEXTS[below(TEXTS.length)] as string;
    return Array.from({ length: below(8) }, () => PIECES[below(PIECES.length)]).join('');
  };
  const value = (depth: number): unknown => {
    const kind = below(depth > 3 ? 4 : 7);
    if (kind === 0) return below(1000) - 500;
    if (kind === 1) return below(2) === 0;
    if (kind === 2) return null;
    if (kind < 5) return text();
    const items = Array.from({ length: below(4) }, () => value(depth + 1));
    return kind === 5
      ? items
      : Object.fromEntries(items.map((item, i) => [below(4) === 0 ? `${text().replaceAll('\n', '')}k` : `k${i}`, item]));
  };
  return () => value(0);
}

test('YAML is the output of js-yaml for the value', () => {
  const next = values(1);
  for (let i = 0; i < 20_000; i += 1) {
    const value = next();
    assert.equal([...yamlText(value)].join(''), dump(value, YAML), JSON.stringify(value));
  }
});

test('JSON in one line is the output of JSON.stringify for the value, for any ends of chunks', () => {
  const next = values(2);
  for (let i = 0; i < 5_000; i += 1) {
    const value = next();
    const bytes = Buffer.from(goJson(value));
    const cut = i % (bytes.length + 1);
    const text = Buffer.concat([...compactJson([bytes.subarray(0, cut), bytes.subarray(cut)])]).toString();
    assert.equal(text, `${JSON.stringify(value)}\n`);
  }
});

const type = messageType(schema, 'QueryStatusListResponse');
const answer = (msg: string, count: number): Buffer =>
  encode(type, {
    result: true,
    msg,
    workers: Array.from({ length: count }, (_, i) => ({
      result: true,
      worker: `172.16.10.72:${i}`,
      msg,
      subTaskStatus: [{ name: `task\n${i}`, stage: 'Running', unit: 'Sync', sync: { totalEvents: 7n, blockingDDLs: ['ALTER <a>', ''] } }],
    })),
  });

test('the parts of an answer and its other formats match its JSON', () => {
  for (const bytes of [answer('', 0), answer('a\nb', 3), answer(`"用户"\u2028\n`.repeat(30_000), 2)]) {
    const json = Buffer.concat([...protoJson(type, bytes)]).toString();
    const whole = JSON.parse(json);
    const parts = [...protoParts(type, bytes)].map((p) => [p.name, 'value' in p ? p.value : [...p.items]]);
    assert.deepEqual(Object.fromEntries(parts), whole);
    assert.equal(goJson(whole), json.replaceAll(/\[\n *\]/g, '[]'), 'large texts are given out in chunks and stay whole');
    assert.equal(Buffer.concat([...compactJson(protoJson(type, bytes))]).toString(), `${JSON.stringify(whole)}\n`);
    if (json.length < 10_000) assert.equal([...yamlParts(protoParts(type, bytes))].join(''), dump(whole, YAML));
  }
});

test('a text that is too long for js-yaml is written in double quotes', () => {
  const text = `${'a "line"\n'.repeat(1_000_000)}\u0085\u2028`;
  const [yaml = ''] = yamlText({ text });
  assert.equal(yaml, `text: ${JSON.stringify(text).replace('\u0085', '\\u0085').replace('\u2028', '\\u2028')}\n`);
});

test('chunks of a large answer are small, for any large part of it', () => {
  const bytes = answer('<>'.repeat(500_000), 4);
  for (const chunk of protoJson(type, bytes)) assert.ok(chunk.length < 1 << 19, String(chunk.length));
});
