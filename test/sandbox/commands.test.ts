import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Worker } from '../../src/sandbox/v1/state.ts';
import { alterTable } from '../../src/sandbox/v1/upstream.ts';
import { Cluster, LOCK, NOBODY, W1, W2 } from './cluster.ts';
import { FILES } from './files.ts';

const codes = (text = '') => [...text.matchAll(/\[code=(\d+)/g)].map((m) => Number(m[1])).at(-1) ?? text;
const worker = (cluster: Cluster, address: string) => cluster.state.workers.get(address) as Worker;

function alterShards(cluster: Cluster, address: string, change = 'ADD COLUMN `e` INT'): void {
  for (const n of [1, 2]) alterTable(worker(cluster, address), { table: `\`shop\`.\`t_${n}\``, change });
  cluster.ask('QueryStatus');
}

describe('sandbox: relay', () => {
  it('pauses, resumes and switches depending on its stage; the answer has no op', () => {
    const cluster = new Cluster();
    const operate = (op: 'PauseRelay' | 'ResumeRelay' | 'StopRelay') => cluster.ask('OperateWorkerRelayTask', { op, workers: [W1] });
    const change = () => cluster.ask('SwitchWorkerRelayMaster', { workers: [W1] }).workers[0]?.msg;
    assert.equal(operate('PauseRelay').op, 'InvalidRelayOp');
    assert.match(operate('PauseRelay').workers[0]?.msg ?? '', /current stage is Paused, Running required, relay op PauseRelay\n/);
    assert.equal(codes(change()), 30034);
    worker(cluster, W1).enableGtid = true;
    assert.equal(change(), '');
    assert.deepEqual(operate('ResumeRelay').workers[0], { op: 'ResumeRelay', result: true, worker: W1, msg: '' });
    assert.equal(codes(change()), 40039);
    operate('StopRelay');
    assert.match(operate('ResumeRelay').workers[0]?.msg ?? '', /current stage is Stopped, Paused required/);
    assert.equal(codes(cluster.ask('MigrateWorkerRelay', { worker: W1 }).msg), 40053);
    assert.equal(cluster.ask('QueryError').workers[0]?.RelayError?.msg, 'relay stopped');
  });

  it('starts a new sub-directory with every migration', () => {
    const cluster = new Cluster();
    const at = { BinlogName: 'mysql-bin.000007', BinlogPos: 849, worker: W1 };
    assert.deepEqual(cluster.ask('MigrateWorkerRelay', at), { result: true, worker: '', msg: '' });
    cluster.ask('MigrateWorkerRelay', at);
    const relay = cluster.ask('QueryStatus', { workers: [W1] }).workers[0]?.relayStatus;
    assert.match(relay?.relaySubDir ?? '', /\.000003$/);
    assert.deepEqual([relay?.relayBinlog, relay?.stage, relay?.result?.isCanceled], ['(mysql-bin.000007, 849)', 'Paused', true]);
  });

  it('purges unless a sub task is Paused', () => {
    const cluster = new Cluster().sync('plain1.yaml');
    const purge = (request: object) => codes(cluster.ask('PurgeWorkerRelay', { workers: [W1], ...request }).workers[0]?.msg);
    assert.deepEqual([purge({}), purge({ filename: 'x' }), purge({ filename: 'x', subDir: 'y.000001' })], [30039, '', 30040]);
    cluster.ask('OperateTask', { op: 'Pause', name: 'plain1' });
    assert.equal(purge({ filename: 'x' }), 30037);
  });

  it('accepts a new configuration only for its own source, with all sub tasks in Sync', () => {
    const cluster = new Cluster();
    const update = (config: string, address = W1) => cluster.ask('UpdateWorkerRelayConfig', { config, worker: address });
    const good = FILES['dm-worker1.toml'] as string;
    const files = ['w-source.toml', 'w-key.toml', 'w-toml.toml', 'w-port.toml'].map((name) => codes(update(FILES[name] as string).msg));
    assert.deepEqual(files, [40059, 40004, 40003, 10001]);
    assert.deepEqual(update(good, NOBODY), { result: false, worker: NOBODY, msg: `worker ${NOBODY} relevant worker-client not found` });
    assert.deepEqual(update(good.replace('enable-gtid = false', 'enable-gtid = true')), { result: true, worker: '', msg: '' });
    assert.equal(worker(cluster, W1).enableGtid, true);
    cluster.begin(FILES['plain1.yaml'] as string);
    assert.equal(codes(update(good).msg), 40058);
  });
});

describe('sandbox: DDL locks', () => {
  const locked = () => {
    const cluster = new Cluster().sync('shard.yaml');
    alterShards(cluster, W1);
    return cluster;
  };
  const unlock = (cluster: Cluster, request: object = {}) => {
    const { result, msg, workers } = cluster.ask('UnlockDDLLock', { ID: LOCK, ...request });
    return [result, codes(msg), workers.map((w) => [w.worker, codes(w.msg)])];
  };

  it('creates a lock when the last table of a source reports, and resolves it with the last source', () => {
    const cluster = new Cluster().sync('shard.yaml');
    alterTable(worker(cluster, W1), { table: '`shop`.`t_1`', change: 'ADD COLUMN `e` INT' });
    assert.equal(cluster.short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.match(cluster.short('QueryStatus', { name: 'shard', workers: [W1] }), /groups \[`shop`\.`t_all` relay synced 1 unsynced 1\]/);
    alterTable(worker(cluster, W1), { table: '`shop`.`t_2`', change: 'ADD COLUMN `e` INT' });
    assert.match(cluster.short('ShowDDLLocks', { task: 'shard', workers: [W2] }), /owner W1 1 DDL synced \[W1\] unsynced \[W2\]$/);
    assert.match(
      cluster.short('QueryStatus', { name: 'shard', workers: [W1] }),
      /lock=shard-`shop`.`t_all` sync .* blocking 1 groups \[.* unsynced 0\]/,
    );
    alterShards(cluster, W2);
    assert.equal(cluster.short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.match(cluster.short('QueryStatus', { name: 'shard' }), /^(?!.*blocking 1)(?!.*lock=s)/);
  });

  it('is unlocked with the answers of a real cluster', () => {
    assert.deepEqual(unlock(locked(), { ID: 'nosuch' }), [false, 38019, []]);
    assert.deepEqual(unlock(locked(), { replaceOwner: NOBODY }), [false, 38021, []]);
    assert.deepEqual(unlock(locked(), { replaceOwner: W2 }), [false, 38024, [[W2, 40061]]]);
    assert.deepEqual(unlock(locked()), [
      false,
      38025,
      [
        [W1, ''],
        [W2, 40061],
      ],
    ]);
    assert.deepEqual(unlock(locked(), { workers: [W1] }), [true, '', [[W1, '']]]);
    const three = new Cluster({ workers: 3 }).sync('shard.yaml');
    alterShards(three, W1);
    assert.deepEqual(unlock(three, { replaceOwner: '127.0.0.1:8264' }), [false, 38022, []]);
  });

  it('stays after a failure, unless it is removed by force', () => {
    const cluster = locked();
    cluster.ask('OperateTask', { op: 'Stop', name: 'shard' });
    assert.deepEqual([unlock(cluster), cluster.state.locks.size], [[false, 38024, [[W1, 40054]]], 1]);
    assert.deepEqual([unlock(cluster, { forceRemove: true }), cluster.state.locks.size], [[false, 38024, [[W1, 40054]]], 0]);
  });

  it('is broken on one worker; the master keeps it', () => {
    const cluster = locked();
    const broken = (request: object, address = W1) =>
      codes(cluster.ask('BreakWorkerDDLLock', { task: 'shard', workers: [address], ...request }).workers[0]?.msg);
    assert.equal(broken({ removeLockID: 'nosuch', skipDDL: true }), 40061);
    assert.equal(broken({ execDDL: true, skipDDL: true }), 40064);
    assert.equal(broken({ skipDDL: true }, W2), 36059);
    assert.equal(broken({ skipDDL: true, task: 'nosuch' }), 40054);
    assert.equal(broken({ skipDDL: true }, NOBODY), `worker ${NOBODY} relevant worker-client not found`);
    assert.equal(broken({ skipDDL: true }), '');
    assert.equal(broken({ skipDDL: true }), 36059);
    assert.equal(cluster.state.locks.size, 1);
    alterShards(cluster, W2);
    assert.match(cluster.short('ShowDDLLocks'), /synced \[W1,W2\] unsynced \[\]$/);
  });

  it('lets another statement wait, which is reported again 15 s later', () => {
    const cluster = locked();
    alterShards(cluster, W2, 'ADD COLUMN `other` INT');
    unlock(cluster, { workers: [W1] });
    assert.equal(cluster.wait(14).short('ShowDDLLocks'), 'true "no DDL lock exists"');
    assert.match(cluster.wait(2).short('ShowDDLLocks'), /owner W2 1 DDL synced \[W2\] unsynced \[W1\]$/);
  });

  it('keeps its worker in the master', () => {
    const { result, msg } = locked().ask('UpdateMasterConfig', { config: FILES['m-one.toml'] as string });
    assert.deepEqual([result, codes(msg)], [false, 38026]);
  });
});

describe('sandbox: sql-skip, sql-replace, sql-inject', () => {
  const failing = () => {
    const cluster = new Cluster().sync('plain1.yaml');
    alterTable(worker(cluster, W1), { table: '`a`.`b`', change: 'ADD COLUMN `c` INT', failsFor: 'plain1' });
    const task = cluster.ask('QueryError', { name: 'plain1' }).workers[0]?.subTaskError[0];
    assert.equal(task?.stage, 'Paused');
    return { cluster, error: task?.sync?.errors[0] };
  };
  const heals = (rule: object): boolean => {
    const { cluster, error } = failing();
    const binlogPos = 'position' in rule ? error?.failedBinlogPosition : undefined;
    const { position: _, ...rest } = rule as { position?: true };
    const request = { name: 'plain1', worker: W1, ...(binlogPos ? { binlogPos } : {}), ...rest };
    assert.deepEqual(cluster.ask('HandleSQLs', request).workers, [{ result: true, worker: '', msg: '' }]);
    cluster.ask('OperateTask', { op: 'Resume', name: 'plain1' });
    return cluster.stages('plain1')[0] === 'Running Sync';
  };

  it('shows the failed statement as DM does', () => {
    const { error } = failing();
    assert.match(error?.failedBinlogPosition ?? '', /^mysql-bin\|000001\.000001:\d+$/);
    assert.equal(error?.errorSQL, '[ALTER TABLE `a`.`b` ADD COLUMN `c` INT]');
    assert.match(
      error?.msg ?? '',
      /^\[code=10006:class=database:scope=downstream:level=high\] execute statement failed: .*$/,
      'without a stack',
    );
  });

  it('recovers with the position of query-error, with the whole statement and with a pattern', () => {
    const rules: [object, boolean][] = [
      [{ op: 'SKIP', position: true }, true],
      [{ op: 'REPLACE', position: true, args: ['alter table a.b add column d int'] }, true],
      [{ op: 'SKIP', sqlPattern: 'ALTER TABLE `a`.`b` ADD COLUMN `c` INT' }, true],
      [{ op: 'SKIP', sqlPattern: '~(?i)add\\s+column' }, true],
      [{ op: 'SKIP', sqlPattern: 'ADD COLUMN' }, false],
      [{ op: 'SKIP', sqlPattern: '~drop' }, false],
      [{ op: 'SKIP', binlogPos: 'mysql-bin.000001:3612' }, false],
    ];
    assert.deepEqual(
      rules.map(([rule]) => heals(rule)),
      rules.map(([, healed]) => healed),
    );
  });

  it('does not use an instruction twice', () => {
    const { cluster, error } = failing();
    const rule = { op: 'SKIP' as const, name: 'plain1', worker: W1, sqlPattern: '~ADD' };
    cluster.ask('HandleSQLs', rule);
    cluster.ask('OperateTask', { op: 'Resume', name: 'plain1' });
    assert.ok(error && cluster.stages('plain1')[0] === 'Running Sync');
    alterTable(worker(cluster, W1), { table: '`a`.`b`', change: 'ADD COLUMN `d` INT', failsFor: 'plain1' });
    assert.deepEqual(cluster.stages('plain1'), ['Paused Sync']);
  });

  it('rejects what DM rejects', () => {
    const { cluster } = failing();
    const handle = (request: object) => cluster.ask('HandleSQLs', { op: 'SKIP', name: 'plain1', worker: W1, ...request });
    assert.match(handle({ worker: W2 }).msg, /^task plain1 and worker 127\.0\.0\.1:8263 not match, can try /);
    assert.equal(codes(handle({ sqlPattern: '~(' }).workers[0]?.msg), 11017);
    assert.equal(codes(handle({ op: 'INJECT', args: ['drop table x'] }).workers[0]?.msg), 36024);
    assert.equal(handle({ op: 'INJECT', args: ['drop table a.x'] }).workers[0]?.msg, 'context deadline exceeded');
    const save = (request: object) => [handle({ sharding: true, ...request }).result, codes(handle({ sharding: true, ...request }).msg)];
    assert.deepEqual(save({ op: 'INJECT', sqlPattern: '~x' }), [false, 38002]);
    assert.deepEqual(save({ binlogPos: 'a:1' }), [false, 11017]);
    assert.deepEqual(save({}), [false, 11017]);
    assert.equal(save({ sqlPattern: '~x', name: 'nosuch' })[0], true);
    const flowing = new Cluster({ trafficMs: 5000 }).sync('plain1.yaml');
    const inject = { op: 'INJECT' as const, name: 'plain1', worker: W1, args: ['create table a.x (id int)'] };
    assert.deepEqual(flowing.ask('HandleSQLs', inject).workers, [{ result: true, worker: '', msg: '' }]);
  });
});
