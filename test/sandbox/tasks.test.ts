import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance } from '../../src/sandbox/v1/advance.ts';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import type { Worker } from '../../src/sandbox/v1/state.ts';
import { alterTable, setUpstream, setWorker, writeRows } from '../../src/sandbox/v1/upstream.ts';
import { Cluster, NOBODY, W1, W2 } from './cluster.ts';
import { FILES } from './files.ts';

const file = (name: string) => ({ task: FILES[name] as string });
const codes = (text: string) => [...text.matchAll(/\[code=(\d+)/g)].map((m) => Number(m[1]));

describe('sandbox: a task through its units', () => {
  it('runs through Dump, Load and Sync within a minute', () => {
    const cluster = new Cluster();
    cluster.ask('StartTask', file('plain1.yaml'));
    const seen = [0, 5.9, 0.2, 7.4, 7.4, 0.6].map((seconds) => cluster.wait(seconds).stages('plain1'));
    assert.deepEqual(seen, [
      ['Running Dump'],
      ['Running Dump'],
      ['Running Load 0.67 %'],
      ['Running Load 50.00 %'],
      ['Running Load 99.33 %'],
      ['Running Sync'],
    ]);
  });

  it('ends after Load in mode full', () => {
    const cluster = new Cluster();
    cluster.ask('StartTask', file('full1.yaml'));
    assert.deepEqual(cluster.wait(22).stages('full1'), ['Finished Load 100.00 %']);
    cluster.ask('OperateTask', { op: 'Stop', name: 'full1' });
    cluster.ask('StartTask', file('full1.yaml'));
    assert.deepEqual(cluster.wait(1).stages('full1'), ['Finished Load 100.00 %'], 'its checkpoint shows that it is done');
  });

  it('reaches the same state with many requests or one', () => {
    const often = new Cluster({ trafficMs: 5000, demos: true });
    const once = new Cluster({ trafficMs: 5000, demos: true });
    for (const cluster of [often, once]) cluster.ask('StartTask', { task: SAMPLE_TASK });
    for (let i = 0; i < 700; i++) advance(often.state, often.wait(0.173).now);
    once.now = often.now;
    assert.deepEqual(once.ask('QueryStatus'), often.ask('QueryStatus'));
    assert.deepEqual(once.stages('demo'), ['Running Sync', 'Running Sync']);
  });

  it('does not count pauses in the time of Dump and Load', () => {
    const cluster = new Cluster();
    cluster.ask('StartTask', file('plain1.yaml'));
    cluster.wait(8).ask('OperateTask', { op: 'Pause', name: 'plain1' });
    const before = cluster.stages('plain1');
    assert.deepEqual(cluster.wait(100).stages('plain1'), before);
    cluster.ask('OperateTask', { op: 'Resume', name: 'plain1' });
    assert.deepEqual([before, cluster.wait(13.4).stages('plain1')], [['Paused Load 13.33 %'], ['Running Sync']]);
  });

  it('moves its positions while rows arrive, and the checkpoint every 30 s', () => {
    const cluster = new Cluster({ trafficMs: 5000 }).sync('plain1.yaml');
    const sync = () => cluster.ask('QueryStatus', { name: 'plain1' }).workers[0]?.subTaskStatus[0]?.sync;
    const [first, second, third] = [sync(), cluster.wait(10) && sync(), cluster.wait(40) && sync()];
    assert.notEqual(first?.masterBinlog, second?.masterBinlog);
    assert.equal(first?.syncerBinlog, second?.syncerBinlog);
    assert.match(second?.syncerBinlog ?? '', /^\(mysql-bin\.000001, /);
    assert.match(third?.syncerBinlog ?? '', /^\(mysql-bin\|000001\.000001, /);
    assert.ok((first?.totalEvents ?? 0n) < (second?.totalEvents ?? 0n) && (second?.totalEvents ?? 0n) < (third?.totalEvents ?? 0n));
  });

  it('gives up waiting for the relay after five minutes', () => {
    const cluster = new Cluster();
    cluster.ask('OperateWorkerRelayTask', { op: 'PauseRelay', workers: [W1] });
    writeRows(cluster.state.workers.get(W1) as Worker);
    cluster.ask('StartTask', file('plain1.yaml'));
    const waiting = cluster.wait(22).ask('QueryStatus', { name: 'plain1' }).workers[0]?.subTaskStatus[0];
    assert.deepEqual([waiting?.stage, waiting?.unit, waiting?.result?.errors], ['Paused', 'Sync', []]);
    const late = cluster.wait(300).ask('QueryStatus', { name: 'plain1' }).workers[0]?.subTaskStatus[0];
    assert.deepEqual(codes(late?.result?.errors[0]?.msg ?? ''), [40067]);
    cluster.ask('OperateTask', { op: 'Resume', name: 'plain1' });
    assert.match(cluster.short('QueryStatus', { name: 'plain1' }), /plain1 Paused Sync done\[\] /, 'it waits again');
    cluster.ask('OperateWorkerRelayTask', { op: 'ResumeRelay', workers: [W1] });
    assert.deepEqual(cluster.wait(1).stages('plain1'), ['Running Sync']);
  });
});

describe('sandbox: incremental tasks', () => {
  it('start at their meta, and stop while its file does not exist', () => {
    const cluster = new Cluster();
    const worker = cluster.state.workers.get(W1) as Worker;
    for (let i = 0; i < 3; i++) writeRows(worker, 1);
    cluster.begin(FILES['inc1.yaml'] as string).begin(FILES['inc2.yaml'] as string);
    assert.deepEqual([cluster.stages('inc1'), cluster.stages('inc2')], [['Running Sync'], ['Paused Sync']]);
    const status = () => cluster.ask('QueryStatus').workers[0]?.subTaskStatus;
    assert.equal(status()?.[0]?.sync?.totalEvents, 6n);
    assert.deepEqual(codes(status()?.[1]?.result?.errors[0]?.msg ?? ''), [11025]);
    cluster.ask('OperateTask', { op: 'Resume', name: 'inc2' });
    assert.deepEqual(cluster.stages('inc2'), ['Paused Sync']);
    worker.upstream.end = { file: 77, offset: 194 };
    writeRows(worker);
    assert.deepEqual(cluster.wait(60).stages('inc2'), ['Running Sync'], 'the checker resumes it');
  });
});

describe('sandbox: operations by stage', () => {
  const STAGES: Record<string, (cluster: Cluster) => void> = {
    'Running Dump': (c) => c.ask('StartTask', file('plain1.yaml')),
    'Running Load': (c) => c.begin(FILES['plain1.yaml'] as string).wait(8),
    'Running Sync': (c) => c.sync('plain1.yaml'),
    'Paused by hand': (c) => c.sync('plain1.yaml').ask('OperateTask', { op: 'Pause', name: 'plain1' }),
    'Paused by an error': (c) => {
      const worker = c.sync('plain1.yaml').state.workers.get(W1);
      if (worker) alterTable(worker, { table: '`a`.`b`', change: 'ADD COLUMN `c` INT', failsFor: 'plain1' });
    },
    Finished: (c) => c.begin((FILES['plain1.yaml'] as string).replace('task-mode: all', 'task-mode: full')).wait(22),
    gone: (c) => {
      c.sync('plain1.yaml').ask('OperateTask', { op: 'Stop', name: 'plain1' });
      c.state.taskMap.set('plain1', [W1]);
    },
  };
  const EXPECTED: Record<string, [start: number, pause: number, resume: number, update: number, stop: number]> = {
    'Running Dump': [40055, 0, 40051, 40052, 0],
    'Running Load': [40055, 0, 40051, 40052, 0],
    'Running Sync': [40055, 0, 40051, 40052, 0],
    'Paused by hand': [40055, 40050, 0, 0, 0],
    'Paused by an error': [40055, 40050, 0, 0, 0],
    Finished: [40055, 40050, 40051, 40052, 0],
    gone: [0, 40054, 40054, 40054, 40054],
  };
  for (const [stage, reach] of Object.entries(STAGES)) {
    it(stage, () => {
      const got = ['Start', 'Pause', 'Resume', 'Update', 'Stop'].map((op) => {
        const cluster = new Cluster();
        reach(cluster);
        const text =
          op === 'Start' || op === 'Update'
            ? cluster.ask(op === 'Start' ? 'StartTask' : 'UpdateTask', file('plain1.yaml')).workers[0]?.msg
            : cluster.ask('OperateTask', { op: op as 'Pause', name: 'plain1' }).workers[0]?.meta?.msg;
        if (!text) return 0;
        const [outer, inner] = codes(text);
        assert.equal(outer, 38032);
        assert.match(text, /operation not success: .*\ngithub\.com\/pingcap\/dm\/.*\n\t\/.*:\d+$/s);
        return inner;
      });
      assert.deepEqual(got, EXPECTED[stage]);
    });
  }

  it('numbers operations by worker, also failed ones, and resumes automatically after an error', () => {
    const cluster = new Cluster();
    STAGES['Paused by an error']?.(cluster);
    const pause = () => cluster.ask('OperateTask', { op: 'Pause', name: 'plain1' }).workers[0]?.logID;
    assert.deepEqual([pause(), pause()], [2n, 3n]);
    assert.equal(cluster.wait(2.5) && pause(), 5n, 'one attempt to resume after 2 s');
    assert.equal(cluster.wait(10) && pause(), 8n, 'and two more, 5 s apart');
  });

  it('answers in the order of -w, unknown workers with number 0 and without a stack', () => {
    const cluster = new Cluster().sync('shard.yaml');
    const { op, result, workers } = cluster.ask('OperateTask', { op: 'Pause', name: 'shard', workers: [W2, NOBODY, W1] });
    assert.deepEqual([op, result], ['Pause', true]);
    assert.deepEqual(
      workers.map((w) => [w.meta?.worker, w.meta?.result, w.logID]),
      [
        [W2, true, 2n],
        [NOBODY, false, 0n],
        [W1, true, 2n],
      ],
    );
    assert.equal(
      workers[1]?.meta?.msg,
      `[code=38029:class=dm-master:scope=internal:level=high] ${NOBODY} relevant worker-client not found`,
    );
  });

  it('keeps the task map as the master does', () => {
    const cluster = new Cluster();
    cluster.ask('StartTask', { ...file('shard.yaml'), workers: [W2, NOBODY] });
    assert.deepEqual(cluster.state.taskMap.get('shard'), [W2]);
    cluster.ask('StartTask', { ...file('shard.yaml'), workers: [W1] });
    assert.deepEqual(cluster.state.taskMap.get('shard'), [W1, W2]);
    cluster.ask('OperateTask', { op: 'Stop', name: 'shard', workers: [W1] });
    assert.deepEqual(cluster.state.taskMap.get('shard'), [W2]);
    cluster.ask('OperateTask', { op: 'Stop', name: 'shard' });
    assert.match(
      cluster.ask('QueryStatus', { name: 'shard' }).msg,
      /^task shard has no workers or not exist, can try `refresh-worker-tasks`/,
    );
    cluster.state.workers.get(W1)?.tasks.clear();
    cluster.ask('StartTask', file('plain1.yaml'));
    cluster.state.taskMap.clear();
    assert.deepEqual(cluster.ask('RefreshWorkerTasks').workers, [{ worker: W2, msg: 'no sub task started' }]);
    assert.deepEqual([...cluster.state.taskMap], [['plain1', [W1]]]);
  });

  it('continues from the checkpoint after stop and start, and from the dump with remove-meta', () => {
    const cluster = new Cluster().sync('plain1.yaml');
    cluster.ask('OperateTask', { op: 'Stop', name: 'plain1' });
    cluster.ask('StartTask', file('plain1.yaml'));
    assert.deepEqual(cluster.stages('plain1'), ['Running Sync']);
    cluster.ask('OperateTask', { op: 'Stop', name: 'plain1' });
    cluster.ask('StartTask', { task: `${FILES['plain1.yaml']}remove-meta: true\n` });
    assert.deepEqual(cluster.stages('plain1'), ['Running Dump']);
  });

  it('rejects an update during a sharding DDL: by the pre-check, otherwise by the worker', () => {
    const cluster = new Cluster().sync('shard.yaml');
    const worker = cluster.state.workers.get(W1);
    if (worker) alterTable(worker, { table: '`shop`.`t_1`', change: 'ADD COLUMN `e` INT' });
    cluster.ask('OperateTask', { op: 'Pause', name: 'shard', workers: [W1] });
    assert.deepEqual(codes(cluster.ask('UpdateTask', file('shard.yaml')).msg), [26005]);
    const unchecked = cluster.ask('UpdateTask', { task: `${FILES['shard.yaml']}ignore-checking-items: [all]\n`, workers: [W1] });
    assert.deepEqual(codes(unchecked.workers[0]?.msg ?? ''), [38032, 36058]);
  });

  it('fails every check, start and update while any worker is down', () => {
    const cluster = new Cluster({ down: [W2] });
    for (const method of ['CheckTask', 'StartTask', 'UpdateTask'] as const) {
      const { result, msg } = cluster.ask(method, file('plain1.yaml'));
      assert.equal(result, false);
      assert.match(
        msg,
        /^\[code=38008:class=dm-master:scope=internal:level=high\] fetch config of worker 127\.0\.0\.1:8263: grpc request error: /,
      );
    }
    setWorker(cluster.state, W2, true);
    assert.equal(cluster.ask('CheckTask', file('plain1.yaml')).result, true);
    setUpstream(cluster.state, W1, false);
    assert.match(cluster.ask('CheckTask', file('plain1.yaml')).msg, /code=26002:class=dm-master:scope=upstream:level=high/);
  });
});
