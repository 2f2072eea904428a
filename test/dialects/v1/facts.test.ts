// The facts in confirmations and hints, as observed on a real DM 1.0.1 cluster.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Reply, runProgram, withMaster } from '../../harness/run.ts';

const LOCK = { ID: 't-`a`.`b`', task: 't', owner: 'w1', DDLs: ['ALTER TABLE a'], synced: ['w1'], unsynced: ['w2'] };
const UP = { result: true, relayStatus: { stage: 'Running' } };
const subTask = (unit: string, stage: string, more = {}): object => ({ name: 't', unit, stage, ...more });

/** Answers to lookups and to the command itself. */
const ANSWERS: Readonly<Record<string, Reply>> = {
  ShowDDLLocks: answer('ShowDDLLocks', { result: true, locks: [LOCK] }),
  QueryStatus: answer('QueryStatus', { result: true, workers: [{ ...UP, worker: 'w1', subTaskStatus: [subTask('Sync', 'Running')] }] }),
};

/** The text on the standard error of a terminal, with questions, in one line. */
async function stderrOf(line: string, answers: Readonly<Record<string, Reply>> = {}): Promise<string> {
  return withMaster(
    (method) => answers[method] ?? ANSWERS[method],
    async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address, ...line.split(' ')], { tty: ['stderr'], columns: 10_000 });
      return stderr.replaceAll('\n', ' ');
    },
  );
}

/** The impact text of the question that harmful commands ask. */
async function impactOf(line: string): Promise<string> {
  const { v1 } = await import('../../../src/dialects/v1/index.ts');
  const { parse } = await import('../../../src/args/parse.ts');
  const invocation = parse(line.split(' '), { dialect: v1, builtins: [], topics: [] });
  assert.ok(invocation.kind === 'call');
  const given = invocation.parsed;
  const nothing = async (): Promise<void> => {};
  const context = { readText: async () => '', printRemark: nothing, warn: nothing, preview: nothing };
  const request = await invocation.command.request(given, context);
  const lines = await invocation.command.impact?.(given, request, async () => ({ locks: [LOCK] }));
  return (lines ?? []).join('\n');
}

const CONFIRMATIONS: readonly [line: string, ...facts: RegExp[]][] = [
  ['stop-task t', /sub tasks are removed/, /DDL locks of a stopped task stay in the DM-master/, /use pause-task/],
  ['purge-relay -w w1 -f mysql-bin.000002', /cannot be restored/, /does not check that the file exists/, /paused \(30037\)/],
  ['purge-relay -w w1 -s a.000001', /rejects this without --filename \(30039\)/],
  ['switch-relay-master -w w1', /must be paused \(otherwise 40039\)/, /GTIDs.*\(otherwise 30034\)/, /stays paused.*resume-relay/],
  ['migrate-relay w1 mysql-bin.000001 4', /pauses a running relay.*does not resume automatically/, /Each call.*11028/],
  [
    'unlock-ddl-lock t-`a`.`b`',
    /w1 executes its statements, and other workers that already wait at them skip them/,
    /Not there yet: w2\..*40061.*38025.*the lock is gone/,
    /creates a new lock and owns it\. .* with break-ddl-lock -w w2 --skip t$/m,
  ],
  ['unlock-ddl-lock -o w2 t-`a`.`b`', /w2 has not reached the statements\. The call fails \(38024\), and the lock stays/],
  ['unlock-ddl-lock -f t-`a`.`b`', /removed even if the owner does not execute/],
  [
    'break-ddl-lock -w w1 --skip t',
    /skip the statement/,
    /rejects this \(36059\)/,
    /lock in the DM-master stays, and the DM-master no longer resolves it/,
    /waits forever/,
    /unlock-ddl-lock --force-remove 't-`a`\.`b`'/,
  ],
  ['break-ddl-lock -w w1 -i t-`a`.`b` t', /Remove DDL lock t-`a`\.`b`.*still waits.*38024, 40061/],
  ['sql-skip -w w1 -b mysql-bin|000001.000001:4 t', /no effect on a DDL statement that DM cannot parse \(11006\).*filter rule/],
  ['sql-skip --sharding -s ~x t', /does not check that the task exists/],
];

for (const [line, ...facts] of CONFIRMATIONS) {
  test(`the confirmation of ${line}`, async () => {
    const text = await impactOf(line);
    for (const fact of facts) assert.match(text, fact);
    assert.doesNotMatch(text, /whether they have come that far or not/);
  });
}

