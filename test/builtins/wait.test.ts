// wait as a user sees it: its requests, its messages and its exit status.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Reply, requests, runProgram, type World, withMaster } from '../harness/run.ts';

const FAST = ['--interval', '0.2'];

function inTurn(...replies: Reply[]): () => Reply {
  let n = 0;
  return () => replies[Math.min(n++, replies.length - 1)] as Reply;
}

/** An answer of two workers. The first one has the task. */
const clusterWith = (more: object): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [
      { result: true, worker: 'w1', sourceID: 's1', subTaskStatus: [{ name: 'test', ...more }], relayStatus: { stage: 'Running' } },
      { result: true, worker: 'w2', sourceID: 's2', msg: 'no sub task started', relayStatus: { stage: 'Running' } },
    ],
  });
const DUMPS = clusterWith({ stage: 'Running', unit: 'Dump', dump: {} });
const SYNCS = clusterWith({ stage: 'Running', unit: 'Sync', sync: { synced: true } });
const PAUSED = clusterWith({ stage: 'Paused', unit: 'Sync', sync: {} });
const AWAY: Reply = { status: { code: 14, text: 'gone' } };

async function waits(replies: readonly Reply[], words: string, world: World = {}) {
  return await withMaster(inTurn(...replies), async (master) => {
    const ran = await runProgram(['-master-addr', master.address, 'wait', ...words.split(' '), ...FAST], world);
    return { ...ran, asked: requests(master) };
  });
}

test('reached: one line on standard output, changes on standard error; it polls all workers first, then those with the task', async () => {
  const { stdout, stderr, status, asked } = await waits([DUMPS, DUMPS, AWAY, SYNCS], 'test --for synced');
  assert.match(stdout, /^test is synced on w1(, after \d s)?\n$/);
  assert.equal(stderr, 'test --for synced: w1: runs Dump\ntest --for synced: the DM-master does not answer\n');
  assert.equal(status, 0);
  assert.deepEqual(asked, [
    ['QueryStatus', {}],
    ['QueryStatus', { name: 'test', workers: ['w1'] }],
    ['QueryStatus', { name: 'test', workers: ['w1'] }],
    ['QueryStatus', {}],
  ]);
});

test('only the workers of -w count', async () => {
  const { asked, status } = await waits([SYNCS], 'test --for synced -w w1,w2');
  assert.equal(status, 0);
  assert.deepEqual(asked, [['QueryStatus', { name: 'test', workers: ['w1', 'w2'] }]]);
});

test('never: why, and what to do; an object if a format was chosen', async () => {
  const { stdout, stderr, status } = await waits([SYNCS], 'test --for finished --output jsonl --quiet');
  const why = 'test replicates on w1 and never finishes. Use wait --for caught-up';
  const { seconds, ...rest } = JSON.parse(stdout) as { seconds: number };
  assert.deepEqual(rest, { task: 'test', for: 'finished', reached: false, why });
  assert.equal(typeof seconds, 'number');
  assert.deepEqual([stderr, status], [`${why}\n`, 1]);
  const paused = await waits([PAUSED], 'test --for caught-up');
  assert.deepEqual([paused.stdout, paused.status], ['', 1]);
  assert.match(paused.stderr, /\ntest is paused on w1\. Resume it with resume-task test\n$/);
});

test('timed out: 3, and the current state', async () => {
  const { stdout, stderr, status } = await waits([DUMPS], 'test --for running --timeout 100ms --quiet');
  assert.deepEqual([stdout, status], ['', 3]);
  assert.match(stderr, /^timed out after 0\.1 s\. test is not running: one more check is pending\n$/);
  const hangs = await waits([DUMPS, { odd: 'hang' }], 'test --for synced --timeout 500ms');
  assert.equal(hangs.status, 3);
  assert.match(hangs.stderr, /\ntimed out after 0\.5 s\. test is not synced: w1: runs Dump\n$/);
});

