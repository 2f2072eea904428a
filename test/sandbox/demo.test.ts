import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeSandbox } from '../../src/sandbox/v1/describe.ts';
import { startTasks, taskNames } from '../../src/sandbox/v1/many-tasks.ts';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { Cluster, W1, W2 } from './cluster.ts';

const DEMO = { demos: true, trafficMs: 5000 };
const LOCK = 'demo-`shop`.`t_all`';

describe('sandbox: demonstrations', () => {
  it('shows a lock in the sample task, which source 2 resolves 90 s later', () => {
    const cluster = new Cluster(DEMO).begin(SAMPLE_TASK);
    assert.equal(cluster.wait(28).short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.match(cluster.wait(2).short('ShowDDLLocks'), /demo-`shop`\.`t_all` of demo owner W1 1 DDL synced \[W1\] unsynced \[W2\]$/);
    assert.match(cluster.wait(85).short('ShowDDLLocks'), /owner W1/);
    assert.equal(cluster.wait(6).short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.deepEqual(cluster.stages('demo'), ['Running Sync', 'Running Sync']);
  });

  it('can be unlocked and broken as described in the sample file', () => {
    const cluster = new Cluster(DEMO).begin(SAMPLE_TASK).wait(30);
    assert.equal(cluster.ask('UnlockDDLLock', { ID: LOCK, workers: [W1] }).result, true);
    assert.match(cluster.wait(91).short('ShowDDLLocks'), /owner W2 1 DDL synced \[W2\] unsynced \[W1\]$/);
    assert.equal(cluster.ask('BreakWorkerDDLLock', { task: 'demo', workers: [W2], skipDDL: true }).workers[0]?.result, true);
    assert.equal(cluster.ask('UnlockDDLLock', { ID: LOCK, forceRemove: true }).result, false);
    assert.equal(cluster.short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.match(cluster.wait(1).short('QueryStatus', { name: 'demo', workers: [W2] }), /blocking 0 groups \[\]/);
  });

  it('starts again with the task', () => {
    const cluster = new Cluster(DEMO).begin(SAMPLE_TASK).wait(30);
    cluster.ask('OperateTask', { op: 'Stop', name: 'demo' });
    cluster.ask('UnlockDDLLock', { ID: LOCK, forceRemove: true });
    assert.match(cluster.ask('StartTask', { task: SAMPLE_TASK }).msg, /code=26005/, 'the tables differ until source 2 has followed');
    cluster.wait(91).begin(SAMPLE_TASK);
    assert.equal(cluster.wait(1).short('ShowDDLLocks'), 'true "no DDL lock exists"', 'all sources read the first statement again');
    assert.deepEqual(cluster.wait(9).ask('ShowDDLLocks').locks[0]?.DDLs, ['ALTER TABLE `shop`.`t_all` ADD COLUMN `c2` INT']);
  });

  it('lets a statement fail if the name requests it, and recovers', () => {
    const cluster = new Cluster(DEMO).begin(SAMPLE_TASK.replace('name: demo', 'name: demo-ddl-fails')).wait(30);
    assert.deepEqual(cluster.stages('demo-ddl-fails'), ['Paused Sync', 'Running Sync']);
    const failed = cluster.ask('QueryError', { name: 'demo-ddl-fails' }).workers[0]?.subTaskError[0]?.sync?.errors[0];
    assert.equal(failed?.errorSQL, '[ALTER TABLE `shop`.`orders` ADD UNIQUE `u_note`(`note`)]');
    const rule = { op: 'SKIP' as const, name: 'demo-ddl-fails', worker: W1, binlogPos: failed?.failedBinlogPosition ?? '' };
    cluster.ask('HandleSQLs', rule);
    cluster.ask('OperateTask', { op: 'Resume', name: 'demo-ddl-fails' });
    assert.deepEqual(cluster.wait(60).stages('demo-ddl-fails'), ['Running Sync', 'Running Sync']);
    assert.equal(cluster.state.locks.size, 0, 'one demonstration is enough');
  });

  it('rejects a task whose name requests it, and one whose target cannot exist', () => {
    const cluster = new Cluster(DEMO);
    assert.match(cluster.ask('CheckTask', { task: SAMPLE_TASK.replace('name: demo', 'name: demo-check-fails') }).msg, /code=26005/);
    const nowhere = SAMPLE_TASK.replace('host: 127.0.0.1', 'host: tidb.invalid');
    assert.match(cluster.ask('CheckTask', { task: nowhere }).msg, /code=26002/);
    cluster.begin(`${nowhere}ignore-checking-items: [all]\n`);
    const entry = cluster.wait(1).ask('QueryStatus', { name: 'demo' }).workers[0]?.subTaskStatus[0];
    assert.deepEqual([entry?.stage, entry?.unit, entry && 'sync' in entry], ['Paused', 'InvalidUnit', false]);
    assert.match(entry?.result?.errors[0]?.msg ?? '', /fail to initial unit Load of subtask demo : database driver error: dial tcp/);
  });

  it('describes itself', () => {
    const { state } = new Cluster({ workers: 3, down: [W2] });
    const lines = describeSandbox('127.0.0.1:8261', state, { taskFile: 'sample.yaml' });
    assert.match(lines[0] ?? '', /127\.0\.0\.1:8261/);
    assert.deepEqual(lines.slice(2, 6), [
      '  mysql-replica-01  127.0.0.1:8262',
      '  mysql-replica-02  127.0.0.1:8263',
      '    (does not answer)',
      '  mysql-replica-03  127.0.0.1:8264',
    ]);
    const text = lines.join('\n');
    for (const told of ['start-task sample.yaml', '--output table', 'ddl-fails', 'docs/quick-start.md'])
      assert.ok(text.includes(told), told);
    assert.ok(!text.includes('-sample'), 'there is a file already');
  });

  for (const columns of [40, 80, 200]) {
    it(`describes itself within ${columns} columns`, () => {
      const { state } = new Cluster({ workers: 200 });
      const lines = describeSandbox('127.0.0.1:8261', state, { columns, tasks: 40 });
      assert.deepEqual(
        lines.filter((line) => line.length > columns),
        [],
      );
      assert.ok(lines.length < 50, 'a long list of workers is cut short');
      assert.ok(lines.includes('  … 191 more'));
      assert.ok(lines.includes('  mysql-replica-200  127.0.0.1:8461'));
      assert.match(lines.join(' '), /40 tasks run on all workers: task-01 to task-40\./);
      assert.match(lines.join(' '), /dmctl sandbox -sample > task\.yaml/);
    });
  }

  it('runs tasks from the start, also on a worker that does not answer later', () => {
    const cluster = new Cluster({ workers: 3, down: [W2], demos: true });
    startTasks(cluster.state, 2);
    const stages = [...cluster.state.workers.values()].flatMap((w) =>
      [...w.tasks].map(([name, { stage, unit }]) => `${name} ${stage} ${unit}`),
    );
    assert.deepEqual(stages, Array(3).fill(['task-01 Running Sync', 'task-02 Running Sync']).flat());
    assert.equal(cluster.state.workers.get(W2)?.up, false);
    assert.deepEqual(taskNames(100).slice(-2), ['task-099', 'task-100']);
  });
});
