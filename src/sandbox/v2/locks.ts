// Sharding DDL locks: what the master knows about sources, or tables, that have reached a DDL.

import type {
  ShowDDLLocksRequest,
  ShowDDLLocksResponseInit,
  UnlockDDLLockRequest,
  UnlockDDLLockResponseInit,
} from '../../wire/generated/v2.ts';
import { release } from './checkpoint.ts';
import type { Lock, Source, State, SubTask } from './state.ts';
import { shardModeOf, shardsOf } from './task-file.ts';
import { master } from './texts.ts';

export const lockID = (task: string, target: string): string => `${task}-${target}`;

interface Reached {
  task: SubTask;
  source: Source;
  target: string;
  ddls: string[];
  /** The table, in optimistic mode. */
  table?: string;
}

/** Reports that a source, or one of its tables, has reached a DDL. The lock goes when all have. */
export function reachDdl(state: State, { task, source, target, ddls, table }: Reached): void {
  const ID = lockID(task.name, target);
  const lock = state.locks.get(ID) ?? newLock(state, ID, task.name, target, table === undefined ? source.id : '', ddls);
  // Sources that alter their tables in different ways all wait.
  if (table !== undefined || lock.ddls.join() === ddls.join())
    lock.reached.set(table === undefined ? source.id : `${source.id}-${table}`, true);
  if (![...lock.reached.values()].every(Boolean)) return;
  state.locks.delete(ID);
  if (lock.mode === 'pessimistic') releaseAll(state, lock.task, target);
}

function newLock(state: State, ID: string, name: string, target: string, owner: string, ddls: string[]): Lock {
  const { file, sources } = state.tasks.get(name) ?? { file: {}, sources: [] };
  const mode = shardModeOf(file) ?? 'pessimistic';
  const members = sources.flatMap((id) => {
    const source = state.sources.get(id);
    if (!source) return [];
    return mode === 'pessimistic' ? [id] : (shardsOf(file, source).get(target) ?? []).map((table) => `${id}-${table}`);
  });
  const lock: Lock = { ID, task: name, mode, owner, ddls, reached: new Map(members.map((member) => [member, false])) };
  state.locks.set(ID, lock);
  return lock;
}

function releaseAll(state: State, name: string, target: string): void {
  for (const source of state.sources.values()) {
    const task = source.tasks.get(name);
    if (task?.sync.blocking?.target === target) release(state, source, task);
  }
}

/** Forgets the locks of a task. A stopped task leaves its pessimistic ones. */
export function forgetLocks(state: State, name: string, modes: readonly Lock['mode'][]): void {
  for (const lock of state.locks.values()) if (lock.task === name && modes.includes(lock.mode)) state.locks.delete(lock.ID);
}

export function showDdlLocks(state: State, { task, sources }: ShowDDLLocksRequest): ShowDDLLocksResponseInit {
  const concerns = (lock: Lock) =>
    sources.some((id) => [...lock.reached.keys()].some((member) => member === id || member.startsWith(`${id}-`)));
  const locks = [...state.locks.values()].filter((lock) => (!task || lock.task === task) && (sources.length === 0 || concerns(lock)));
  if (locks.length === 0) return { result: true, msg: 'no DDL lock exists' };
  return {
    result: true,
    locks: locks.map(({ ID, task: name, mode, owner, ddls, reached }) => ({
      ID,
      task: name,
      mode,
      owner,
      DDLs: mode === 'optimistic' ? [] : ddls,
      synced: [...reached].filter(([, isReached]) => isReached).map(([member]) => member),
      unsynced: [...reached].filter(([, isReached]) => !isReached).map(([member]) => member),
    })),
  };
}

export function unlockDdlLock(state: State, request: UnlockDDLLockRequest): UnlockDDLLockResponseInit {
  const { ID, replaceOwner, sources = [] } = request;
  const [, name = '', target = ''] = /^(.*)-(`.*`\.`.*`)$/.exec(ID) ?? [];
  if (!name) return { result: false, msg: "can't find task name from lock-ID" };
  if (shardModeOf(state.tasks.get(name)?.file ?? {}) === 'optimistic') return unlockOptimistic(state, ID, sources);
  const lock = state.locks.get(ID);
  if (!lock) return { result: false, msg: master.lockNotFound(ID) };
  const waiting = [...lock.reached].filter(([, isReached]) => isReached).map(([id]) => id);
  if (replaceOwner && !waiting.includes(replaceOwner)) return { result: false, msg: master.ownerNotWaiting(replaceOwner, waiting) };
  state.locks.delete(ID);
  releaseAll(state, name, target);
  return { result: true };
}

/** Nothing in the sandbox makes an optimistic conflict, so there is nothing to resolve. The lock stays, as in DM. */
function unlockOptimistic(state: State, ID: string, sources: readonly string[]): UnlockDDLLockResponseInit {
  if (sources.length !== 1) return { result: false, msg: 'optimistic locks should have only one source' };
  return state.locks.has(ID) ? { result: true } : { result: false, msg: master.lockNotFound(ID) };
}
