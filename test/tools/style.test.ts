// The words that docs/style.md rejects are neither in the texts and comments of the program nor in its documentation.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const STYLE = 'docs/style.md';
const words = fs.readFileSync(STYLE, 'utf8').split('<!-- words -->')[1]?.split('<!-- end -->')[0] ?? '';

/** The phrases of the left column of the table of words. */
const AVOIDED = words
  .split('\n')
  .slice(4)
  .flatMap((row) => (row.split('|')[1] ?? '').split(','))
  .map((phrase) => phrase.trim())
  .filter((phrase) => phrase !== '');

const PATTERN = new RegExp(String.raw`(?<![\w-])(?:${AVOIDED.map((p) => p.replaceAll(' ', String.raw`\s+`)).join('|')})(?![\w-])`, 'gi');

/** The avoided phrases in a text, each with the number of its line from 1. */
function avoidedIn(text: string): string[] {
  return [...text.matchAll(PATTERN)].map((match) => `line ${text.slice(0, match.index).split('\n').length}: ${match[0]}`);
}

/** The files below a folder with one of these extensions. */
function filesIn(folder: string, ...extensions: string[]): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => extensions.includes(path.extname(file)))
    .map((file) => path.join(folder, file));
}

test('the table of docs/style.md is read', () => {
  assert.ok(AVOIDED.length > 40, `${AVOIDED.length} phrases`);
  assert.deepEqual(avoidedIn('a number\nis wanted, and the\nblank'), ['line 2: is wanted']);
  assert.deepEqual(avoidedIn('wanted, blankets, another'), []);
});

const PAGES = [...fs.readdirSync('.').filter((file) => file.endsWith('.md')), ...filesIn('docs', '.md').filter((f) => f !== STYLE)];

for (const file of [...PAGES, ...filesIn('src', '.ts'), ...filesIn('tools', '.mjs')]) {
  test(`${file} uses the words of ${STYLE}`, () => {
    assert.deepEqual(avoidedIn(fs.readFileSync(file, 'utf8')), []);
  });
}
