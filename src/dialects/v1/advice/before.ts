// What to know before a call of DM 1.0 that neither the command nor its answer says (real-cluster-notes, sections 3, 6,
// 7 and 9). Each rule is a pure function of what is known; the bottom of the file looks that up.

import type { Forewarning, Given, Lookup } from '../../../core/spec.ts';
import type { SubTask } from '../../../views/cluster.ts';
import type {
  DDLLock,
  HandleSQLsRequestInit,
  QueryErrorListResponse,
  QueryStatusListResponse,
  ShowDDLLocksResponse,
} from '../../../wire/generated/v1.ts';
import { clusterOf } from '../views/cluster.ts';

/** query-error and sql-skip make a 1.0.1 worker die when they reach a sub task that was never initialised. */
export function deadly(command: string, subTasks: readonly SubTask[]): Forewarning[] {
  return subTasks
    .filter((s) => s.stage === 'Paused' && s.unit === '-')
    .map((s) => ({
      asks: true,
      text: `the start of task ${s.task} on ${s.worker} failed: a DM-worker 1.0.1 dies of ${command} then; query-status shows the error, and resume-task or stop-task are safe`,
    }));
}

const RELAY_FORM = /\|\d+\./;

/** A position without the relay's suffix is accepted and never matches; what query-error tells is what does. */
export function plainPosition(position: string, failed: readonly string[]): Forewarning[] {
  if (position === '' || RELAY_FORM.test(position)) return [];
  const offered = failed.filter((p) => RELAY_FORM.test(p));
  const file = position.replace(/^(.*)(\.\d+:\d+)$/, '$1|000001$2');
  const instead =
    offered.length > 0 ? `query-error gives ${offered.join(', ')}` : `the position of query-error is wanted, in the form ${file}`;
  return [
    { asks: true, text: `DM accepts the position ${position}, but it will never match: it lacks the suffix of the relay; ${instead}` },
  ];
}

/** A task's lock stays in the master when the task is stopped. */
export function locksLeft(task: string, locks: readonly Pick<DDLLock, 'ID' | 'task'>[]): Forewarning[] {
  return locks
    .filter((lock) => lock.task === task)
    .map(({ ID }) => ({ text: `the DDL lock ${ID} stays in the DM-master; afterwards unlock-ddl-lock --force-remove ${ID} removes it` }));
}

/** sql-inject is taken in with the next binlog event, however long that takes. */
export function injectWaits(): Forewarning[] {
  return [{ text: 'sql-inject waits for the next binlog event of the source; where none comes it fails after 30 s' }];
}

async function subTasksOf(task: string, workers: readonly string[], lookup: Lookup): Promise<readonly SubTask[]> {
  const answer = (await lookup('QueryStatus', { name: task, workers: [...workers] })) as QueryStatusListResponse | undefined;
  return answer ? clusterOf(answer).subTasks : [];
}

export async function beforeQueryError(given: Given, lookup: Lookup): Promise<Forewarning[]> {
  return deadly('query-error', await subTasksOf(given.args[0] ?? '', given.workers, lookup));
}

export async function beforeSql(command: string, request: HandleSQLsRequestInit, lookup: Lookup): Promise<Forewarning[]> {
  const { name = '', worker = '', binlogPos = '' } = request;
  if (worker === '') return [];
  const subTasks = await subTasksOf(name, [worker], lookup);
  const warned = deadly(command, subTasks);
  if (warned.length > 0 || plainPosition(binlogPos, []).length === 0) return warned;
  // Only now is query-error known not to kill the worker.
  const safe = subTasks.length > 0 && subTasks.every((s) => s.unit !== '-');
  const errors = safe ? ((await lookup('QueryError', { name, workers: [worker] })) as QueryErrorListResponse | undefined) : undefined;
  const failed = (errors?.workers ?? []).flatMap((w) => w.subTaskError.flatMap((e) => e.sync?.errors ?? []));
  return plainPosition(
    binlogPos,
    failed.map((e) => e.failedBinlogPosition),
  );
}

export async function beforeStop(given: Given, lookup: Lookup): Promise<Forewarning[]> {
  const task = given.args[0] ?? '';
  const answer = (await lookup('ShowDDLLocks', { task })) as ShowDDLLocksResponse | undefined;
  return locksLeft(task, answer?.locks ?? []);
}

/** The same of many tasks, with one look. */
export async function beforeStops(tasks: readonly string[], lookup: Lookup): Promise<Forewarning[]> {
  const answer = (await lookup('ShowDDLLocks', {})) as ShowDDLLocksResponse | undefined;
  return tasks.flatMap((task) => locksLeft(task, answer?.locks ?? []));
}
