// One table for each of two releases: a line and its request, or the message instead. Every command must be in it.

import assert from 'node:assert/strict';
import type net from 'node:net';
import { describe, test } from 'node:test';
import { parseRelease } from '../../../src/command/release.ts';
import { dialectFor } from '../../../src/dialects/v2/index.ts';
import { schemaFor } from '../../../src/dialects/v2/schema.ts';
import type { Schema } from '../../../src/wire/schema.ts';
import { answerIn, type Reply, requestsIn, runProgram, type Self, withMaster } from '../../harness/run.ts';

const TASK = 'name: t\ntask-mode: all\ntarget-database: {host: h, port: 4000, user: root}\nmysql-instances:\n  - source-id: s\n';
const SOURCE = 'source-id: s\nfrom: {host: h, port: 3306, user: root}\n';
const files = {
  't.yaml': TASK,
  's.yaml': SOURCE,
  't.sql': 'CREATE TABLE t (a INT)',
  'tls-only.yaml':
    'name: t\ntask-mode: all\ntarget-database: {host: h, port: 4000, user: root, security: {ssl-ca: nosuch.pem}}\nmysql-instances:\n  - source-id: s\n',
};

type Sent = readonly [line: string, method: string, request: Record<string, unknown>];

/** Lines and the one request that each makes: [method, fields]. */
const SENT_2_0_7: readonly Sent[] = [
  ['start-task t.yaml', 'StartTask', { task: TASK }],
  ['start-task -s a,b --remove-meta t.yaml', 'StartTask', { task: TASK, sources: ['a', 'b'], removeMeta: true }],
  ['stop-task t', 'OperateTask', { op: 'Stop', name: 't' }],
  ['stop-task -s a t', 'OperateTask', { op: 'Stop', name: 't', sources: ['a'] }],
  ['pause-task t', 'OperateTask', { op: 'Pause', name: 't' }],
  ['resume-task -s a t', 'OperateTask', { op: 'Resume', name: 't', sources: ['a'] }],
  ['check-task t.yaml', 'CheckTask', { task: TASK, errCnt: 10n, warnCnt: 10n }],
  ['check-task -e 1 -w 2 t.yaml', 'CheckTask', { task: TASK, errCnt: 1n, warnCnt: 2n }],
  ['query-status', 'QueryStatus', {}],
  ['query-status t', 'QueryStatus', { name: 't' }],
  ['query-status -s a', 'QueryStatus', { sources: ['a'] }],
  ['query-status --more', 'QueryStatus', {}],
  ['show-ddl-locks', 'ShowDDLLocks', {}],
  ['show-ddl-locks -s a t', 'ShowDDLLocks', { task: 't', sources: ['a'] }],
  ['unlock-ddl-lock -o a -f l', 'UnlockDDLLock', { ID: 'l', replaceOwner: 'a', forceRemove: true }],
  ['pause-relay -s a', 'OperateWorkerRelayTask', { op: 'PauseRelay', sources: ['a'] }],
  ['resume-relay -s a,b', 'OperateWorkerRelayTask', { op: 'ResumeRelay', sources: ['a', 'b'] }],
  ['purge-relay -s a -f f.000001', 'PurgeWorkerRelay', { sources: ['a'], filename: 'f.000001' }],
  ['purge-relay -s a -f f --sub-dir d', 'PurgeWorkerRelay', { sources: ['a'], filename: 'f', subDir: 'd' }],
  ['operate-source create s.yaml', 'OperateSource', { op: 'StartSource', config: [SOURCE] }],
  ['operate-source update s.yaml', 'OperateSource', { op: 'UpdateSource', config: [SOURCE] }],
  ['operate-source stop s', 'OperateSource', { op: 'StopSource', sourceID: ['s'] }],
  ['operate-source show', 'OperateSource', { op: 'ShowSource' }],
  ['offline-member --worker --name w', 'OfflineMember', { type: 'worker', name: 'w' }],
  ['offline-member --master --name m', 'OfflineMember', { type: 'master', name: 'm' }],
  ['operate-leader evict', 'OperateLeader', { op: 'EvictLeaderOp' }],
  ['operate-leader cancel-evict', 'OperateLeader', { op: 'CancelEvictLeaderOp' }],
  ['list-member', 'ListMember', {}],
  ['list-member --leader --name a,b', 'ListMember', { leader: true, names: ['a', 'b'] }],
  [
    'operate-schema get -s a t -d d -t b',
    'OperateSchema',
    { op: 'GetSchema', task: 't', sources: ['a'], database: 'd', table: 'b', flush: true },
  ],
  [
    'operate-schema set -s a t -d d -t b t.sql',
    'OperateSchema',
    { op: 'SetSchema', task: 't', sources: ['a'], database: 'd', table: 'b', schema: 'CREATE TABLE t (a INT)', flush: true },
  ],
  [
    'operate-schema remove -s a t -d d -t b',
    'OperateSchema',
    { op: 'RemoveSchema', task: 't', sources: ['a'], database: 'd', table: 'b', flush: true },
  ],
  ['get-config task t', 'GetCfg', { type: 'TaskType', name: 't' }],
  ['get-config source s', 'GetCfg', { type: 'SourceType', name: 's' }],
  ['handle-error t skip', 'HandleError', { op: 'Skip', task: 't' }],
  [
    'handle-error -s a -b f.000001:4 t replace ALTER TABLE a.b ADD COLUMN c INT;',
    'HandleError',
    { op: 'Replace', task: 't', sources: ['a'], binlogPos: 'f.000001:4', sqls: ['ALTER TABLE a.b ADD COLUMN c INT'] },
  ],
  ['handle-error t revert', 'HandleError', { op: 'Revert', task: 't' }],
  ['transfer-source s w', 'TransferSource', { source: 's', worker: 'w' }],
  ['start-relay -s s w1 w2', 'OperateRelay', { op: 'StartRelayV2', source: 's', worker: ['w1', 'w2'] }],
  ['stop-relay -s s w1', 'OperateRelay', { op: 'StopRelayV2', source: 's', worker: ['w1'] }],
];

