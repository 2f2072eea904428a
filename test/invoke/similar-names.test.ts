// Names that the DM-master does not have: standard error suggests similar ones, on a terminal.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { answer, type Reply, requests, runProgram, type World, withMaster } from '../harness/run.ts';

const LOCK = 'crm-`shop`.`t_all`';
const QUERY: Reply = answer('QueryStatus', {
  result: true,
  workers: [
    { result: true, worker: '10.0.0.1:8262', sourceID: 'mysql-01', subTaskStatus: [{ name: 'crm', stage: 'Running' }] },
    { result: true, worker: '10.0.0.2:8262', sourceID: 'mysql-02', subTaskStatus: [{ name: 'billing', stage: 'Running' }] },
  ],
});
const LOCKS: Reply = answer('ShowDDLLocks', { result: true, locks: [{ ID: LOCK, task: 'crm' }] });

const noTask = (name: string): string => `task ${name} has no workers or not exist, can try \`refresh-worker-tasks\` cmd first`;

/** Runs a command whose answer is given; every other call is answered with the names of the cluster. */
async function runs(line: string, method: string, reply: Reply, world: World = {}) {
  return await withMaster(
    (called, { request }) => {
      const all = called === 'QueryStatus' && request.length === 0;
      if (called === method && !all) return reply;
      return called === 'ShowDDLLocks' ? LOCKS : QUERY;
    },
    async (master) => {
      const ran = await runProgram(['-master-addr', master.address, ...line.split(' ')], { tty: ['stderr'], columns: 200, ...world });
      return { ...ran, calls: requests(master) };
    },
  );
}

const REJECTED: readonly [line: string, method: string, answer: object, hint: string][] = [
  ['query-status crmm', 'QueryStatus', { result: false, msg: noTask('crmm') }, 'did you mean "crm"?'],
  ['resume-task biling', 'OperateTask', { result: false, msg: noTask('biling') }, 'did you mean "billing"?'],
  [
    'query-status -w 10.0.0.1:8262 crmm',
    'QueryStatus',
    {
      result: true,
      workers: [{ result: true, worker: '10.0.0.1:8262', subTaskStatus: [{ msg: 'no sub task with name crmm has started' }] }],
    },
    'did you mean "crm"?',
  ],
  [
    'query-error -w 10.0.0.1:8263 crm',
    'QueryError',
    { result: false, msg: '10.0.0.1:8263 relevant worker-client not found' },
    'did you mean "10.0.0.1:8262" or "10.0.0.2:8262"?',
  ],
  [
    'break-ddl-lock --skip -w mysql-02 crm',
    'BreakWorkerDDLLock',
    { result: true, workers: [{ result: false, worker: 'mysql-02', msg: 'worker mysql-02 relevant worker-client not found' }] },
    'did you mean "10.0.0.2:8262"?',
  ],
  [
    'sql-skip -w 10.0.0.1:8262 -s x crmm',
    'HandleSQLs',
    { result: false, msg: 'task crmm and worker 10.0.0.1:8262 not match, can try `refresh-worker-tasks` cmd first' },
    'did you mean "crm"?',
  ],
  [
    'unlock-ddl-lock crm-shop.t_all',
    'UnlockDDLLock',
    { result: false, msg: '[code=38019:class=dm-master:scope=internal:level=high] lock with ID crm-shop.t_al not found\n\tstack' },
    `did you mean "${LOCK}"?`,
  ],
  [
    'check-task t.yaml',
    'CheckTask',
    { result: false, msg: '[code=20031:class=config:scope=internal:level=high] source mysql-1 in deployment configuration not found' },
    'did you mean "mysql-01" or "mysql-02"?',
  ],
];

for (const [line, method, rejection, hint] of REJECTED) {
  test(`${line}: ${hint}`, async () => {
    const { stdout, stderr, calls } = await runs(line, method, answer(method as 'OperateTask', rejection), {
      files: { 't.yaml': 'name: t\n' },
    });
    assert.ok(stderr.split('\n').includes(`hint: ${hint}`), stderr);
    assert.ok(!stdout.includes('did you mean'));
    const changes = calls.filter(([m]) => m === method && method !== 'QueryStatus');
    assert.ok(changes.length <= 1, 'the command itself is called once');
    assert.deepEqual(
      [...new Set(calls.map(([m]) => m))].filter((m) => !['QueryStatus', 'ShowDDLLocks', method].includes(m)),
      [],
    );
  });
}

