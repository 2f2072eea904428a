// When the checkpoint is written, and what can keep rows from the target.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import type { SubTask, Worker } from '../../src/sandbox/v1/state.ts';
import { alterTable, writeForeign, writeRows } from '../../src/sandbox/v1/upstream.ts';
import { Cluster, W1 } from './cluster.ts';
import { FILES } from './files.ts';

/** A task with this name in Sync, and its visible state. */
function begun(name: string, more = '') {
  const cluster = new Cluster().begin(`${FILES['plain1.yaml']?.replace('name: plain1', `name: ${name}`)}${more}`).wait(21.5);
  cluster.ask('QueryStatus');
  const worker = cluster.state.workers.get(W1) as Worker;
  const task = worker.tasks.get(name) as SubTask;
  const sync = () => cluster.ask('QueryStatus', { name }).workers[0]?.subTaskStatus[0]?.sync;
  return { cluster, worker, task, sync, end: () => `(mysql-bin|000001.000001, ${worker.upstream.end.offset})` };
}

describe('sandbox: the checkpoint is written', () => {
  it('with the first event 30 s after the last time, and not with an earlier event', () => {
    const { cluster, worker, sync, end } = begun('plain1');
    writeRows(worker, 1);
    const quiet = cluster.wait(300) && sync();
    assert.equal(quiet?.syncerBinlog, '(mysql-bin.000001, 3472)');
    assert.equal(quiet?.totalEvents, 2n);
    cluster.wait(1);
    writeRows(worker, 1);
    assert.equal(cluster.wait(1) && sync()?.syncerBinlog, end());
    const last = end();
    writeRows(worker, 1);
    assert.equal(cluster.wait(29) && sync()?.syncerBinlog, last);
  });

  it('also with a filtered event, which does not count as an event', () => {
    const { cluster, worker, sync, end } = begun('plain1');
    writeRows(worker, 1);
    cluster.wait(31).ask('QueryStatus');
    writeForeign(worker);
    const after = cluster.wait(1) && sync();
    assert.deepEqual([after?.syncerBinlog, after?.totalEvents], [end(), 2n]);
  });

  it('after a DDL', () => {
    const { cluster, worker, sync, end } = begun('plain1');
    writeRows(worker, 1);
    alterTable(worker, { table: '`a`.`b`', change: 'ADD COLUMN `c` INT' });
    assert.equal(cluster.wait(1) && sync()?.syncerBinlog, end());
  });

  it('on pause and on stop', () => {
    const { cluster, worker, sync, end } = begun('plain1');
    writeRows(worker, 1);
    cluster.wait(1).ask('OperateTask', { op: 'Pause', name: 'plain1' });
    assert.equal(sync()?.syncerBinlog, end());
    cluster.ask('OperateTask', { op: 'Resume', name: 'plain1' });
    writeRows(worker, 1);
    cluster.wait(1).ask('OperateTask', { op: 'Stop', name: 'plain1' });
    cluster.begin(FILES['plain1.yaml'] as string).wait(1);
    assert.equal(sync()?.syncerBinlog, end());
  });

  it('keeps the suffix of the relay log that it was read from', () => {
    const { cluster, worker, sync } = begun('plain1');
    writeRows(worker, 1);
    cluster.wait(1).ask('OperateTask', { op: 'Pause', name: 'plain1' });
    const { file, offset } = worker.upstream.end;
    cluster.ask('MigrateWorkerRelay', { worker: W1, BinlogName: `mysql-bin.00000${file}`, BinlogPos: offset });
    assert.match(sync()?.syncerBinlog ?? '', /^\(mysql-bin\|000001\.000001, /);
  });
});

describe('sandbox: what keeps rows from the target', () => {
  it('slow-target: 3 s per row, and a batch is reported when it is done', () => {
    const { cluster, worker, task, sync } = begun('slow-target');
    const [events, seq] = [sync()?.totalEvents, worker.upstream.seq];
    for (let i = 0; i < 10; i += 1) writeRows(worker, 1);
    assert.deepEqual([cluster.wait(29) && sync()?.totalEvents, task.sync.done], [events, seq]);
    assert.deepEqual([cluster.wait(2.5) && sync()?.totalEvents, task.sync.done], [20n, seq + 10]);
  });

  it('locked-target: nothing for the first 60 s of Sync', () => {
    const { cluster, worker, task } = begun('locked-target');
    writeRows(worker, 1);
    alterTable(worker, { table: '`a`.`b`', change: 'ADD COLUMN `c` INT' });
    cluster.wait(58).ask('QueryStatus');
    assert.equal(task.sync.done, worker.upstream.seq - 2);
    cluster.wait(3).ask('QueryStatus');
    assert.equal(task.sync.done, worker.upstream.seq);
  });

  it('a pause waits for the target, and operations after the pause wait too', () => {
    const { cluster, worker, task, sync, end } = begun('locked-target');
    writeRows(worker, 1);
    cluster.wait(1);
    const operate = (op: 'Pause' | 'Resume') => cluster.ask('OperateTask', { op, name: 'locked-target' }).workers[0]?.meta?.msg ?? '';
    assert.match(operate('Pause'), /^\[code=38033:/);
    assert.equal(task.stage, 'Running');
    assert.match(operate('Resume'), /^\[code=38033:/);
    cluster.wait(61).ask('QueryStatus');
    assert.deepEqual([task.stage, sync()?.syncerBinlog], ['Running', end()]);
  });

  it('busy-neighbour: five rows per second of another database; enable-heartbeat: one row', () => {
    for (const [name, more, rows] of [
      ['busy-neighbour', '', 50],
      ['beats', 'enable-heartbeat: true\n', 10],
    ] as const) {
      const { cluster, worker, sync } = begun(name, more);
      const [before, events] = [worker.upstream.seq, sync()?.totalEvents];
      cluster.wait(10);
      assert.deepEqual([sync()?.totalEvents, worker.upstream.seq - before], [events, rows]);
    }
  });

  it('quiet-upstream: one row 8 s after Sync, then none, with any traffic', () => {
    const cluster = new Cluster({ demos: true, trafficMs: 1000 }).begin(SAMPLE_TASK.replace('name: demo', 'name: demo-quiet-upstream'));
    const worker = cluster.state.workers.get(W1) as Worker;
    cluster.wait(28).ask('QueryStatus');
    const before = worker.upstream.seq;
    cluster.wait(600).ask('QueryStatus');
    assert.equal(worker.upstream.seq - before, 1);
    assert.deepEqual(cluster.stages('demo-quiet-upstream'), ['Running Sync', 'Running Sync']);
  });
});
