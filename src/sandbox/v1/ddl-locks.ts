// DDL locks of sharded tables: created when the first source reports a DDL, resolved when the last one has reported it.

import type { CommonWorkerResponseInit } from '../../wire/generated/v1.ts';
import { liveWorker } from './cluster.ts';
import { release } from './sharding.ts';
import { ruleMatches } from './sql-rules.ts';
import type { DdlLock, State, SubTask, Worker } from './state.ts';
import { masterTexts, stacked, workerTexts } from './texts.ts';

/** Milliseconds until a worker reports again when the lock of another DDL was in the way. */
const REPORT_AGAIN = 15_000;

/** ``shard-`shop`.`t_all` `` */
const lockId = (task: string, target: string) => `${task}-${target}`;

/** Reports to the master the DDL that a subtask waits with, unless the master knows it. Returns whether it was reported now. */
export function reportBlocked(state: State, worker: Worker, task: SubTask): boolean {
  const { sync } = task;
  const group = sync.blocking;
  if (!group || sync.reported || state.now < sync.reportAt || !state.clients.has(worker.address)) return false;
  const ID = lockId(task.part.name, group.target);
  let lock = state.locks.get(ID);
  if (!lock) {
    const members = state.taskMap.get(task.part.name) ?? [];
    const workers = new Map(members.map((address) => [address, false]));
    lock = { ID, task: task.part.name, owner: worker.address, ddls: group.ddls, workers };
    state.locks.set(ID, lock);
  } else if (lock.ddls.join(';') !== group.ddls.join(';')) {
    sync.reportAt = state.now + REPORT_AGAIN;
    return false;
  }
  lock.workers.set(worker.address, true);
  sync.reported = true;
  sync.lockID = ID;
  if ([...lock.workers.values()].every(Boolean)) resolveLock(state, lock, lock.owner, []);
  return true;
}

/** The outcome of an attempt to resolve a lock; `msg` is '' on success. */
export interface Resolved {
  msg: string;
  workers: CommonWorkerResponseInit[];
}

/**
 * The owner executes the DDL, then the others (or only the named ones) skip it. The lock is removed once the owner has
 * executed.
 */
export function resolveLock(state: State, lock: DdlLock, owner: string, only: readonly string[]): Resolved {
  const where = 'dm/master.(*Server).resolveDDLLock';
  const first = executeDdl(state, lock, owner, true);
  if (!first.result) return { msg: stacked(masterTexts.ownerFails(owner), where), workers: [first] };
  const others = (only.length > 0 ? [...only] : [...lock.workers.keys()]).filter((a) => a !== owner).sort();
  const rest = others.map((address) => executeDdl(state, lock, address, false));
  state.locks.delete(lock.ID);
  const msg = rest.every((r) => r.result) ? '' : stacked(masterTexts.othersFail(lock.ID), where);
  return { msg, workers: [first, ...rest] };
}

function executeDdl(state: State, lock: DdlLock, address: string, isOwner: boolean): CommonWorkerResponseInit {
  const refuse = (msg: string) => ({ result: false, worker: address, msg });
  if (!state.clients.has(address)) return refuse(masterTexts.noWorkerClient(address));
  const worker = liveWorker(state, address);
  if (!worker) return refuse(stacked(masterTexts.unreachable(address), 'dm/master.(*Server).resolveDDLLock'));
  const text = executeOn(state, worker, lock, isOwner);
  return text ? refuse(stacked(text, 'dm/worker.(*Worker).ExecuteDDL')) : { result: true, worker: address, msg: '' };
}

function executeOn(state: State, worker: Worker, lock: DdlLock, isOwner: boolean): string {
  const task = worker.tasks.get(lock.task);
  if (!task) return workerTexts.unknownTask(lock.task);
  if (task.sync.lockID !== lock.ID) return workerTexts.noLockInfo(lock.ID);
  if (task.unit !== 'Sync') return workerTexts.notSyncUnit(task.unit);
  if (!task.sync.blocking) return workerTexts.notBlocked;
  const rule = isOwner ? takeShardingRule(state, lock) : undefined;
  task.sync.lockID = '';
  release(state, worker, task, task.sync.blocking, rule?.op !== 'SKIP');
  return '';
}

function takeShardingRule(state: State, lock: DdlLock) {
  const at = state.shardingRules.findIndex((r) => r.task === lock.task && lock.ddls.some((sql) => ruleMatches(r.rule, sql, '')));
  return at < 0 ? undefined : state.shardingRules.splice(at, 1)[0]?.rule;
}

/** What break-ddl-lock does on one worker. Returns '' on success. Does not change the master's lock. */
export function breakLock(
  state: State,
  worker: Worker,
  request: { task: string; removeLockID: string; execDDL: boolean; skipDDL: boolean },
): string {
  const task = worker.tasks.get(request.task);
  if (!task) return workerTexts.unknownTask(request.task);
  if (request.removeLockID) {
    if (task.sync.lockID !== request.removeLockID) return workerTexts.noLockInfo(request.removeLockID);
    task.sync.lockID = '';
  }
  if (request.execDDL && request.skipDDL) return workerTexts.execAndSkip;
  if (!request.execDDL && !request.skipDDL) return '';
  if (task.unit !== 'Sync') return workerTexts.notSyncUnit(task.unit);
  if (!task.sync.blocking) return workerTexts.notBlocked;
  release(state, worker, task, task.sync.blocking, true);
  return '';
}
