// Bulk operations: the output for the user and the requests.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'js-yaml';
import { answer, type Reply, type Result, requestOf, requests, runProgram, type World, withMaster } from '../harness/run.ts';

type Master = Parameters<Parameters<typeof withMaster>[1]>[0];
type Call = Master['calls'][number];

const RUNNING = { stage: 'Running', unit: 'Sync' };
const HELD = { stage: 'Paused', unit: 'Sync' };
const BROKEN = { stage: 'Paused', unit: 'Sync', result: { errors: [{ Type: 'ExecSQL', msg: 'Error 1146' }] } };

/** An answer to query-status: the sub tasks of each worker, or the reason why it does not answer. */
function status(workers: Record<string, Record<string, object> | string>): Reply {
  return answer('QueryStatus', {
    result: true,
    workers: Object.entries(workers).map(([worker, runs]) =>
      typeof runs === 'string'
        ? { result: false, worker, msg: runs }
        : { result: true, worker, subTaskStatus: Object.entries(runs).map(([name, stands]) => ({ name, ...stands })) },
    ),
  });
}

const done = (worker = 'w1'): object => ({ meta: { result: true, worker }, op: 'Pause', logID: 1n });
const fine: Reply = answer('OperateTask', { op: 'Pause', result: true, workers: [done()] });
const refused: Reply = answer('OperateTask', {
  op: 'Pause',
  result: true,
  workers: [{ meta: { result: false, worker: 'w1', msg: '[code=38032:class=dm-master:scope=internal:level=high] operation not success' } }],
});

const THREE = status({ w1: { a: RUNNING, b: RUNNING, c: HELD } });
const standard = (method: string): Reply => (method === 'QueryStatus' ? THREE : fine);

async function once(
  argv: readonly string[],
  reply: (method: string, call: Call) => Reply | undefined | Promise<Reply | undefined> = standard,
  world: World = {},
): Promise<Result & { sent: ReturnType<typeof requests> }> {
  return await withMaster(reply, async (master) => {
    const result = await runProgram(['-master-addr', master.address, ...argv], world);
    return { ...result, sent: requests(master) };
  });
}

test('several names: one call per task, in order, a table of results, and no query of the cluster', async () => {
  const { stdout, stderr, status: left, sent } = await once(['pause-task', 'b', 'a', 'b', '--parallel', '1', '-w', 'w1']);
  assert.deepEqual(sent, [
    ['OperateTask', { op: 'Pause', name: 'b', workers: ['w1'] }],
    ['OperateTask', { op: 'Pause', name: 'a', workers: ['w1'] }],
  ]);
  assert.equal(stdout, 'TASK  WORKER  RESULT  MESSAGE\nb     w1      ✓ done\na     w1      ✓ done\n2 tasks: 2 done\n');
  assert.equal(stderr, 'pause-task for 2 tasks, one at a time:\n  b on w1\n  a on w1\n');
  assert.equal(left, 0);
});

test('one name without a pattern is the original call with its text, also with --parallel', async () => {
  for (const argv of [
    ['pause-task', 'a'],
    ['pause-task', 'a[b]', '--parallel', '3'],
  ]) {
    const { stdout, stderr, sent } = await once(argv);
    assert.deepEqual(sent, [['OperateTask', { op: 'Pause', name: argv[1] }]]);
    assert.match(stdout, /^\{\n {4}"op": "Pause",\n/);
    assert.equal(stderr, '');
  }
});

test('--all and a pattern query the cluster once, and report the tasks that stay unchanged', async () => {
  for (const what of ['--all', '*']) {
    const { stdout, stderr, sent } = await once(['pause-task', what, '--output', 'name']);
    assert.deepEqual(sent, [
      ['QueryStatus', {}],
      ['OperateTask', { op: 'Pause', name: 'a' }],
      ['OperateTask', { op: 'Pause', name: 'b' }],
    ]);
    assert.equal(stdout, 'a\nb\n');
    assert.equal(stderr, 'pause-task for 2 tasks:\n  a\n  b\nunchanged: c (Paused)\n');
  }
});

test('resume-task --problems skips sub tasks that a user paused, also of the same task', async () => {
  const stands = status({ w1: { bad: BROKEN, part: BROKEN, hand: HELD }, w2: { bad: BROKEN, part: HELD } });
  const { sent } = await once(['resume-task', '--problems', '--parallel', '1'], (method) => (method === 'QueryStatus' ? stands : fine));
  assert.deepEqual(sent.slice(1), [
    ['OperateTask', { op: 'Resume', name: 'bad' }],
    ['OperateTask', { op: 'Resume', name: 'part', workers: ['w1'] }],
  ]);
});

test('a failure comes first in the table, sets exit status 1, and does not stop the other calls', async () => {
  const reply = (method: string, call: Call): Reply => {
    if (method === 'QueryStatus') return status({ w1: { a: RUNNING, b: RUNNING, c: RUNNING, d: RUNNING } });
    const { name } = requestOf(call);
    if (name === 'a') return fine;
    if (name === 'b') return refused;
    return name === 'c' ? { status: { code: 14, text: 'gone' } } : answer('OperateTask', { result: false, msg: 'task d has no workers' });
  };
  const { stdout, status: left, sent } = await once(['pause-task', '--all'], reply);
  assert.equal(left, 1);
  assert.equal(sent.length, 5, 'each once, though one was Unavailable');
  assert.match(
    stdout,
    /^TASK {2}WORKER {2}RESULT {4}MESSAGE\nb +w1 +✗ failed {2}dm-master 38032\nc +✗ failed {2}rpc error: code = Unavailable.*\nd +✗ failed {2}task d has no workers\na +w1 +✓ done\n/,
  );
  assert.match(
    stdout,
    /\n✗ b on w1: 38032 dm-master: operation not success\n(?: {4}.*\n)*✗ c: .*gone\n✗ d: task d has no workers\n\n4 tasks: 3 failed, 1 done\n$/,
  );
  const json = await once(['pause-task', '--all', '--output', 'json'], reply);
  const values = JSON.parse(json.stdout);
  assert.deepEqual(values[0], {
    task: 'a',
    workers: [],
    answer: { op: 'Pause', result: true, msg: '', workers: [{ meta: { result: true, worker: 'w1', msg: '' }, op: 'Pause', logID: '1' }] },
  });
  assert.match(values[2].error, /^rpc error: code = Unavailable/);
  const lines = (await once(['pause-task', '--all', '--output', 'jsonl'], reply)).stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((l) => JSON.parse(l)),
    values,
  );
  assert.deepEqual(load((await once(['pause-task', '--all', '--output', 'yaml'], reply)).stdout), values);
  assert.equal(
    (await once(['pause-task', '--all', '--query', '$[*].task'], reply)).stdout,
    '[\n    "a",\n    "b",\n    "c",\n    "d"\n]\n',
  );
  assert.equal((await once(['pause-task', '--all', '--output', 'name'], reply)).stdout, 'a\n');
});

