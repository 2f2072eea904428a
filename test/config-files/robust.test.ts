// No content makes lint fail, and every finding has a place in the file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FILE_KINDS, releaseOf } from '../../src/config-files/file-kind.ts';
import { lintFile } from '../../src/config-files/lint/lint.ts';
import { RULE_IDS } from '../../src/config-files/lint/rules.ts';
import { MASTER, SOURCE, TASK, TASK_V1, WORKER } from './cases.ts';

const FILES = [TASK, TASK_V1, SOURCE, WORKER, MASTER];
const RELEASES = ['1.0.0', '1.0.1', '1.0.7', '2.0.0', '2.0.7', '5.4', '6.0', '6.5', '7.5', '8.5', '26.3'];
const PIECE = fc.constantFrom(
  ...['', '\n', ' ', '\t', ':', ': ', '- ', '[', ']', '{', '}', '"', "'", '&a ', '*a', '!!int ', '|', '>', '#', '%', '~', 'null'],
  ...['-1', '1e999', '010', '[[', ']]', '=', ' = ', '<<: ', '---\n', '\u0000', 'é', '订单', '\ud800', '🙂', '(', '*', '\\', '_', '\r'],
);

async function check(bytes: Buffer, kind: (typeof FILE_KINDS)[number] | undefined, dm: string): Promise<void> {
  const { findings, lines } = await lintFile(bytes, { kind, release: releaseOf(dm) });
  for (const { rule, line, column, endColumn, message, severity } of findings) {
    assert.ok(RULE_IDS.includes(rule));
    assert.ok(line >= 1 && line <= lines.count, `line ${line} of ${lines.count}: ${message}`);
    assert.ok(column >= 1 && endColumn > column, `columns ${column} to ${endColumn}: ${message}`);
    assert.ok(severity === 'error' || severity === 'warning');
    assert.doesNotMatch(message, /undefined|NaN|\[object/);
  }
}

test('changed files of every kind, for every release', async () => {
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), PIECE);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FILES),
      fc.constantFrom(...FILE_KINDS, undefined),
      fc.constantFrom(...RELEASES),
      fc.array(change, { maxLength: 4 }),
      async (file, kind, dm, changes) => {
        let text = file;
        for (const [at, length, piece] of changes) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + piece + text.slice(start + length);
        }
        await check(Buffer.from(text), kind, dm);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...FILE_KINDS, undefined), async (bytes, kind) => {
      await check(Buffer.from(bytes), kind, '8.5');
      await check(Buffer.from(bytes), kind, '1.0.7');
    }),
    { numRuns: 1_000 },
  );
});

test('deep nesting, many aliases and very many mistakes', async () => {
  const deep = '['.repeat(50_000);
  const laughs = `a: &a0 [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}`;
  const wrong = `{${Array.from({ length: 20_000 }, (_, i) => `"key${i}": 1`).join(', ')}}`;
  for (const text of [deep, `name: ${deep}`, laughs, wrong]) await check(Buffer.from(text), 'task', '8.5');
});