const SENT_8_5: readonly Sent[] = [
  ['start-task t.yaml', 'StartTask', { task: TASK }],
  [
    'start-task --remove-meta --start-time "2024-01-02 03:04:05" t.yaml',
    'StartTask',
    { task: TASK, removeMeta: true, startTime: '2024-01-02 03:04:05' },
  ],
  ['stop-task t', 'OperateTask', { op: 'Delete', name: 't' }],
  ['pause-task -s a t', 'OperateTask', { op: 'Pause', name: 't', sources: ['a'] }],
  [
    'check-task --start-time 2024-01-02T03:04:05 t.yaml',
    'CheckTask',
    { task: TASK, errCnt: 10n, warnCnt: 10n, startTime: '2024-01-02T03:04:05' },
  ],
  ['query-status -s a t', 'QueryStatus', { name: 't', sources: ['a'] }],
  ['shard-ddl-lock', 'ShowDDLLocks', {}],
  ['shard-ddl-lock t', 'ShowDDLLocks', { task: 't' }],
  [
    'shard-ddl-lock unlock l --action exec -s a -d d -t b',
    'UnlockDDLLock',
    { ID: 'l', op: 'ExecLock', sources: ['a'], database: 'd', table: 'b' },
  ],
  ['shard-ddl-lock unlock -o a -f l', 'UnlockDDLLock', { ID: 'l', replaceOwner: 'a', forceRemove: true, op: 'SkipLock' }],
  ['operate-source create s.yaml', 'OperateSource', { op: 'StartSource', config: [SOURCE] }],
  ['operate-source create s.yaml -w w', 'OperateSource', { op: 'StartSource', config: [SOURCE], workerName: 'w' }],
  ['operate-source stop s', 'OperateSource', { op: 'StopSource', sourceID: ['s'] }],
  ['operate-source show -s a', 'OperateSource', { op: 'ShowSource', sourceID: ['a'] }],
  ['binlog skip t', 'HandleError', { op: 'Skip', task: 't' }],
  ['binlog skip -b f.000001:4 -s a t', 'HandleError', { op: 'Skip', task: 't', sources: ['a'], binlogPos: 'f.000001:4' }],
  [
    'binlog replace t ALTER TABLE a.b ADD COLUMN c INT',
    'HandleError',
    { op: 'Replace', task: 't', sqls: ['ALTER TABLE a.b ADD COLUMN c INT'] },
  ],
  ['binlog revert t', 'HandleError', { op: 'Revert', task: 't' }],
  [
    'binlog inject -s a t "ALTER TABLE a.b ADD COLUMN c INT;"',
    'HandleError',
    { op: 'Inject', task: 't', sources: ['a'], sqls: ['ALTER TABLE a.b ADD COLUMN c INT'] },
  ],
  ['binlog list t', 'HandleError', { op: 'List', task: 't' }],
  ['binlog-schema list t d b -s a', 'OperateSchema', { op: 'GetSchema', task: 't', sources: ['a'], database: 'd', table: 'b' }],
  [
    'binlog-schema update t d b t.sql',
    'OperateSchema',
    { op: 'SetSchema', task: 't', database: 'd', table: 'b', schema: 'CREATE TABLE t (a INT)', flush: true, sync: true },
  ],
  [
    'binlog-schema update t d b --from-source',
    'OperateSchema',
    { op: 'SetSchema', task: 't', database: 'd', table: 'b', flush: true, sync: true, fromSource: true },
  ],
  ['binlog-schema delete t d b', 'OperateSchema', { op: 'RemoveSchema', task: 't', database: 'd', table: 'b' }],
  ['config task t', 'GetCfg', { type: 'TaskType', name: 't' }],
  ['config source s', 'GetCfg', { type: 'SourceType', name: 's' }],
  ['config master m', 'GetCfg', { type: 'MasterType', name: 'm' }],
  ['config worker w', 'GetCfg', { type: 'WorkerType', name: 'w' }],
  ['config task-template t', 'GetCfg', { type: 'TaskTemplateType', name: 't' }],
  ['validation start t', 'StartValidation', { taskName: 't' }],
  ['validation start --all-task', 'StartValidation', {}],
  [
    'validation start -s a --mode full --start-time "2024-01-02 03:04:05" t',
    'StartValidation',
    { sources: ['a'], taskName: 't', mode_value: 'full', start_time_value: '2024-01-02 03:04:05' },
  ],
  ['validation stop t', 'StopValidation', { taskName: 't' }],
  ['validation status --table-stage running t', 'GetValidationStatus', { taskName: 't', filterStatus: 'Running' }],
  ['validation show-error --error all t', 'GetValidationError', { errState: 'InvalidErr', taskName: 't' }],
  ['validation ignore-error t 1', 'OperateValidationError', { op: 'IgnoreErrOp', taskName: 't', errId: 1n }],
  ['validation ignore-error t --all', 'OperateValidationError', { op: 'IgnoreErrOp', isAllError: true, taskName: 't' }],
  ['validation resolve-error t 2', 'OperateValidationError', { op: 'ResolveErrOp', taskName: 't', errId: 2n }],
  ['validation clear-error t 3', 'OperateValidationError', { op: 'ClearErrOp', taskName: 't', errId: 3n }],
  [
    'validation update t --cutover-binlog-pos "(mysql-bin.000001, 4)"',
    'UpdateValidation',
    { taskName: 't', binlogPos: '(mysql-bin.000001, 4)' },
  ],
  ['encrypt secret', 'Encrypt', { plaintext: 'secret' }],
  ['start-relay -s s', 'OperateRelay', { op: 'StartRelayV2', source: 's' }],
  ['stop-relay -s s', 'OperateRelay', { op: 'StopRelayV2', source: 's' }],
  ['transfer-source s w', 'TransferSource', { source: 's', worker: 'w' }],
  ['purge-relay -s a -f f', 'PurgeWorkerRelay', { sources: ['a'], filename: 'f' }],
  ['resume-task t', 'OperateTask', { op: 'Resume', name: 't' }],
  ['pause-relay -s a', 'OperateWorkerRelayTask', { op: 'PauseRelay', sources: ['a'] }],
  ['resume-relay -s a', 'OperateWorkerRelayTask', { op: 'ResumeRelay', sources: ['a'] }],
  ['offline-member --worker --name w', 'OfflineMember', { type: 'worker', name: 'w' }],
  ['operate-leader evict', 'OperateLeader', { op: 'EvictLeaderOp' }],
  ['list-member --worker', 'ListMember', { worker: true }],
];