test('the number of parallel calls is limited, and the next one starts when one is done', async () => {
  const names = Array.from({ length: 9 }, (_, i) => `t${i}`);
  let under = 0;
  let most = 0;
  const held: (() => void)[] = [];
  const reply = (): Promise<Reply> =>
    new Promise((resolve) => {
      under += 1;
      most = Math.max(most, under);
      held.push(() => {
        under -= 1;
        resolve(fine);
      });
      // One call is released only when three are held back or no further one can arrive.
      if (held.length === 3 || seen() === names.length) for (const go of held.splice(0, seen() === names.length ? 3 : 1)) go();
    });
  let calls = 0;
  const seen = (): number => calls;
  const { status: left, sent } = await once(['pause-task', ...names, '--parallel', '3'], () => {
    calls += 1;
    return reply();
  });
  assert.equal(left, 0);
  assert.equal(most, 3);
  assert.deepEqual(sent.map(([, r]) => r.name).sort(), names);
});

test('Ctrl-C starts no further call and waits for none, and the table shows which were sent', async () => {
  let interrupt = (): void => {};
  let begun = 0;
  const reply = (_method: string, call: Call): Reply => {
    begun += 1;
    if (requestOf(call).name === 'a') return fine;
    if (begun === 3) setImmediate(interrupt);
    return { odd: 'hang' };
  };
  const world: World = { onStart: (press) => (interrupt = press) };
  const result = await once(['pause-task', 'a', 'b', 'c', 'd', '--parallel', '2'], reply, world);
  assert.deepEqual(
    result.sent.map(([, r]) => r.name),
    ['a', 'b', 'c'],
  );
  assert.match(result.stdout, /\nb +! unknown\nc +! unknown\nd += not sent\na +w1 +✓ done\n/);
  assert.match(result.stdout, /! 2 requests were sent, but their answers were not received\. Check with query-status/);
  assert.match(result.stderr, /interrupted\. The DM-master may still carry out the call\n$/);
  assert.equal(result.status, 130);
});

test('--timeout ends it in the same way, with status 3', async () => {
  const { stdout, status: left } = await once(['pause-task', 'a', 'b', '--timeout', '200ms', '--output', 'json'], () => ({ odd: 'hang' }));
  assert.equal(left, 3);
  assert.deepEqual(
    JSON.parse(stdout).map((v: { error: string }) => v.error),
    Array(2).fill('unknown: interrupted before the answer arrived'),
  );
});

