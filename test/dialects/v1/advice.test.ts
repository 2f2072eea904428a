// Hints and warnings: each rule on its own, and where they are printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  lockStays,
  mayFollow,
  next,
  operated,
  relayStands,
  taskNotKnown,
  waitsForRelay,
  workerDown,
} from '../../../src/dialects/v1/hints/hints.ts';
import { deadly, injectWaits, locksLeft, plainPosition } from '../../../src/dialects/v1/hints/warnings.ts';
import type { Cluster, SubTask } from '../../../src/domain/cluster.ts';
import { answer, requests, runProgram, withMaster } from '../../harness/run.ts';

const subTask = (more: Partial<SubTask>): SubTask => ({
  target: 'w:1',
  task: 't',
  worker: 'w:1',
  source: 's',
  stage: 'Running',
  unit: 'Sync',
  health: 'running',
  reason: '',
  errors: [],
  lock: '',
  ...more,
});
const texts = (warnings: readonly { text: string }[]): string => warnings.map((w) => w.text).join('\n');

test('query-error kills the worker of a sub task whose start failed', () => {
  assert.match(
    texts(deadly('query-error', [subTask({ stage: 'Paused', unit: '-' })])),
    /task t on w:1 was paused when its worker restarted: query-error kills a DM-worker 1\.0\.1 in this state/,
  );
  assert.deepEqual(deadly('query-error', [subTask({}), subTask({ stage: 'Paused' })]), []);
});

test('a position without the suffix of the relay never matches', () => {
  assert.match(
    texts(plainPosition('mysql-bin.000003:3270', [])),
    /has no effect.*\. Copy failedBinlogPosition from query-error unchanged \(help binlog-pos\)$/,
  );
  assert.match(
    texts(plainPosition('mysql-bin.000003:3270', ['mysql-bin|000001.000003:3783'])),
    /Use the position of query-error: 'mysql-bin\|000001\.000003:3783'$/,
  );
  assert.deepEqual(plainPosition('mysql-bin|000001.000003:3270', []), []);
  assert.deepEqual(plainPosition('', []), []);
});

test('a lock stays after its task is stopped, and after a worker is released from it', () => {
  assert.match(texts(locksLeft('t', [{ ID: 't-`a`.`b`', task: 't' }])), /the DDL lock t-`a`\.`b` stays in the DM-master/);
  assert.deepEqual(locksLeft('t', [{ ID: 'x-`a`.`b`', task: 'x' }]), []);
  assert.match(lockStays('t', { result: true, msg: '' }).join(), /show-ddl-locks t/);
  assert.deepEqual(lockStays('t', { result: false, msg: '' }), []);
});

test('sql-inject waits for an event', () => assert.match(texts(injectWaits()), /next binlog event/));

const DOWN = '[code=38008:class=dm-master:scope=internal:level=high] fetch config of worker 127.0.0.1:8263: grpc request error: rpc error';

test('one worker that is down fails every check', () => {
  assert.match(workerDown({ result: false, msg: DOWN }).join(), /Start 127\.0\.0\.1:8263 again/);
  assert.deepEqual(workerDown({ result: true, msg: DOWN }), []);
  assert.deepEqual(workerDown({ result: false, msg: 'task not valid' }), []);
});

test('a master that has just started has no tasks', () => {
  assert.match(taskNotKnown({ result: false, msg: 'task t has no workers or not exist, can try …' }).join(), /about 3 s after its start/);
  assert.deepEqual(taskNotKnown({ result: false, msg: 'x' }), []);
});

test('a relay does not resume automatically, and a task may wait for it', () => {
  const relay = {
    target: 'w:1',
    worker: 'w:1',
    source: 's',
    stage: 'Paused',
    health: 'broken',
    subDir: '',
    at: '',
    master: '',
    caughtUp: false,
    errors: ['x'],
  } as const;
  const cluster: Cluster = { refused: '', workers: [{ target: 'w:1', worker: 'w:1', source: 's', error: '', relay }], subTasks: [] };
  assert.match(relayStands(cluster).join(), /resume-relay -w w:1$/);
  assert.deepEqual(
    relayStands({ ...cluster, workers: [{ target: 'w:1', worker: 'w:1', source: 's', error: '', relay: { ...relay, health: 'held' } }] }),
    [],
  );
  assert.match(waitsForRelay({ ...cluster, subTasks: [subTask({ reason: 'waits for the relay' })] }).join(), /query-status --relay/);
});

