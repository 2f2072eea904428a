// YAML as DM reads it, where that differs from YAML 1.2 or from the yaml package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childOf, numberOf, scalarsOf, textOf } from '../../src/config-files/document.ts';
import { readYaml } from '../../src/config-files/read-yaml.ts';
import { resolvePlain } from '../../src/config-files/yaml-scalars.ts';

test('scalars without quotes are those of YAML 1.1 in Go', () => {
  for (const text of ['yes', 'No', 'on', 'OFF', 'y', 'true']) assert.equal(resolvePlain(text).type, 'bool', text);
  for (const text of ['', '~', 'null', 'NULL']) assert.equal(resolvePlain(text).type, 'null', text);
  for (const text of ['nULL', 'oN', '1:30', '_1', '0x', '127.0.0.1', '-', '1h']) assert.equal(resolvePlain(text).type, 'text', text);
  const ints: [string, bigint][] = [
    ['010', 8n],
    ['0x1F', 31n],
    ['0b11', 3n],
    ['0o17', 15n],
    ['1_024', 1024n],
    ['-4', -4n],
    ['+4', 4n],
  ];
  for (const [text, value] of ints) assert.deepEqual(resolvePlain(text), { type: 'int', value }, text);
  for (const [text, value] of [
    ['4.5', 4.5],
    ['1e3', 1000],
    ['08', 8],
    ['.5', 0.5],
  ] as const) {
    assert.deepEqual(resolvePlain(text), { type: 'float', value }, text);
  }
  assert.equal(resolvePlain('2020-01-02').type, 'timestamp');
});

/** What is wrong with a text; empty if DM accepts it. */
const problem = (text: string): string =>
  readYaml(text)
    .problems.filter((p) => !p.warning)
    .map((p) => p.message)
    .join('; ');

test('texts that DM accepts', () => {
  for (const text of [
    'a:\tb\n',
    'a: b\t# c\n',
    'a: [b,\n\tc]\n',
    'a: [b,\nc]\nd: 1\n',
    'a: [\n  b,\n]\nd: 1\n',
    'a: {b: c,\nd: e}\n',
    'a: "x\ny"\nb: 1\n',
    'a: "it\\\'s"\n',
    'a: "x"#c\n',
    'a: |\n  x\n  \ty\nb: c\n',
    'a: b\n  c\nd: e\n',
    '---\na: b\n...\n: : bad',
    '%YAML 1.1\n---\na: b\n',
    '{"a": 1, "b": [2]}',
    'a: &x {b: 1}\nc: {<<: *x, b: 2}\n',
    'a: http://x:1/#y\n',
    "a: 'it''s'\n",
    '? a\n: b\n',
    'a:\n- b\n- c\n',
    'a: b\r\nc: d\r\n',
    'a: b\n  \t\nc: d\n',
  ]) {
    assert.equal(problem(text), '', JSON.stringify(text));
  }
});

test('texts that DM rejects', () => {
  for (const text of [
    'a:\n\t- b\n',
    'a: b\n\t\nc: d\n',
    'a: "b"\n\t\nc: d\n',
    'a:\n  - b\n -\tc\n',
    '-\tb\n',
    'a: *x\n',
    'a: &x [*x]\n',
    'a: *\n',
    'a: %b\n',
    'a: @b\n',
    'a: `b\n',
    'a: b: c\n',
    'a: - b\n',
    'a: [b\n',
    'a: "b\n',
    'a: "\\d"\n',
    'a:b\nc: d\n',
    'a: b\n c: d\n',
    'a: \u0007\n',
    '%YAML 1.2\n---\na: b\n',
    'a: b\n<<: c\n',
    '[a]: b\n',
  ]) {
    assert.notEqual(problem(text), '', JSON.stringify(text));
  }
});

test('merge keys add what a mapping lacks', () => {
  const { root } = readYaml('a: &x {p: 1, q: 2}\nb: {q: 3, <<: *x}\nc: {<<: [*x, {r: 4}]}\n');
  assert.deepEqual([textOf(root, 'b', 'p'), textOf(root, 'b', 'q'), textOf(root, 'c', 'r')], ['1', '3', '4']);
});

test('values keep their text: quotes, blocks, several lines', () => {
  const { root } = readYaml('a: "x\\ty"\nb: \'it\'\'s\'\nc: |\n  one\n  two\nd: one\n  two\ne: [1, "2"]\n');
  assert.deepEqual([textOf(root, 'a'), textOf(root, 'b'), textOf(root, 'c'), textOf(root, 'd')], ['x\ty', "it's", 'one\ntwo\n', 'one two']);
  const list = scalarsOf(childOf(root, 'e'));
  assert.deepEqual([numberOf(list[0]), numberOf(list[1])], [1, undefined]);
});

test('deep nesting is an error, not a crash', () => {
  const text = `a: ${'['.repeat(20_000)}`;
  assert.doesNotThrow(() => {
    try {
      readYaml(text);
    } catch (e) {
      assert.ok(e instanceof RangeError);
    }
  });
});