type Rejected = readonly [line: string, message: RegExp];

/** Lines that send nothing, and their messages. */
const REJECTED_2_0_7: readonly Rejected[] = [
  ['start-task nosuch.yaml', /^get file content error:\nopen nosuch.yaml: no such file or directory\n$/],
  ['start-task --start-time 1 t.yaml', /^Error: unknown flag: --start-time\n/],
  ['stop-task ""', /is empty/],
  ['transfer-source s ""', /is empty/],
  ['operate-source drop s.yaml', /drop/],
  ['operate-leader resign', /resign/],
  ['offline-member --name w', /master.*worker/],
  ['offline-member --master --worker --name w', /master.*worker/],
  ['handle-error t jump', /jump/],
  ['handle-error t replace ALTR TABLE a', /parse statement/],
  ['purge-relay -f f', /source/],
  ['get-config tasks t', /tasks/],
  [
    'binlog skip t',
    /^Error: the DM-master at \S+ is DM 2\.0\.7, which has no command binlog skip\. Nothing was sent\. DM 5\.4 and later have this command/,
  ],
  ['validation start t', /which has no command validation start\. Nothing was sent\. DM 6\.0 and later have this command/],
];

const REJECTED_8_5: readonly Rejected[] = [
  ['pause-task -s a --batch-size 0', /batch-size/],
  ['pause-task -s a --batch-size -1', /batch-size/],
  ['pause-task', /^must give one source-name when task-name\/task-conf is not specified\n$/],
  ['start-task --start-time yesterday t.yaml', /start-time/],
  ['start-task tls-only.yaml', /nosuch\.pem.*Nothing was sent/],
  ['validation start ""', /is empty/],
  ['validation stop ""', /is empty/],
  ['validation start t --all-task', /all-task/],
  ['validation start t --mode quick', /quick/],
  ['validation ignore-error t', /error/],
  ['validation ignore-error t x', /^`error-id` should be integer/],
  ['validation update t --cutover-binlog-pos 4', /cutover-binlog-pos/],
  ['binlog replace t ALTR TABLE a', /parse statement/],
  ['binlog replace t drop table a.b drop table a.c', /only RESTRICT or CASCADE can follow/],
  ['binlog skip -b 4 t', /4/],
  ['binlog-schema update t d b', /from-source|schema-file/],
  ['shard-ddl-lock unlock l --action drop', /drop/],
  ['config foo x', /unknown command "config foo"/],
  ['stop-task -w a t', /unknown shorthand flag: 'w'/],
  ['encrypt ""', /is empty/],
  ['decrypt x', /has no decrypt/],
  ['operate-source create s.yaml s.yaml -w w', /worker/],
  ['list-member --role leader', /unknown flag: --role/],
];