test('an invalid bulk command sends nothing that changes the cluster', async () => {
  const cases: readonly [argv: string[], said: RegExp, status: number][] = [
    [['pause-task', '--all', 'a'], /^--all selects every task\. Nothing was sent\. Leave out the names or --all\n$/, 2],
    [['pause-task', 'a', 'b', '--parallel', '65'], /^Error: invalid --parallel "65": use a number from 1 to 64/, 2],
    [['pause-task', 'a', ''], /^the task name is empty/, 2],
    [['pause-task', 'x*'], /^no task matches x\*\. Nothing was sent\. The tasks are a, b, c\n$/, 2],
    [['pause-task', '--all', '-w', 'w9'], /^the DM-master has no worker w9\. Nothing was sent\. The workers are w1\n$/, 2],
    [['pause-task', '--problems'], /^Error: unknown flag: --problems\n/, 2],
    [['pause-task', '-worker', 'w1', 'a'], /^Error: -worker means -w orker here\. Write --worker\n/, 2],
    [['pause-task'], /^Error: pause-task takes at least 1 argument: <task_name> is missing\n/, 2],
    [
      ['-read-only', 'pause-task', 'a', 'b'],
      /^pause-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it\n$/,
      2,
    ],
    [['-confirm', 'pause-task', 'a', 'b'], /^pause-task must be confirmed, but there is no terminal/, 2],
  ];
  for (const [argv, said, left] of cases) {
    const result = await once(argv);
    assert.match(result.stderr, said);
    assert.equal(result.stdout, '');
    assert.equal(result.status, left);
    assert.deepEqual(
      result.sent.filter(([m]) => m !== 'QueryStatus'),
      [],
    );
  }
});

test('nothing to do is reported and is not a failure', async () => {
  const { stdout, stderr, status: left } = await once(['resume-task', '--problems']);
  assert.equal(stdout, 'nothing to do: no sub task is paused by an error\n');
  assert.equal(stderr, 'paused by a user, not by an error, and left unchanged:\n  c on w1\nunchanged: a (Running), b (Running)\n');
  assert.equal(left, 0);
  assert.equal((await once(['resume-task', '--problems', '--output', 'json'])).stdout, '[]\n');
});

test('a worker that does not answer is reported and sets exit status 1, because its sub tasks are unknown', async () => {
  const reply = (method: string): Reply => (method === 'QueryStatus' ? status({ w1: { a: RUNNING }, w2: 'down' }) : fine);
  const { stderr, status: left, sent } = await once(['pause-task', '--all'], reply);
  assert.match(stderr, /\nno answer from w2: its sub tasks are unknown\n$/);
  assert.deepEqual(sent.at(-1), ['OperateTask', { op: 'Pause', name: 'a', workers: ['w1'] }]);
  assert.equal(left, 1);
});

test('nothing is sent if the master does not report the state of the cluster', async () => {
  const no = await once(['stop-task', '--all'], () => answer('QueryStatus', { result: false, msg: 'not now' }));
  assert.deepEqual([no.stdout, no.stderr, no.status], ['', 'cannot list the tasks:\nnot now\n', 1]);
  const broken = await once(['stop-task', '--all'], () => ({ status: { code: 2, text: 'odd' } }));
  assert.match(broken.stderr, /^cannot list the tasks:\nrpc error: code = Unknown desc = odd\n/);
  assert.equal(broken.sent.length + no.sent.length, 2);
});

test('-quiet shows no plan; the progress bar on a terminal is erased at the end', async () => {
  assert.equal((await once(['pause-task', 'a', 'b', '--quiet'])).stderr, '');
  let go = (): void => {};
  const held = new Promise<Reply>((resolve) => (go = () => resolve(fine)));
  const reply = (_method: string, call: Call): Reply | Promise<Reply> => (requestOf(call).name === 'a' ? fine : held);
  const onWrite = (_stream: string, text: string): void => {
    if (text.includes('░')) go();
  };
  const { stderr } = await once(['pause-task', 'a', 'b'], reply, { tty: ['stderr'], onWrite });
  assert.ok(stderr.startsWith(`pause-task for 2 tasks:\n  a\n  b\n\r${'█'.repeat(10)}${'░'.repeat(10)} 1/2 pause-task `), stderr);
  assert.ok(stderr.endsWith('\r\u001b[K'));
});

test('warnings are looked up once for all tasks, and only if a person reads them', async () => {
  const locks = answer('ShowDDLLocks', { result: true, locks: ['a', 'x', 'b'].map((task) => ({ ID: `${task}-l`, task })) });
  const reply = (method: string): Reply => (method === 'ShowDDLLocks' ? locks : fine);
  const { stderr, sent } = await once(['stop-task', 'a', 'b', 'c'], reply, { tty: ['stderr'] });
  assert.deepEqual(
    sent.map(([m]) => m),
    ['ShowDDLLocks', 'OperateTask', 'OperateTask', 'OperateTask'],
  );
  assert.match(stderr, /\n {2}c\nwarning: the DDL lock a-l stays .*\n {2}.*\nwarning: the DDL lock b-l stays .*\n {2}.*\n/);
  assert.equal((await once(['stop-task', 'a', 'b', 'c'], reply)).sent.length, 3);
});

test('piped lines behave in the same way', async () => {
  const { stdout, sent } = await once([], standard, { stdin: 'pause-task a* b;\n' });
  assert.deepEqual(
    sent.map(([m]) => m),
    ['QueryStatus', 'OperateTask', 'OperateTask'],
  );
  assert.match(stdout, /\n2 tasks: 2 done\ndmctl exit\n$/);
});
