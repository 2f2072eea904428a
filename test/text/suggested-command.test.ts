// Suggested command lines have the intended meaning in a shell and at the prompt, or are rejected.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { v1 } from '../../src/dialects/v1/index.ts';
import { lineWords } from '../../src/repl/line.ts';
import { suggest } from '../../src/text/suggested-command.ts';
import { runProgram, withMaster } from '../harness/run.ts';

const SKIP = 'sql-skip -w <worker> -b <position> <task>';
const KNOWN = { worker: '127.0.0.1:8262', position: 'mysql-bin|000001.000001:3783', task: 'test' };

test('known values replace placeholders, in quotes if needed', () => {
  assert.equal(suggest(SKIP, KNOWN), "sql-skip -w 127.0.0.1:8262 -b 'mysql-bin|000001.000001:3783' test");
  assert.equal(suggest(SKIP, KNOWN, 'shell'), "dmctl sql-skip -w 127.0.0.1:8262 -b 'mysql-bin|000001.000001:3783' test");
  assert.equal(suggest('unlock-ddl-lock <lock>', { lock: 'test-`a`.`b`' }), "unlock-ddl-lock 'test-`a`.`b`'");
});

test('an unknown value stays a placeholder', () => {
  assert.equal(suggest(SKIP, { task: 't' }), 'sql-skip -w <worker> -b <position> t');
  assert.equal(suggest(SKIP, { task: 't' }, 'shell'), "dmctl sql-skip -w '<worker>' -b '<position>' t");
  assert.equal(suggest('dmctl -encrypt -', {}, 'shell'), 'dmctl -encrypt -');
});

const UNSAFE: readonly [name: string, value: string][] = [
  ['task', ''],
  ['task', ' a'],
  ['task', 'a\nstop-task b'],
  ['task', 'a\u001b[2J'],
  ['task', 'a\u202eb'],
  ['task', 'a\u2028b'],
  ['task', 'a*'],
  ['task', 'a?'],
  ['task', 'a;'],
  ['task', '<task>'],
  ['task', 'a'.repeat(1000)],
  ['worker', 'a,b'],
  ['worker', '"a"'],
  ['worker', '--all'],
  ['position', 'mysql-bin.000001:3783'],
  ['position', '-b|000001.000001:3'],
];

for (const [name, value] of UNSAFE) {
  test(`a ${name} that cannot be pasted safely is omitted: ${JSON.stringify(value.slice(0, 20))}`, () => {
    const line = suggest(SKIP, { ...KNOWN, [name]: value });
    assert.ok(line.includes(`<${name}>`), line);
    assert.ok(value.trim() === '' || !line.replaceAll('<task>', '').includes(value), line);
  });
}

const NAMES = [
  'a b',
  "it's",
  '"q"',
  '$(reboot)',
  '`reboot`',
  'a|b',
  'a;b',
  'a&b',
  '!x',
  '~',
  '#a',
  'a\\b',
  '-x',
  '--all',
  '--',
  "'",
  'größe',
  '=ls',
  '{a,b}',
  '[a]',
];

test('a shell passes each name unchanged', { skip: process.platform === 'win32' }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-'));
  try {
    fs.writeFileSync(path.join(folder, 'dmctl'), '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n', { mode: 0o755 });
    for (const task of NAMES) {
      const line = suggest('stop-task <task>', { task }, 'shell');
      const { stdout } = spawnSync('sh', ['-c', line], { env: { PATH: `${folder}:${process.env.PATH}` }, encoding: 'utf8' });
      const dashes = task.startsWith('-') ? ['--'] : [];
      assert.deepEqual(stdout.split('\n').slice(0, -1), ['stop-task', ...dashes, task], line);
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('so does the prompt', () => {
  for (const task of NAMES) {
    const words = lineWords(suggest('stop-task <task>', { task }), { dialect: v1, builtins: [], topics: [] });
    assert.deepEqual(
      words.filter((w, i) => !(w === '--' && i === 1 && task.startsWith('-'))),
      ['stop-task', task],
    );
  }
});

for (const line of [
  'stop-task <task>',
  'sql-skip -w <worker> -b f:4 t',
  'purge-relay -w a -f <file>',
  'wait <task> --for running',
  'sql-inject -w a t <sql>',
])
  test(`a line with a placeholder is rejected: ${line}`, () =>
    withMaster(undefined, async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address], { stdin: `${line}\n` });
      assert.match(stderr, /^<\w+> is a placeholder\. Nothing was sent\. Replace it with a value\n$/);
      assert.equal(master.calls.length, 0);
    }));