test('hints follow only a successful operation', () => {
  const fine = { result: true, msg: '', workers: [{ result: true }] };
  assert.match(next('resume', 't', fine).join(), /query-status t or wait --for running t/);
  assert.match(next('pause', 't', fine).join(), /resume-task t/);
  assert.match(next('update', '', fine).join(), /resume-task <task>/);
  assert.match(next('start', '', fine).join(), /query-status/);
  assert.deepEqual(next('resume', 't', { ...fine, workers: [{ result: false }] }), []);
  assert.match(mayFollow({ result: true, msg: '', workers: [{ result: false, msg: '[code=38033:…' }] }).join(), /before you send it again/);
  const stopped = { op: 'Stop' as const, result: true, msg: '', workers: [{ op: 'Stop' as const, logID: 1n }] };
  assert.deepEqual(
    operated(stopped, (outcome) => next('pause', 't', outcome)),
    [],
  );
});

const PAUSED = answer('OperateTask', {
  result: true,
  op: 'Pause',
  workers: [{ meta: { result: true, worker: 'w:1' }, op: 'Pause', logID: 3n }],
});

test('hints appear on the standard error of a terminal, not in a pipe and not with --quiet', () =>
  withMaster(
    () => PAUSED,
    async (master) => {
      const stderrOf = async (tty: boolean, ...argv: string[]): Promise<string> =>
        (await runProgram(['-master-addr', master.address, 'pause-task', 't', ...argv], tty ? { tty: ['stderr'] } : {})).stderr;
      assert.match(await stderrOf(true), /^hint: resume the task with resume-task t$/m);
      assert.equal(await stderrOf(false), '');
      assert.equal(await stderrOf(true, '--quiet'), '');
    },
  ));

const FAILED_INIT = answer('QueryStatus', {
  result: true,
  workers: [
    {
      result: true,
      worker: 'w:1',
      subTaskStatus: [{ name: 't', stage: 'Paused', unit: 'InvalidUnit', result: { errors: [{ msg: 'x' }] } }],
    },
  ],
});

test('a terminal warns before query-error kills a worker; in a pipe no other request is sent', () =>
  withMaster(
    (method) => (method === 'QueryStatus' ? FAILED_INIT : answer('QueryError', { result: true })),
    async (master) => {
      const seen = await runProgram(['-master-addr', master.address, 'query-error', 't'], { tty: ['stderr'], columns: 200 });
      assert.match(seen.stderr, /^warning: task t on w:1 did not start: query-error kills a DM-worker 1\.0\.1 in this state/);
      const asked = await runProgram(['-master-addr', master.address, '-confirm', 'query-error', 't'], { tty: ['stderr'] });
      assert.match(asked.stderr, /query-error must be confirmed, but there is no terminal to ask on/);
      master.calls.length = 0;
      await runProgram(['-master-addr', master.address, 'query-error', 't']);
      assert.deepEqual(requests(master), [['QueryError', { name: 't' }]]);
    },
  ));

test('the warning names the position of query-error if query-error is harmless', () => {
  const status = answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w:1',
        subTaskStatus: [{ name: 't', stage: 'Paused', unit: 'Sync', result: { errors: [{ msg: 'x' }] }, sync: {} }],
      },
    ],
  });
  const errors = answer('QueryError', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w:1',
        subTaskError: [{ name: 't', sync: { errors: [{ msg: 'x', failedBinlogPosition: 'mysql-bin|000001.000001:3783' }] } }],
      },
    ],
  });
  const replies: Record<string, ReturnType<typeof answer>> = {
    QueryStatus: status,
    QueryError: errors,
    HandleSQLs: answer('HandleSQLs', { result: true }),
  };
  return withMaster(
    (method) => replies[method],
    async (master) => {
      const argv = ['-master-addr', master.address, 'sql-skip', '-w', 'w:1', '-b', 'mysql-bin.000001:3783', 't'];
      const { stderr } = await runProgram(argv, { tty: ['stderr'], columns: 200 });
      assert.match(
        stderr,
        /has no effect: it lacks the suffix of the relay\. Use the position of query-error: 'mysql-bin\|000001\.000001:3783'\n/,
      );
      assert.deepEqual(
        master.calls.map((c) => c.method),
        ['QueryStatus', 'QueryError', 'HandleSQLs'],
      );
    },
  );
});

for (const line of ['sql-skip -w w:1 -s x t', 'sql-replace -w w:1 -s x t DROP TABLE a.b', 'sql-inject -w w:1 t DROP TABLE a.b']) {
  test(`the table of ${line} names the worker, which DM leaves out of its answer`, () =>
    withMaster(
      () => answer('HandleSQLs', { result: true, workers: [{ result: true }] }),
      async (master) => {
        const { stdout } = await runProgram(['-master-addr', master.address, '-output', 'table', ...line.split(' ')]);
        assert.match(stdout, /^w:1 +✓ done$/m);
      },
    ));
}
