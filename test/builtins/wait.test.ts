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
