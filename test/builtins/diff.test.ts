// diff: a task file and the running task.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Reply, type Result, requests, runProgram, withMaster } from '../harness/run.ts';

const FILE = 'name: t\ntask-mode: all\nis-sharding: true\nmysql-instances:\n  - source-id: s1\n  - source-id: s2\n';

interface Runs {
  readonly worker: string;
  readonly source: string;
  readonly task?: string;
  readonly stage?: string;
  readonly unit?: string;
  readonly lock?: string;
  readonly down?: string;
}

const status = (...all: Runs[]): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: all.map(({ worker, source, task = 't', stage = 'Running', unit = 'Sync', lock = '', down }) =>
      down
        ? { result: false, worker, msg: down }
        : {
            result: true,
            worker,
            sourceID: source,
            subTaskStatus: task ? [{ name: task, stage, unit, unresolvedDDLLockID: lock }] : [],
          },
    ),
  });

async function diff(file: string, reply: Reply, ...flags: string[]): Promise<Result> {
  return await withMaster(
    () => reply,
    async (master) => {
      const result = await runProgram(['-master-addr', master.address, 'diff', 't.yaml', ...flags], { files: { 't.yaml': file } });
      for (const request of requests(master)) assert.deepEqual(request, ['QueryStatus', {}]);
      return result;
    },
  );
}

/** "what verdict" of each row. */
async function verdicts(file: string, reply: Reply): Promise<[status: number, string[]]> {
  const { stdout, status: left } = await diff(file, reply, '--output', 'json');
  return [left, JSON.parse(stdout).compared.map((c: { what: string; verdict: string }) => `${c.what} ${c.verdict}`)];
}

const W1: Runs = { worker: 'w1', source: 's1' };
const W2: Runs = { worker: 'w2', source: 's2' };

test('a task that runs as in the file has no difference, and the output names what is not compared', async () => {
  const { stdout, stderr, status: left } = await diff(FILE, status(W1, { ...W2, unit: 'Load', lock: 'l' }));
  assert.match(
    stdout,
    /^WHAT +RESULT +FILE +CLUSTER\ntask +✓ same +t +t\nsource s1 +✓ same +s1 +Running on w1\nsource s2 +✓ same +s2 +Running on w2\n/,
  );
  assert.match(stdout, /\ntask-mode +✓ same +all +in Load, Sync\nis-sharding +✓ same +true +has DDL locks\n/);
  assert.match(
    stdout,
    /\n! DM 1\.0 does not report the configuration with which a task was started\. .* are not compared\n\ntask t: no difference in what DM reports\n$/,
  );
  assert.deepEqual([stderr, left], ['', 0]);
});

test('a difference ends with status 1', async () => {
  const same = ['task same', 'source s1 same', 'source s2 same'];
  const cases: readonly [file: string, reply: Reply, rows: string[]][] = [
    [FILE, status({ ...W1, task: '' }, { ...W2, task: 'u' }), ['task differs']],
    [FILE, status({ ...W1, task: '' }), ['task differs', 'source s2 differs']],
    [FILE, status(W1, { ...W2, task: '' }), ['task same', 'source s1 same', 'source s2 differs', 'task-mode open', 'is-sharding open']],
    [FILE, status(W1, { ...W2, down: 'away' }), ['task same', 'source s1 same', 'source s2 differs', 'task-mode open', 'is-sharding open']],
    [FILE, status(W1, W2, { worker: 'w3', source: 's3' }), [...same, 'source s3 differs', 'task-mode open', 'is-sharding open']],
    [FILE.replace('all', 'full'), status(W1, W2), [...same, 'task-mode differs', 'is-sharding open']],
    [FILE.replace('all', 'incremental'), status(W1, { ...W2, unit: 'Load' }), [...same, 'task-mode differs', 'is-sharding open']],
    [FILE, status(W1, { ...W2, unit: 'Load', stage: 'Finished' }), [...same, 'task-mode differs', 'is-sharding open']],
    [FILE.replace('task-mode: all\n', ''), status(W1, W2), [...same, 'task-mode differs', 'is-sharding open']],
    [FILE.replace('true', 'false'), status({ ...W1, lock: 'l' }, W2), [...same, 'task-mode open', 'is-sharding differs']],
  ];
  for (const [file, reply, rows] of cases) assert.deepEqual(await verdicts(file, reply), [1, rows]);
});

test('a value that DM does not report is not a difference', async () => {
  const finished = { stage: 'Finished', unit: 'Load' };
  const full = status({ ...W1, ...finished }, { ...W2, ...finished });
  assert.deepEqual(await verdicts(FILE.replace('all', 'full'), full), [
    0,
    ['task same', 'source s1 same', 'source s2 same', 'task-mode same', 'is-sharding open'],
  ]);
});

test('a failed comparison ends with status 2', async () => {
  const cases: readonly [file: string, reply: Reply, message: RegExp][] = [
    ['name: [', status(W1), /^the file is not valid YAML \(line \d+, column \d+: .*\)\. Nothing was compared\n$/],
    ['a: 1', status(W1), /^the file has no task name/],
    ['- a', status(W1), /^the file is not a task file/],
    ['', status(W1), /the file is empty/],
    [FILE, answer('QueryStatus', { result: false, msg: 'not now' }), /^cannot query the state of the task:\nnot now\n$/],
    [FILE, { status: { code: 2, text: 'odd' } }, /^cannot query the state of the task:\nrpc error: code = Unknown desc = odd\n/],
  ];
  for (const [file, reply, message] of cases) {
    const { stdout, stderr, status: left } = await diff(file, reply);
    assert.match(stderr, message);
    assert.deepEqual([stdout, left], ['', 2]);
  }
});
