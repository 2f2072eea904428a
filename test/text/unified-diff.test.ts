// Differences between texts, in the form of `diff -u`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/text/unified-diff.ts';

const lines = (...names: string[]): string => names.map((name) => `${name}\n`).join('');

test('equal texts have no difference', () => assert.equal(unifiedDiff('a\n', 'a\n', 'f'), ''));

test('a difference has three lines around it, and distant ones are separate', () => {
  const before = lines(...'abcdefghijklmnop');
  const after = before.replace('b\n', 'B\n').replace('o\n', '');
  assert.equal(
    unifiedDiff(before, after, 'f'),
    `--- f\n+++ f\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -12,5 +12,4 @@\n l\n m\n n\n-o\n p\n`,
  );
});

test('a text without a last line break, and empty texts', () => {
  assert.equal(unifiedDiff('a', 'a\n', 'f'), '--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n');
  assert.equal(unifiedDiff('', 'a\n', 'f'), '--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n');
});

test('the lines of both texts are all there, in their order', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((names) => lines(...names));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const shown = unifiedDiff(before, after, 'f').split('\n').slice(2);
      const of = (sign: string): string[] => shown.filter((l) => l.startsWith(sign) || l.startsWith(' ')).map((l) => l.slice(1));
      const isPart = (part: string[], whole: string): boolean => whole.includes(part[0] ?? '') || part.length === 0;
      assert.ok(isPart(of('-'), before) && isPart(of('+'), after));
      const count = (sign: string): number => shown.filter((l) => l.startsWith(sign)).length;
      assert.equal(count('+') - count('-'), after.length / 2 - before.length / 2);
    }),
  );
});