test('names of several tasks: each unknown one with its suggestion', async () => {
  const { stderr, stdout } = await withMaster(
    (method, call) => {
      if (method === 'QueryStatus') return QUERY;
      if (method === 'ShowDDLLocks') return LOCKS;
      const name = /crmm|biling/.exec(call.request.toString('latin1'))?.[0] ?? '';
      return answer('OperateTask', { result: false, msg: noTask(name) });
    },
    (master) => runProgram(['-master-addr', master.address, '-yes', 'pause-task', 'crmm', 'biling'], { tty: ['stderr'], columns: 200 }),
  );
  assert.match(stderr, /^hint: crmm: did you mean "crm"\?\nhint: biling: did you mean "billing"\?$/m);
  assert.ok(!stdout.includes('did you mean'));
});

test('nothing is suggested, and nothing more is sent, for a name that is known, in a pipe, with --quiet or for programs', async () => {
  const rejected = answer('OperateTask', { result: false, msg: noTask('crmm') });
  for (const [line, world] of [
    ['pause-relay -w crmm', { tty: [] }],
    ['update-relay --quiet -w x t.toml', {}],
    ['-output json refresh-worker-tasks', {}],
  ] as const) {
    const method = { p: 'OperateWorkerRelayTask', u: 'UpdateWorkerRelayConfig', '-': 'RefreshWorkerTasks' }[line[0] as 'p'];
    const { stderr, calls } = await runs(line, method, rejected, { files: { 't.toml': 'source-id = "a"\n' }, ...world });
    assert.doesNotMatch(stderr, /did you mean/);
    assert.deepEqual(
      calls.map(([m]) => m),
      [method],
      line,
    );
  }
  const known = await runs('resume-task crm', 'OperateTask', answer('OperateTask', { result: false, msg: noTask('crm') }));
  assert.doesNotMatch(known.stderr, /did you mean/);
});

test('a pattern or a worker that the plan does not find', async () => {
  const task = await runs('resume-task --problems crmm', 'OperateTask', QUERY);
  assert.match(task.stderr, /^no task matches crmm\. .*\. Did you mean "crm"\?\n$/);
  const worker = await runs('resume-task --problems -w 10.0.0.3:8262', 'OperateTask', QUERY);
  assert.match(worker.stderr, /has no worker 10\.0\.0\.3:8262\. .*\. Did you mean "10\.0\.0\.1:8262" or "10\.0\.0\.2:8262"\?\n$/);
});

test('wait says at once that no worker has the task, and waits', async () => {
  let asked = 0;
  const started = answer('QueryStatus', {
    result: true,
    workers: [{ result: true, worker: '10.0.0.1:8262', subTaskStatus: [{ name: 'crmm', stage: 'Running', unit: 'Sync', sync: {} }] }],
  });
  const { stderr, status } = await withMaster(
    () => (asked++ === 0 ? QUERY : started),
    (master) =>
      runProgram(['-master-addr', master.address, 'wait', 'crmm', '--for', 'running', '--interval', '0.2'], {
        tty: ['stderr'],
        columns: 200,
      }),
  );
  assert.match(stderr, /hint: no worker has the task crmm: did you mean "crm"\?\n/);
  assert.equal(status, 0);
});

test('DM 2.0 and later: similar tasks, sources, workers and locks are suggested', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0' });
  const world: World = { tty: ['stderr'], columns: 200, files: { 'task.yaml': SAMPLE_TASK } };
  const run = async (line: string): Promise<string> =>
    (await runProgram(['-master-addr', sandbox.address, '-yes', ...line.split(' ')], world)).stderr;
  try {
    await run('start-task task.yaml');
    assert.match(await run('pause-task dmo'), /^hint: did you mean "demo"\?$/m);
    assert.match(await run('query-status dmo'), /^hint: did you mean "demo"\?$/m);
    assert.match(await run('pause-relay -s mysql-replica-1'), /^hint: did you mean "mysql-replica-01"(?: or "mysql-replica-02")?\?$/m);
    assert.match(await run('transfer-source mysql-replica-01 workr1'), /^hint: did you mean "worker1"(?: or "worker2")?\?$/m);
    assert.doesNotMatch(await run('pause-task demo'), /did you mean/);
  } finally {
    await sandbox.close();
  }
});