const answering =
  (release: string) =>
  (socket: net.Socket): void => {
    socket.on('error', () => {});
    const text = `Release Version: v${release}\n`;
    socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  };
const masterOf = (release: string): Self => ({ leader: () => ({ message: Buffer.from('0801', 'hex') }), page: answering(release) });

const RELEASES: readonly [release: string, sent: readonly Sent[], rejected: readonly Rejected[]][] = [
  ['2.0.7', SENT_2_0_7, REJECTED_2_0_7],
  ['8.5.0', SENT_8_5, REJECTED_8_5],
];

for (const [release, sent, rejected] of RELEASES) {
  describe(`DM ${release}`, () => {
    for (const [line, method, request] of sent) {
      test(`${line} sends ${method}`, () =>
        withMaster(
          undefined,
          async (master) => {
            const { stderr } = await runProgram(['-master-addr', master.address], { stdin: line, files });
            assert.deepEqual(requestsIn(await schemaFor(parseRelease(release)), master), [[method, request]], stderr);
          },
          masterOf(release),
        ));
    }

    for (const [line, message] of rejected) {
      test(`${line} sends nothing`, () =>
        withMaster(
          undefined,
          async (master) => {
            const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, '-strict'], { stdin: line, files });
            assert.deepEqual(master.calls, []);
            assert.match(stderr + stdout.replace(/^[\s\S]*?Node Version: .*\n\n/, ''), message);
            assert.equal(status, 2);
          },
          masterOf(release),
        ));
    }

    test('every command that help lists is in the table, except those that read files of a folder or no master', () => {
      const { commands } = dialectFor(parseRelease(`v${release}`));
      const missing = commands.filter((c) => !c.hidden && !sent.some(([line]) => `${line} `.startsWith(`${c.name} `)));
      const local = release === '2.0.7' ? ['encrypt', 'decrypt'] : [];
      assert.deepEqual(
        missing.map((c) => c.name),
        ['config export', 'config import', ...local],
      );
    });
  });
}

