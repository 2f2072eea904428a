// The fast reader of plain YAML reads what the complete reader reads, or leaves the file to it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ConfigNode } from '../../src/config-files/document.ts';
import { readPlainYaml } from '../../src/config-files/read-plain-yaml.ts';
import { readYaml } from '../../src/config-files/read-yaml.ts';
import { SOURCE, TASK, TASK_V1 } from './cases.ts';

/** Everything about a node that lint uses. The end of a block does not matter. */
function comparable(node: ConfigNode): unknown {
  if (node.kind === 'list') return { start: node.span.start, items: node.items.map(comparable) };
  if (node.kind === 'scalar') {
    const { text, plain, resolved, span } = node;
    return { text, plain, resolved, span: resolved.type === 'null' && text === '' ? undefined : span };
  }
  const entry = ({ name, nameSpan, value }: (typeof node.entries)[number]): unknown => ({ name, nameSpan, value: comparable(value) });
  return { start: node.span.start, entries: node.entries.map(entry), duplicates: node.duplicates.map(entry) };
}

/** Compares both readers. Returns whether the fast one read the text. */
function compare(text: string): boolean {
  const fast = readPlainYaml(text);
  if (!fast) return false;
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, [], text);
  assert.ok(root, text);
  assert.deepEqual(comparable(fast), comparable(root), text);
  return true;
}

test('usual files are read by the fast reader', () => {
  for (const text of [TASK, TASK_V1, SOURCE, TASK.replaceAll('\n', '\r\n'), `---\n${TASK}`, TASK.replaceAll('\n', ' # x\n')]) {
    assert.ok(compare(text), text);
  }
});

test('texts with anything unusual are left to the complete reader', () => {
  for (const text of [
    '',
    '# x\n',
    'a\n',
    '[a]\n',
    'a: &x b\n',
    'a: *x\n',
    'a: |\n  b\n',
    'a: b\n  c\n',
    'a: "b\n  c"\n',
    'a: [b,\n  c]\n',
    'a: b: c\n',
    'a: "x" y\n',
    'a: "\\d"\n',
    'a:b\n',
    ' a: b\nc: d\n',
    'a:\n  - b\n c: d\n',
    'a: b\n---\nc: d\n',
    'a:\t b\n',
    'a: [b, , c]\n',
    'a: [b: c]\n',
    '<<: {a: b}\n',
    'a: %b\n',
    'a: - b\n',
    'a: b\u0000\n',
  ]) {
    assert.equal(readPlainYaml(text), undefined, JSON.stringify(text));
  }
});

/** Pieces from which texts with many edge cases are made. */
const PIECE = fc.constantFrom(
  ...['a', 'b', 'key', 'a-b', '1', '010', 'no', '~', '"x"', "'y'", "''", '""', '"a # b"', "'it''s'", '"\\\\s"', '"\\d"'],
  ...[': ', ':', '- ', '-', '\n', '\n', '\n  ', '\n  ', '\n    ', '\n- ', '\n  - ', ' ', '  ', ' #', '#', ' # "', ', ', ','],
  ...[
    '[',
    ']',
    '{',
    '}',
    '*',
    '&a ',
    '*a',
    '!!str ',
    '|',
    '>',
    '?',
    '? ',
    '<<',
    '\r\n',
    '\t',
    '---',
    '\n---\n',
    '%',
    '@',
    '`',
    'é',
    '订',
    '\u00a0',
    '\u3000',
  ],
);

test('random texts are read alike', () => {
  let fast = 0;
  fc.assert(
    fc.property(fc.array(PIECE, { maxLength: 14 }), (pieces) => {
      if (compare(pieces.join(''))) fast += 1;
    }),
    { numRuns: 10_000 },
  );
  assert.ok(fast > 20, String(fast));
});

test('changed files are read alike', () => {
  const change = fc.tuple(fc.nat(TASK.length), fc.nat(3), PIECE);
  let fast = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      let text = TASK;
      for (const [at, length, piece] of changes) text = text.slice(0, at) + piece + text.slice(at + length);
      if (compare(text)) fast += 1;
    }),
    { numRuns: 1_000 },
  );
  assert.ok(fast > 200, String(fast));
});

const CORPUS = '../shared/lint-corpus.json';

test('the recorded files are read alike', { skip: fs.existsSync(CORPUS) ? false : `${CORPUS} is not there` }, () => {
  let fast = 0;
  for (const { file, kind } of JSON.parse(fs.readFileSync(CORPUS, 'utf8')) as { file: string; kind: string }[]) {
    if (!kind.endsWith('toml') && compare(file)) fast += 1;
  }
  assert.ok(fast > 120, String(fast));
});
