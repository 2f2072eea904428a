// Texts that are truncated or wrapped to a number of cells.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { truncate, width, wrapText } from '../../src/text/width.ts';

const CUT: readonly [text: string, cells: number, shown: string][] = [
  ['query-status', 5, 'quer…'],
  ['query', 5, 'query'],
  ['Жуковский', 5, 'Жуко…'],
  ['Жuk', 2, 'Ж…'],
  ['— and so on', 4, '— a…'],
  ['用户订单', 5, '用户…'],
  ['用户订单', 4, '用…'],
  ['\u{20000}\u{20001}\u{20002}', 5, '\u{20000}\u{20001}…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['👨‍👩‍👧 family', 4, '👨‍👩‍👧 …'],
  ['\u001b[2mevery 2 s\u001b[22m', 9, '\u001b[2mevery 2 s\u001b[22m'],
  ['\u001b[33m— 用\u001b[39m and on', 5, '\u001b[33m— 用\u001b[39m…'],
  ['用', 1, '…'],
  ['用', 0, ''],
];

for (const [text, cells, shown] of CUT) {
  test(`${JSON.stringify(text)} in ${cells} cells is ${JSON.stringify(shown)}`, () => assert.equal(truncate(text, cells), shown));
}

test('rows of a text in any script are at most as wide as the screen', () => {
  assert.deepEqual(wrapText('Жуковский a用户b', 5), ['Жуков', 'ский', 'a用户', 'b']);
  assert.deepEqual(wrapText('用户', 1), ['用', '户'], 'a character that is wider stands alone');
  for (const row of wrapText('— Ж用\u{20000}e\u0301'.repeat(50), 7)) assert.ok(width(row) <= 7, row);
});

test('a word of megabytes is wrapped in linear time', { timeout: 60_000 }, () => {
  assert.equal(wrapText('Жx'.repeat(1 << 20), 20).join('').length, 2 << 20);
});