const status = (...subTaskStatus: object[]): Reply =>
  answer('QueryStatus', { result: true, workers: [{ ...UP, worker: 'w1', subTaskStatus }] });
const handled = answer('HandleSQLs', { result: true, workers: [{ result: true }] });
const REFUSED = { errors: [{ Type: 'UnknownError', msg: '[code=10001:class=database:scope=downstream:level=high] no' }] };

const HINTS: readonly [line: string, answers: Readonly<Record<string, Reply>>, fact: RegExp][] = [
  [
    'pause-task t',
    { OperateTask: answer('OperateTask', { op: 'Pause', result: true }) },
    /^(?!.*Load).*hint: resume the task with resume-task t/,
  ],
  ['resume-task t', {}, /^(?!.*Load)/],
  ['stop-task t', {}, /^(?!.*Load)/],
  ['resume-task t', { QueryStatus: status(subTask('Load', 'Paused')) }, /warning: task t on w1 was paused in Load: .* dies at the end/],
  [
    'query-error t',
    { QueryStatus: status(subTask('InvalidUnit', 'Paused', { result: REFUSED })) },
    /did not start: query-error kills a DM-worker/,
  ],
  ['query-error t', { QueryStatus: status(subTask('InvalidUnit', 'Paused')) }, /was paused when its worker restarted: query-error kills/],
  ['sql-skip -w w1 -b mysql-bin.000001:4 t', { HandleSQLs: handled }, /has no effect: it lacks the suffix of the relay/],
  [
    'sql-inject -w w1 t CREATE TABLE a.b (id INT)',
    { HandleSQLs: handled },
    /fails after 30 s if the source is quiet or the task is paused/,
  ],
  ['stop-task t', {}, /the DDL lock t-`a`\.`b` stays in the DM-master\. .* with unlock-ddl-lock --force-remove 't-`a`\.`b`'/],
  [
    'migrate-relay w1 mysql-bin.000001 4',
    { MigrateWorkerRelay: answer('MigrateWorkerRelay', { result: true }) },
    /hint: the relay of w1 is paused and does not resume automatically: use resume-relay -w w1/,
  ],
  [
    'refresh-worker-tasks',
    {
      RefreshWorkerTasks: answer('RefreshWorkerTasks', {
        result: true,
        workers: [{ worker: 'w2', msg: '[code=38008:class=dm-master:scope=internal:level=high] grpc request error' }],
      }),
    },
    /w2 did not answer\. The DM-master leaves it out of its tasks until the next refresh/,
  ],
  [
    'unlock-ddl-lock x',
    {
      UnlockDDLLock: answer('UnlockDDLLock', {
        result: false,
        workers: [{ result: false, worker: 'w2', msg: '[code=40061:class=dm-worker:scope=internal:level=high] not found' }],
      }),
    },
    /w2 has not reached the statements\. When it reaches them, it creates a new lock and owns it/,
  ],
];

for (const [line, answers, fact] of HINTS)
  test(`the hint or warning of ${line}: ${fact.source.slice(0, 40)}`, async () => assert.match(await stderrOf(line, answers), fact));

test('update-relay with an unreachable upstream warns of query-status, which kills the worker', async () => {
  const msg =
    '[code=10001:class=database:scope=upstream:level=high] database driver error: dial tcp 127.0.0.1:1: connect: connection refused';
  const reply = answer('UpdateWorkerRelayConfig', { result: false, worker: 'w1', msg });
  await withMaster(
    () => reply,
    async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address, 'update-relay', '-w', 'w1', 'w.toml'], {
        tty: ['stderr'],
        files: { 'w.toml': 'source-id = "a"\n' },
      });
      assert.match(stderr.replace(/\s+/g, ' '), /do not use query-status yet: it kills a DM-worker 1\.0\.1/);
    },
  );
});

test('update-master-config warns of what the DM-master does with the file', async () => {
  await withMaster(
    () => answer('UpdateMasterConfig', { result: true }),
    async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address, 'update-master-config', 'm.toml'], {
        tty: ['stderr'],
        files: { 'm.toml': 'x = 1\n' },
      });
      assert.match(stderr, /overwrites its file before it checks/);
      assert.match(stderr, /removes workers by source-id/);
    },
  );
});