test('Ctrl-C: 130, and the current state', () =>
  withMaster(inTurn(DUMPS), async (master) => {
    let press = (): void => {};
    const words = ['-master-addr', master.address, 'wait', 'test', '--for', 'synced', ...FAST];
    const running = runProgram(words, { onStart: (interrupt) => (press = interrupt) });
    while (master.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    press();
    const { status, stderr } = await running;
    assert.equal(status, 130);
    assert.match(stderr, /\ninterrupted\. test is not synced: w1: runs Dump\n$/);
  }));

test('an unknown or missing state is rejected with the valid ones, and nothing is sent', async () => {
  const states = 'Nothing was sent. Use one of synced, caught-up, running, paused, finished, stopped, validated\n';
  const wrong = await waits([SYNCS], 'test --for done');
  assert.deepEqual([wrong.stderr, wrong.status, wrong.asked], [`invalid --for "done". ${states}`, 2, []]);
  const none = await waits([SYNCS], 'test');
  assert.deepEqual([none.stderr, none.status], [`--for is missing. ${states}`, 2]);
});

test('a master that does not implement the call is reported, and the wait ends', async () => {
  const { stderr, status } = await waits([{ status: { code: 12, text: 'unknown' } }], 'test --for running');
  assert.match(stderr, /the DM-master does not implement this call/);
  assert.equal(status, 1);
});

test('setting the clock back does not delay the next poll', { timeout: 60_000 }, async (t) => {
  let hour = 1e9;
  t.mock.method(Date, 'now', () => {
    hour -= 1;
    return hour * 3_600_000;
  });
  const { status, asked } = await waits([DUMPS, SYNCS], 'test --for synced');
  assert.deepEqual([status, asked.length], [0, 2]);
});

/** Tasks with a stage each, on one worker. */
const tasksIn = (stages: Readonly<Record<string, string>>, offset = 9000): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w1',
        sourceID: 's1',
        subTaskStatus: Object.entries(stages).map(([name, stage]) => ({
          name,
          stage,
          unit: 'Sync',
          sync: { masterBinlog: '(mysql-bin.000003, 9000)', syncerBinlog: `(mysql-bin.000003, ${offset})` },
        })),
      },
    ],
  });

test('several tasks and patterns: all must reach the state, each is reported, and every poll is one call', async () => {
  const both = tasksIn({ 'orders-1': 'Running', 'orders-2': 'Running', other: 'Paused' });
  const { stdout, status, asked } = await waits([both], 'orders-* --for running');
  assert.match(stdout, /^orders-1 is running on w1.*\norders-2 is running on w1.*\n$/);
  assert.equal(status, 0);
  assert.deepEqual([...new Set(asked.map((one) => JSON.stringify(one)))], ['["QueryStatus",{}]']);
  const { stdout: json, status: failed } = await waits([both], 'orders-1 other --for running -o json --timeout 20s');
  assert.deepEqual(
    (JSON.parse(json) as { task: string; reached: boolean }[]).map(({ task, reached }) => [task, reached]),
    [
      ['orders-1', true],
      ['other', false],
    ],
  );
  assert.equal(failed, 1, 'other is paused by hand');
});

test('--any ends when one task has reached the state', async () => {
  const { stdout, status } = await waits([tasksIn({ a: 'Paused', b: 'Running' })], 'a b --for running --any');
  assert.match(stdout, /^b is running on w1/);
  assert.equal(status, 0);
});

test('--max-lag waits until the lag is small enough', async () => {
  const replies = [tasksIn({ test: 'Running' }, 1000), tasksIn({ test: 'Running' }, 8500)];
  const { stdout, stderr, status } = await waits(replies, 'test --max-lag 1KiB');
  assert.match(stdout, /^test is running on w1/);
  assert.match(stderr, /w1: its lag is above 1KiB\n/);
  assert.equal(status, 0);
});

for (const [words, why] of [
  ['x* --for running', /^no task matches x\*\. .*The tasks are test\n$/],
  ['test --max-lag soon', /^invalid --max-lag "soon"\. Nothing was sent\. Use a duration such as 30s|does not report seconds/],
  ['test --for paused --max-lag 1MiB', /^--max-lag works with --for running, not with paused\. Nothing was sent/],
  ['a b --for running --any --all', /^--any and --all exclude each other\. Nothing was sent/],
  ['a b --for caught-up --flush', /^--flush works with one task\. Nothing was sent/],
] as const) {
  test(`wait ${words} is rejected`, async () => {
    const { stderr, status } = await waits([tasksIn({ test: 'Running' })], words);
    assert.match(stderr, why);
    assert.equal(status, 2);
  });
}

test('--exec runs a command at the end, with the result; its failure is reported and is a failure', async () => {
  const ran: unknown[] = [];
  const world = (status: number | undefined): World => ({
    runCommand: async (command, env) => {
      ran.push([command, env]);
      return status;
    },
  });
  const replies = [tasksIn({ test: 'Running' })];
  const line = 'test --for running --exec notify';
  assert.equal((await waits(replies, line, world(0))).status, 0);
  assert.deepEqual(ran, [['notify', { DMCTL_TASKS: 'test', DMCTL_RESULT: 'reached', DMCTL_REASON: 'test is running on w1' }]]);
  const failed = await waits(replies, line, world(3));
  assert.match(failed.stderr, /warning: the command of --exec ended with status 3\n$/);
  assert.equal(failed.status, 1);
  await waits([tasksIn({ test: 'Running' })], 'test --for finished --exec notify', world(0));
  assert.equal((ran.at(-1) as [string, { DMCTL_RESULT: string }])[1].DMCTL_RESULT, 'failed');
});
