// Numbers of bytes as people write them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteSize, parseSize } from '../../src/text/size.ts';
import { runProgram } from '../harness/run.ts';

test('sizes are read and written', () => {
  for (const [text, bytes] of [
    ['1GiB', 2 ** 30],
    ['64MiB', 64 * 2 ** 20],
    ['3KiB', 3072],
    ['5B', 5],
  ] as const) {
    assert.equal(parseSize(text), bytes);
    assert.equal(byteSize(bytes), text);
  }
  assert.equal(parseSize('4096'), 4096);
  for (const text of ['', '0', '0MiB', '-1', '1.5GiB', '1 GiB', '1gb', 'constructor', '9'.repeat(16)]) {
    assert.throws(() => parseSize(text), { message: `invalid size: ${text}` });
  }
});

test('an invalid size for max-answer is rejected with an example', async () => {
  const { stdout, stderr, status } = await runProgram(['-master-addr', '127.0.0.1:1', '-max-answer', '1TB', 'query-status']);
  assert.match(stdout + stderr, /invalid size: 1TB\n?[\s\S]*for example 64MiB/);
  assert.equal(status, 2);
});
