// The import rules find what they are there to find, and the sources keep them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { cyclesOf, FOLDERS, folderOf, importsOf, problemsOf, readSources } from '../../tools/import-rules.mjs';

const SOURCES = readSources('.');

test('the sources keep the import rules', () => {
  assert.ok(SOURCES.size > 200);
  assert.deepEqual(
    [...SOURCES].flatMap(([file, text]) => problemsOf(file, text)),
    [],
  );
});

test('the sources have no import cycles', () => assert.deepEqual(cyclesOf(SOURCES), []));

test('every folder has a row, and every row a folder', () => {
  const folders = new Set([...SOURCES.keys()].map(folderOf));
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in FOLDERS)),
    [],
  );
  assert.deepEqual(
    Object.keys(FOLDERS).filter((folder) => !folders.has(folder) && !fs.existsSync(`src/${folder}`)),
    [],
  );
});

const MISTAKES: readonly [file: string, text: string, problem: RegExp][] = [
  ['src/dialects/v2/names.ts', "import { v1 } from '../v1/index.ts';", /dialects\/v2/],
  ['src/dialects/v1/names.ts', "import { v2 } from '../v2/index.ts';", /dialects\/v1 must not import dialects\/v2/],
  ['src/dialects/v1/names.ts', "const { v2 } = await import('../v2/index.ts');", /must not import dialects\/v2/],
  ['src/sandbox/v2/tasks.ts', "import { startTask } from '../v1/tasks.ts';", /sandbox\/v2 must not import sandbox\/v1/],
  ['src/sandbox/v2/tasks.ts', "import { v2 } from '../../dialects/v2/index.ts';", /sandbox\/v2 must not import dialects\/v2/],
  ['src/text/quote.ts', "import type { IO } from '../io/io.ts';", /text must not import io/],
  ['src/line-editor/keys.ts', "import { lineWords } from '../repl/line.ts';", /line-editor must not import repl/],
  ['src/output/style.ts', "import { Command } from 'commander';", /commander belongs to args/],
  ['src/repl/loop.ts', "import { Client } from '@grpc/grpc-js/build/src/client';", /belongs to rpc, sandbox/],
  ['src/repl/loop.ts', "import left from 'left-pad';", /left-pad belongs to no folder/],
  ['src/new/file.ts', '', /the folder new has no row/],
];

for (const [file, text, problem] of MISTAKES) {
  test(`a mistake is found: ${file}: ${text || 'a folder without a row'}`, () => {
    assert.match(problemsOf(file, text).join('\n'), problem);
  });
}

test('a cycle is found, also through a lazy import; types make none', () => {
  const a = ['src/a.ts', "import { b } from './b.ts';"] as const;
  const lazy = ['src/b.ts', "const { a } = await import('./a.ts');"] as const;
  const types = ['src/b.ts', "import type { a } from './a.ts';"] as const;
  assert.deepEqual(cyclesOf(new Map([a, lazy])), [['src/a.ts', 'src/b.ts', 'src/a.ts']]);
  assert.deepEqual(cyclesOf(new Map([a, types])), []);
});

test('imports are found however they are written', () => {
  const text =
    "import type { A } from './a.ts';\nimport {\n  B,\n} from './b.ts';\nexport { C } from './c.ts';\nconst d = import('./d.ts');";
  assert.deepEqual(importsOf(text), ['./a.ts', './b.ts', './c.ts', './d.ts']);
});
