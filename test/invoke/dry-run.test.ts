// --dry-run shows the request and sends nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1 } from '../../src/dialects/v1/index.ts';
import { answer, type Result, requests, runProgram, withMaster } from '../harness/run.ts';

const TASK = '# password: old\r\nname: t\ntarget-database: {user: root, password: abc, port: 1}\nmysql: "ä\u{1f600}"';
const files = { 't.yaml': TASK, 'c.toml': 'from.password = "abc"\n' };

/** One line per command, and its request in -output json without empty fields. */
const LINES: readonly [argv: string[], method: string, request: Record<string, unknown>][] = [
  [['start-task', 't.yaml'], 'StartTask', { task: TASK.replace('old', '******').replace('abc', '******') }],
  [['update-task', 't.yaml', '-w', 'a'], 'UpdateTask', { task: TASK.replace('old', '******').replace('abc', '******'), workers: ['a'] }],
  [['stop-task', 't'], 'OperateTask', { op: 'Stop', name: 't' }],
  [['pause-task', 't', '-w', 'a,b'], 'OperateTask', { op: 'Pause', name: 't', workers: ['a', 'b'] }],
  [['resume-task', 't'], 'OperateTask', { op: 'Resume', name: 't' }],
  [['refresh-worker-tasks'], 'RefreshWorkerTasks', {}],
  [['sql-skip', '-w', 'a', '-b', 'f:4', 't'], 'HandleSQLs', { op: 'SKIP', name: 't', worker: 'a', binlogPos: 'f:4' }],
  [
    ['sql-replace', '-w', 'a', '-s', '~x', 't', 'DROP TABLE a; DROP TABLE b;'],
    'HandleSQLs',
    { op: 'REPLACE', name: 't', worker: 'a', sqlPattern: '~x', args: ['DROP TABLE a;', ' DROP TABLE b;'] },
  ],
  [['sql-inject', '-w', 'a', 't', 'DROP TABLE a'], 'HandleSQLs', { op: 'INJECT', name: 't', worker: 'a', args: ['DROP TABLE a'] }],
  [['unlock-ddl-lock', 'l'], 'UnlockDDLLock', { ID: 'l' }],
  [['break-ddl-lock', '-w', 'a', 't', '-e'], 'BreakWorkerDDLLock', { workers: ['a'], task: 't', execDDL: true }],
  [['switch-relay-master', '-w', 'a'], 'SwitchWorkerRelayMaster', { workers: ['a'] }],
  [['pause-relay', '-w', 'a'], 'OperateWorkerRelayTask', { op: 'PauseRelay', workers: ['a'] }],
  [['resume-relay', '-w', 'a'], 'OperateWorkerRelayTask', { op: 'ResumeRelay', workers: ['a'] }],
  [['update-master-config', 'c.toml'], 'UpdateMasterConfig', { config: 'from.password = "******"\n' }],
  [['update-relay', 'c.toml', '-w', 'a'], 'UpdateWorkerRelayConfig', { config: 'from.password = "******"\n', worker: 'a' }],
  [['purge-relay', '-w', 'a', '-f', 'b.2'], 'PurgeWorkerRelay', { workers: ['a'], filename: 'b.2' }],
  [['migrate-relay', 'a', 'b.2', '4'], 'MigrateWorkerRelay', { worker: 'a', BinlogName: 'b.2', BinlogPos: 4 }],
];

async function dry(argv: readonly string[]): Promise<Result & { address: string }> {
  return await withMaster(undefined, async (master) => {
    const result = await runProgram(['-master-addr', master.address, '-read-only', ...argv, '--dry-run'], { files });
    assert.deepEqual(master.calls, [], argv.join(' '));
    return { ...result, address: master.address };
  });
}

for (const [argv, method, request] of LINES) {
  test(`${argv[0]} --dry-run shows ${method} and sends nothing`, async () => {
    const json = await dry([...argv, '--output', 'json']);
    const value = JSON.parse(json.stdout);
    const filled = Object.entries(value.request).filter(([, v]) => v !== '' && v !== false && !(Array.isArray(v) && v.length === 0));
    assert.deepEqual([value.method, Object.fromEntries(filled)], [method, request]);
    const { stdout, status, address } = await dry(argv);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`${method} to ${address}. Nothing was sent\n`));
    for (const part of Object.values(request).flat()) assert.ok(stdout.includes(String(part).trim()), String(part));
  });
}

test('exactly the commands that change the cluster have it', () => {
  for (const { name, mutating, flags } of v1.commands) {
    assert.equal(
      flags.some((f) => f.name === 'dry-run'),
      mutating,
      name,
    );
    assert.equal(
      LINES.some(([argv]) => argv[0] === name),
      mutating,
      name,
    );
  }
});

test('a file is shown exactly except for its passwords, and SQL has one line per statement', async () => {
  const { stdout, address } = await dry(['start-task', 't.yaml', '-w', 'a,b']);
  const masked = TASK.replace('old', '******').replace('abc', '******');
  assert.equal(stdout, `StartTask to ${address}. Nothing was sent\n  workers  a\n           b\n  task:\n\n${masked}\n`);
  const sql = await dry(['sql-replace', '-w', 'a', '-b', 'f:4', 't', 'DROP TABLE a;\nDROP TABLE b;']);
  assert.match(sql.stdout, /\n {2}args {7}DROP TABLE a;\n {13}DROP TABLE b;\n/);
});

test('invalid input is rejected as usual', async () => {
  const { stdout, stderr, status } = await dry(['purge-relay', '-w', 'a']);
  assert.equal(stdout, '');
  assert.match(stderr, /^no relay log file was given/);
  assert.equal(status, 2);
});

test('a bulk command shows its plan without carrying it out, and each call in JSON', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `t${i}`);
  const { stdout, stderr } = await dry(['stop-task', ...names]);
  assert.equal(stdout, `stop-task for 12 tasks, at most 4 at a time:\n${names.map((n) => `  ${n}\n`).join('')}Nothing was sent\n`);
  assert.equal(stderr, '');
  const { stdout: json } = await dry(['pause-task', 'a', 'b', '-w', 'w', '--output', 'jsonl']);
  assert.deepEqual(
    json
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l)),
    ['a', 'b'].map((name) => ({ method: 'OperateTask', request: { op: 'Pause', name, workers: ['w'] } })),
  );
  const stands = answer('QueryStatus', {
    result: true,
    workers: [{ result: true, worker: 'w', subTaskStatus: [{ name: 'a', stage: 'Running', unit: 'Sync' }] }],
  });
  await withMaster(
    () => stands,
    async (master) => {
      const { stdout: all } = await runProgram(['-master-addr', master.address, 'pause-task', '--all', '--dry-run']);
      assert.equal(all, 'pause-task for 1 task:\n  a\nNothing was sent\n');
      assert.deepEqual(requests(master), [['QueryStatus', {}]]);
    },
  );
});
