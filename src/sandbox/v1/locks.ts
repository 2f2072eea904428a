// ShowDDLLocks, UnlockDDLLock and BreakWorkerDDLLock.

import type {
  BreakWorkerDDLLockRequest,
  BreakWorkerDDLLockResponseInit,
  DDLLockInit,
  ShowDDLLocksRequest,
  ShowDDLLocksResponseInit,
  UnlockDDLLockRequest,
  UnlockDDLLockResponseInit,
} from '../../wire/generated/v1.ts';
import { breakLock, resolveLock } from './ddl-locks.ts';
import { perWorker } from './relay.ts';
import type { DdlLock, State } from './state.ts';
import { masterTexts, stacked } from './texts.ts';

export function showDdlLocks(state: State, { task, workers }: ShowDDLLocksRequest): ShowDDLLocksResponseInit {
  const shown = [...state.locks.values()].filter(
    (lock) => (!task || lock.task === task) && (workers.length === 0 || workers.some((address) => lock.workers.has(address))),
  );
  return { result: true, msg: shown.length > 0 ? '' : 'no DDL lock exists', locks: shown.map(show) };
}

function show({ ID, task, owner, ddls, workers }: DdlLock): DDLLockInit {
  const those = (synced: boolean) => [...workers].flatMap(([address, is]) => (is === synced ? [address] : []));
  return { ID, task, owner, DDLs: ddls, synced: those(true), unsynced: those(false) };
}

/** `--force-remove` removes the lock after a failure without changing the answer. */
export function unlockDdlLock(state: State, request: UnlockDDLLockRequest): UnlockDDLLockResponseInit {
  const where = 'dm/master.(*Server).resolveDDLLock';
  const lock = state.locks.get(request.ID);
  if (!lock) return { result: false, msg: stacked(masterTexts.noLock(request.ID), where) };
  const owner = request.replaceOwner || lock.owner;
  let outcome: ReturnType<typeof resolveLock>;
  if (!state.clients.has(owner)) outcome = { msg: stacked(masterTexts.unknownOwner(owner), where), workers: [] };
  else if (!lock.workers.has(owner)) outcome = { msg: stacked(masterTexts.notWaiting(owner, lock.ID), where), workers: [] };
  else outcome = resolveLock(state, lock, owner, request.workers);
  if (request.forceRemove) state.locks.delete(lock.ID);
  return { result: outcome.msg === '', ...outcome };
}

export function breakWorkerDdlLock(state: State, request: BreakWorkerDDLLockRequest): BreakWorkerDDLLockResponseInit {
  const entries = perWorker(state, request.workers, masterTexts.noWorkerClient, (worker) => {
    const text = breakLock(state, worker, request);
    return text && stacked(text, 'dm/worker.(*Worker).BreakDDLLock');
  });
  return { result: true, workers: entries };
}
