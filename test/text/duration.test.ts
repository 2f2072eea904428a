// Durations: which are accepted, which are rejected, and that each has an effect.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDeadline } from '../../src/io/deadline.ts';
import { parseDuration } from '../../src/text/duration.ts';
import { answer, runProgram, withMaster } from '../harness/run.ts';

const TAKEN: readonly [text: string, ms: number][] = [
  ['1500.5ms', 1500.5],
  ['1s500us', 1000.5],
  ['2000h', 7_200_000_000],
  ['1.5h30m', 7_200_000],
  ['.5s', 500],
  ['1.s', 1000],
  ['+1m', 60_000],
  ['1ns', 1e-6],
  ['1µs1μs', 2e-3],
];

for (const [text, ms] of TAKEN) test(`a duration: ${text}`, () => assert.equal(parseDuration(text), ms));

for (const text of [
  '',
  '+',
  '.',
  '1',
  '1.',
  '.s',
  '1 s',
  '1s ',
  's',
  '1.5.5s',
  '1e3s',
  '5constructor',
  '5__proto__',
  '5toString',
  '3000000h',
])
  test(`not a duration: ${JSON.stringify(text)}`, () => assert.throws(() => parseDuration(text), /^Error: time: /));

for (const text of ['0', '+0', '0s', '-1s'])
  test(`a duration must be greater than zero: ${text}`, () => assert.throws(() => parseDuration(text)));

for (const flag of ['-timeout', '-rpc-timeout']) {
  for (const text of ['1500.5ms', '30s500us', '597h', '2000h', '2000000h']) {
    test(`${flag} ${text} lets a command run`, () =>
      withMaster(
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 20)); // longer than a timer that overflows
          return answer('QueryStatus', { result: true });
        },
        async (master) => {
          const { stderr, status } = await runProgram(['-master-addr', master.address, flag, text, 'query-status']);
          assert.deepEqual([stderr, status], ['', 0]);
        },
      ));
  }
}

for (const line of [
  'query-status --timeout 2000h',
  'watch --count 2 --interval 200.5ms query-status',
  'watch --count 1 --interval 1h query-status',
]) {
  test(`at the prompt: ${line}`, () =>
    withMaster(
      () => answer('QueryStatus', { result: true }),
      async (master) => {
        const { stderr } = await runProgram(['-master-addr', master.address], { stdin: `${line}\n` });
        assert.equal(stderr, '');
        assert.ok(master.calls.length > 0);
      },
    ));
}

for (const text of ['5constructor', '25h', '0.1s', '-1s', '1x']) {
  test(`--interval ${text} is rejected`, async () => {
    const { stderr, status } = await runProgram(['-master-addr', '127.0.0.1:1', 'watch', '--interval', text, 'query-status']);
    assert.match(stderr, /^invalid --interval ".*"\. .* from 0\.2 s to one day/);
    assert.equal(status, 2);
  });
}

test('the header of a call has long times in larger units', () =>
  withMaster(
    () => answer('QueryStatus', { result: true }),
    async (master) => {
      await runProgram(['-master-addr', master.address, '-rpc-timeout', '2000h', 'query-status']);
      assert.match(master.calls[0]?.timeout ?? '', /^7(?:200000|199999)S$/);
    },
  ));

test('a deadline ends with a TimeoutError', async () => {
  const { signal, close } = openDeadline(0.5);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  assert.equal(signal.reason.name, 'TimeoutError');
  close();
});
