// A watch without a terminal: blocks and JSON lines, what can be watched, and how it ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, between, type Reply, requests, runProgram, withMaster } from '../harness/run.ts';

const MIN = ['--interval', '0.2'];

/** Each call gets its reply. All further calls get the last one. */
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

test('one block per round, after the time; flags after the command name belong to that command', () =>
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

test('flags of watch work after the name of the command too; a flag that the command has itself is its own', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const rounds = async (words: string): Promise<void> => {
      const before = master.calls.length;
      const { stderr, status } = await runProgram(['-master-addr', master.address, ...words.split(' ')]);
      assert.deepEqual([stderr, status, master.calls.length - before], ['', 0, 2], words);
      assert.deepEqual(requests(master).at(-1), ['QueryStatus', { name: 'test', workers: ['w1'] }], words);
    };
    await rounds('watch query-status --interval 0.2 -w w1 test --count 2');
    await rounds('watch -count=2 query-status test -interval=0.2 -w w1');
    await rounds('watch query-status -w w1 test -o jsonl --count 2 --interval 0.2');
  }));

test('one JSON line per round; a failed round is reported on standard error, and the next one follows', () =>
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

test('the exit status is that of the last round', () =>
  withMaster(inTurn(GOOD, answer('QueryStatus', { result: false })), async (master) => {
    const run = (count: string) => runProgram(['-master-addr', master.address, 'watch', ...MIN, '--count', count, 'query-status']);
    assert.equal((await run('2')).status, 1);
    assert.equal((await run('1')).status, 1);
  }));

test('formats for people have a line before each block, YAML has one document per round', () =>
  withMaster(inTurn(status('test', 'Running')), async (master) => {
    const shown = async (form: string): Promise<string> =>
      (await runProgram(['-master-addr', master.address, 'watch', '--count', '1', 'query-status', '--output', form])).stdout;
    assert.match(await shown('table'), /^--- \S+Z\nTASK +WORKER[\s\S]*test +w1 +s1 +▸ Running/);
    assert.match(await shown('name'), /^--- \S+Z\ntest\n$/);
    assert.match(await shown('yaml'), /^--- # \S+Z\nresult: true\n/);
    assert.match(await shown('json'), /^\{\n/);
    assert.equal(await shown('jsonpath=$.workers[*].worker'), 'w1\n');
  }));

test('`status` can be watched, but only as text', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const words = ['-master-addr', master.address, 'watch', '--count', '1', 'status'];
    const { stdout, status } = await runProgram(words);
    assert.match(stdout, /^--- \S+Z\naddress {4}127/);
    assert.equal(status, 0);
    const refused = await runProgram([...words, '--output', 'json']);
    assert.match(refused.stderr, /^this command has only one form of output\. Nothing was sent\. Leave out --output and --query\n$/);
    assert.deepEqual([refused.stdout, refused.status], ['', 2]);
  }));

test('commands that change something and invalid lines are rejected, and nothing is sent', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const rejected = async (words: string, message: RegExp): Promise<void> => {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, 'watch', ...words.split(' ')]);
      assert.match(stderr, message);
      assert.deepEqual([stdout, status], ['', 2], words);
    };
    await rejected('stop-task test', /^stop-task cannot be watched: it changes the cluster\. Nothing was sent\n$/);
    await rejected('watch query-status', /^watch cannot be watched: it does not show a state\. Nothing was sent\n$/);
    await rejected('wait test --for running', /^wait cannot be watched/);
    await rejected('--interval 0.1 query-status', /^invalid --interval "0\.1"\. .* from 0\.2 s to one day/);
    await rejected('--interval 25h query-status', /^invalid --interval "25h"\. /);
    await rejected('--count 0 query-status', /^invalid --count "0"\. Nothing was sent\. Use a number of rounds from 1\n$/);
    await rejected('query-stats', /unknown command "query-stats"[\s\S]*query-status/);
    await rejected('query-status --interval', /flag needs an argument: --interval\n/);
    await rejected('query-status --intervals 3', /unknown flag: --intervals\nUsage:\n {2}dmctl query-status/);
    await rejected('--interval 3', /watch takes at least 1 argument: <command> is missing/);
    await rejected('query-status --summary test', /^--summary is for all tasks/);
    assert.deepEqual(requests(master), []);
  }));

test('help is about the command whose name is last', async () => {
  assert.match((await runProgram(['watch', '--help'])).stdout, /Usage:\n {2}dmctl watch \[--interval seconds\]/);
  assert.match((await runProgram(['watch', '--interval', '3', 'query-status', '--help'])).stdout, /Usage:\n {2}dmctl query-status/);
});

test('Ctrl-C ends it with 130, a timeout with 3; neither is reported as a failed call', () =>
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

test('it ends when the reader of its output is gone', () =>
  withMaster(inTurn(GOOD), async (master) => {
    await assert.rejects(
      runProgram(['-master-addr', master.address, 'watch', ...MIN, 'query-status'], { readerLeavesAfter: 10 }),
      /the reader of the output closed it/,
    );
  }));

test('it works in lines of a pipe, and the flags of its command apply', () =>
  withMaster(inTurn(GOOD), async (master) => {
    const stdin = `watch ${MIN.join(' ')} --count 2 query-status "my task" --output jsonl;\nwatch ${MIN.join(' ')} query-status --timeout 300ms\nquery-status\n`;
    const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin });
    assert.match(between(stdout), /^\{.*\}\n\{.*\}\n--- \S+Z\n\{\n[\s\S]*\n\}\n$/);
    assert.equal(stderr, 'timed out after 0.3 s\n');
    assert.deepEqual(requests(master)[0], ['QueryStatus', { name: 'my task' }]);
  }));

test('setting the clock back does not delay the next round', { timeout: 60_000 }, (t) =>
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
