// Flags after a command: lists, including very long ones.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, requests, runProgram, withMaster } from '../harness/run.ts';

const LINES = [
  'pause-task -w= t',
  'pause-task -w "" t',
  'pause-task -w \'""\' t',
  'pause-task -w , t',
  'pause-task -w a, t',
  'pause-task -w ,a t',
  'pause-task -w a -w "" t',
  'pause-task -w " " t',
  'pause-task -w "a, " t',
  'pause-task --worker= t',
  'pause-task --worker "" t',
  'pause-task t -w=',
  '-w= pause-task t',
  '-w "" pause-task t',
  'sql-skip -w= -b mysql-bin|000001.000001:4 t',
  'sql-inject -w "" t CREATE TABLE a.b (id INT)',
  'stop-task --worker= a b',
  'wait -w= t --for running',
  'watch --count 1 query-status -w= t',
];

for (const line of LINES) {
  test(`a list flag without a value is rejected: ${line}`, () =>
    withMaster(undefined, async (master) => {
      const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin: `${line}\n` });
      assert.match(`${stdout}${stderr}`, /"-w, --worker" flag: (?:the value|a value in the list) is empty\. Write -w VALUE/);
      assert.equal(master.calls.length, 0);
    }));
}

for (const words of [['-w='], ['-w', ''], ['-w', 'a,'], ['--worker='], ['--worker', ' ']]) {
  test(`the same on a command line: ${JSON.stringify(words)}`, () =>
    withMaster(undefined, async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, 'pause-task', ...words, 't']);
      assert.match(stderr, /^Error: invalid argument ".*" for "-w, --worker" flag: .* is empty/);
      assert.equal(status, 2);
      assert.equal(master.calls.length, 0);
    }));
}

const MANY = 500_000;

for (const [name, line] of [
  ['after the command', `pause-task t${' -w a'.repeat(MANY)}`],
  ['before the command', `${'-w a '.repeat(MANY)}pause-task t`],
] as const) {
  test(`a very large number of -w ${name} is sent completely`, { timeout: 60_000 }, () =>
    withMaster(
      () => answer('OperateTask', { op: 'Pause', result: true }),
      async (master) => {
        await runProgram(['-master-addr', master.address], { stdin: `${line}\n` });
        assert.equal((requests(master)[0]?.[1].workers as string[] | undefined)?.length, MANY);
      },
    ),
  );
}

test('too many names are rejected instead of lost', { timeout: 60_000 }, () =>
  withMaster(undefined, async (master) => {
    const { stderr } = await runProgram(['-master-addr', master.address], { stdin: `show-ddl-locks -- ${'a '.repeat(MANY)}\n` });
    assert.match(stderr, /^Error: show-ddl-locks takes at most 1 argument: unexpected "a"/);
    assert.equal(master.calls.length, 0);
  }),
);