/** The tasks of two sources, as query-status lists them. */
const twoTasks = (schema: Schema): Reply =>
  answerIn(schema, 'QueryStatus', {
    result: true,
    sources: ['t', 'u'].map((name) => ({
      result: true,
      sourceStatus: { source: 'a', worker: 'w' },
      subTaskStatus: [{ name, stage: 'Running', unit: 'Sync', sync: {} }],
    })),
  });

test('a whole source is one call for each of its tasks, and a failure of one leaves status 1 and is named', async () => {
  const schema = await schemaFor(parseRelease('v8.5.0'));
  const reply = (method: string, call: { readonly request: Buffer }): Reply => {
    if (method === 'QueryStatus') return twoTasks(schema);
    const failed = call.request.includes('u');
    return answerIn(schema, 'OperateTask', {
      op: 'Pause',
      result: true,
      sources: [{ result: !failed, source: 'a', worker: 'w', msg: failed ? 'no' : '' }],
    });
  };
  await withMaster(
    reply,
    async (master) => {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, 'pause-task', '-s', 'a', '--batch-size', '1']);
      assert.deepEqual(
        requestsIn(schema, master).slice(1),
        ['t', 'u'].map((name) => ['OperateTask', { op: 'Pause', name, sources: ['a'] }]),
      );
      assert.equal(status, 1);
      assert.match(stdout + stderr, /"msg": "no"/);
    },
    masterOf('8.5.0'),
  );
});

test('a whole source without tasks is an error that names the source', async () => {
  const schema = await schemaFor(parseRelease('v8.5.0'));
  await withMaster(
    () => answerIn(schema, 'QueryStatus', { result: true, sources: [] }),
    async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, 'stop-task', '-s', 'a']);
      assert.match(stderr, /source a\. Nothing was done/);
      assert.equal(status, 1);
      assert.deepEqual(
        master.calls.map((c) => c.method),
        ['QueryStatus'],
      );
    },
    masterOf('8.5.0'),
  );
});
