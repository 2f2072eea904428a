// A watch where no terminal is: blocks and json lines, what may be watched, and how it ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, between, type Reply, requests, runProgram, withMaster } from '../harness/run.ts';

const MIN = ['--interval', '0.2'];

/** Each call has its reply; the last is for all that follow. */
function inTurn(...replies: Reply[]): () => Reply {
  let n = 0;
  return () => replies[Math.min(n++, replies.length - 1)] as Reply;
}

const status = (name: string, stage: string): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [{ result: true, worker: 'w1', sourceID: 's1', subTaskStatus: [{ name, stage, unit: 'Sync', sync: {} }] }],
  });
const GOOD = answer('QueryStatus', { result: true });

test('a block a round, with the time before it; the flags after the name of the command belong to that', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const words = ['-master-addr', master.address, 'watch', ...MIN, '--count', '2', 'query-status', '-w', 'w1', 'test'];
    const { stdout, stderr, status } = await runProgram(words);
    const block = /^--- \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n\{\n {4}"result": true,\n[\s\S]*?\n\}\n/;
    const [first = ''] = block.exec(stdout) ?? [];
    assert.match(stdout.slice(first.length), new RegExp(`${block.source}$`));
    assert.deepEqual([stderr, status], ['', 0]);
    assert.deepEqual(requests(master), [
      ['QueryStatus', { name: 'test', workers: ['w1'] }],
      ['QueryStatus', { name: 'test', workers: ['w1'] }],
    ]);
  }));

test('a json line a round, and nothing else; a round without an answer is told on standard error, and the next goes on', () =>
  withMaster(inTurn(GOOD, { status: { code: 14, text: 'gone' } }, GOOD), async (master) => {
    const { stdout, stderr, status } = await runProgram([
      ...['-master-addr', master.address, '-output', 'jsonl', 'watch', ...MIN, '-count', '3', 'query-status', 'test'],
    ]);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual(
      lines.map((l) => (JSON.parse(l) as { result: boolean }).result),
      [true, true],
    );
    assert.match(
      stderr,
      /^\S+Z no answer: can not query test task's status\(in workers \[\]\): rpc error: code = Unavailable desc = gone\n$/,
    );
    assert.equal(status, 0);
  }));

test('the status is that of the last round', () =>
  withMaster(inTurn(GOOD, answer('QueryStatus', { result: false })), async (master) => {
    const run = (count: string) => runProgram(['-master-addr', master.address, 'watch', ...MIN, '--count', count, 'query-status']);
    assert.equal((await run('2')).status, 1);
    assert.equal((await run('1')).status, 1);
  }));

test('forms for people have a line before each block, YAML a document each', () =>
  withMaster(inTurn(status('test', 'Running')), async (master) => {
    const shown = async (form: string): Promise<string> =>
      (await runProgram(['-master-addr', master.address, 'watch', '--count', '1', 'query-status', '--output', form])).stdout;
    assert.match(await shown('table'), /^--- \S+Z\nTASK +WORKER[\s\S]*test +w1 +s1 +▸ Running/);
    assert.match(await shown('name'), /^--- \S+Z\ntest\n$/);
    assert.match(await shown('yaml'), /^--- # \S+Z\nresult: true\n/);
    assert.match(await shown('json'), /^\{\n/);
    assert.equal(await shown('jsonpath=$.workers[*].worker'), 'w1\n');
  }));

test('`status` can be watched, as the text that it is', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const words = ['-master-addr', master.address, 'watch', '--count', '1', 'status'];
    const { stdout, status } = await runProgram(words);
    assert.match(stdout, /^--- \S+Z\naddress {4}127/);
    assert.equal(status, 0);
    const refused = await runProgram([...words, '--output', 'json']);
    assert.match(refused.stderr, /^of this command only its text can be watched; leave out --output and --query\n$/);
    assert.deepEqual([refused.stdout, refused.status], ['', 2]);
  }));

test('what changes something is refused, as is what cannot be read; nothing is sent', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const refused = async (words: string, wanted: RegExp): Promise<void> => {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, 'watch', ...words.split(' ')]);
      assert.match(stderr, wanted);
      assert.deepEqual([stdout, status], ['', 2], words);
    };
    await refused('stop-task test', /^stop-task cannot be watched: it changes the cluster; nothing was sent\n$/);
    await refused('watch query-status', /^watch cannot be watched: it is not there to look at something; nothing was sent\n$/);
    await refused('wait test --for running', /^wait cannot be watched/);
    await refused('--interval 0.1 query-status', /^--interval 0\.1: it must be from 0\.2 s to a day/);
    await refused('--interval 25h query-status', /^--interval 25h: it must be/);
    await refused('--count 0 query-status', /^--count "0": a number of rounds from 1 is wanted\n$/);
    await refused('query-stats', /unknown command "query-stats"[\s\S]*query-status/);
    await refused('query-status --interval 3', /unknown flag: --interval\nUsage:\n {2}dmctl query-status/);
    await refused('--interval 3', /watch takes at least 1 argument: <command> is missing/);
    await refused('query-status --summary test', /^--summary is for all tasks/);
    assert.deepEqual(requests(master), []);
  }));

test('help is of the command whose name is last', async () => {
  assert.match((await runProgram(['watch', '--help'])).stdout, /Usage:\n {2}dmctl watch \[--interval seconds\]/);
  assert.match((await runProgram(['watch', '--interval', '3', 'query-status', '--help'])).stdout, /Usage:\n {2}dmctl query-status/);
});

test('Ctrl-C ends it with 130, time that runs out with 3; neither is an error of a call', () =>
  withMaster(inTurn(GOOD), async (master) => {
    let press = (): void => {};
    const world = { onStart: (interrupt: () => void) => (press = interrupt) };
    const running = runProgram(['-master-addr', master.address, 'watch', ...MIN, 'query-status'], world);
    while (master.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    press();
    assert.deepEqual([(await running).status, (await running).stderr], [130, '']);
    const timed = await runProgram(['-master-addr', master.address, '--timeout', '300ms', 'watch', ...MIN, 'query-status']);
    assert.deepEqual([timed.status, timed.stderr], [3, 'timed out after 0.3 s\n']);
  }));

test('a reader that has enough ends it', () =>
  withMaster(inTurn(GOOD), async (master) => {
    await assert.rejects(
      runProgram(['-master-addr', master.address, 'watch', ...MIN, 'query-status'], { readerLeavesAfter: 10 }),
      /the reader of the output closed it/,
    );
  }));

test('in lines of a pipe it is a line like others: what its command says of forms and time counts', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const stdin = `watch ${MIN.join(' ')} --count 2 query-status "my task" --output jsonl;\nwatch ${MIN.join(' ')} query-status --timeout 300ms\nquery-status\n`;
    const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin });
    assert.match(between(stdout), /^\{.*\}\n\{.*\}\n--- \S+Z\n\{\n[\s\S]*\n\}\n$/);
    assert.equal(stderr, 'timed out after 0.3 s\n');
    assert.deepEqual(requests(master)[0], ['QueryStatus', { name: 'my task' }]);
  }));

test('a clock that is set back does not hold up the next round', { timeout: 60_000 }, (t) =>
  withMaster(inTurn(GOOD), async (master) => {
    let hour = 1e9;
    t.mock.method(Date, 'now', () => {
      hour -= 1;
      return hour * 3_600_000;
    });
    const { status } = await runProgram(['-master-addr', master.address, 'watch', ...MIN, '--count', '2', 'query-status']);
    assert.deepEqual([status, master.calls.length], [0, 2]);
  }),
);
