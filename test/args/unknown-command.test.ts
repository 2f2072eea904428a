// Words that are no command: what is suggested, and what is available elsewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runProgram } from '../harness/run.ts';

const lines = async (text: string): Promise<string> => (await runProgram(['-master-addr', 'h:1'], { stdin: `${text}\n` })).stderr;
const oneShot = async (...argv: string[]): Promise<string> => (await runProgram(argv)).stderr;
const meant = (stderr: string): string[] => /Did you mean this\?\n((?:\t.*\n)+)/.exec(stderr)?.[1]?.trim().split(/\n\t/) ?? [];

test('words near exit and quit suggest them, at the prompt only', async () => {
  for (const typed of ['EXIT', 'Exit', 'exti', 'exi', 'exitt']) assert.deepEqual(meant(await lines(typed)), ['exit'], typed);
  assert.deepEqual(meant(await lines('QUIT')), ['quit']);
  assert.deepEqual(meant(await oneShot('EXIT')), ['edit'], 'exit is not a word of the command line');
});

test('only similar commands are suggested', async () => {
  assert.deepEqual(meant(await lines('exat')), [], 'neither wait nor exit');
  assert.deepEqual(meant(await lines('wach')), ['watch']);
  assert.deepEqual(meant(await lines('conect')), ['connect']);
  assert.deepEqual(meant(await lines('query-statu')), ['query-status']);
  assert.deepEqual(meant(await oneShot('sandbx')), ['sandbox']);
  assert.deepEqual(meant(await oneShot('zzz')), []);
});

test('connect, set and history are only at the prompt; sandbox and completion only outside', async () => {
  for (const name of ['connect', 'set', 'history']) {
    for (const argv of [
      [name, 'h:1'],
      [name, '--help'],
      ['help', name],
    ]) {
      assert.match(await oneShot(...argv), new RegExp(`^Error: ${name} is only available at the prompt\nRun 'dmctl -master-addr`), name);
    }
  }
  for (const name of ['sandbox', 'completion']) {
    assert.match(await lines(name), new RegExp(`^Error: ${name} is only available on the command line\nRun 'dmctl ${name}' in another`));
  }
  assert.match(await lines('__complete'), /unknown command/, 'what is for programs is not mentioned');
});
