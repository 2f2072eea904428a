// What harmful commands will do to whom, told before they are carried out (real cluster notes: tasks, relay, DDL locks).

import type { Given, Lookup } from '../../core/spec.ts';
import type { DDLLock, HandleSQLsRequestInit, ShowDDLLocksResponse } from '../../wire/generated/v1.ts';

const on = (workers: readonly string[], all: string): string => (workers.length > 0 ? workers.join(', ') : all);

/** stop-task: the sub tasks are removed, not paused. */
export function stopHarm(given: Given): readonly string[] {
  return [
    `Stop task ${given.args[0]} on ${on(given.workers, 'all its workers')}: its sub tasks are removed from them.`,
    'To stop for a while, pause-task is enough.',
  ];
}

/** The same of many tasks, after the list of them. */
export const stopManyHarm: readonly string[] = [
  'Their sub tasks are removed from the workers.',
  'DDL locks of the tasks stay in the master. To stop for a while, pause-task is enough.',
];

export function purgeHarm(given: Given): readonly string[] {
  const { workers } = given;
  const what = given.text('filename') ? `older than ${given.text('filename')}` : 'that are not needed any more';
  const where = given.text('sub-dir') ? ` in ${given.text('sub-dir')}` : '';
  return [`Delete relay log files ${what}${where} on ${workers.join(', ')}. They cannot be brought back.`];
}

export function switchHarm(given: Given): readonly string[] {
  return [`Let the relay of ${given.workers.join(', ')} begin again from another upstream server, in a new sub-directory.`];
}

export function migrateHarm(given: Given): readonly string[] {
  const [worker, name, position] = given.args;
  return [
    `Let the relay of ${worker} begin again at ${name}, position ${position}, in a new sub-directory.`,
    'A running relay is paused by it and stays Paused until resume-relay.',
  ];
}

/** The lock by its ID, or undefined where the master does not tell. */
async function lockOf(id: string, lookup: Lookup): Promise<DDLLock | undefined> {
  const answer = (await lookup('ShowDDLLocks', {})) as ShowDDLLocksResponse | undefined;
  return answer?.locks.find((lock) => lock.ID === id);
}

function described(lock: DDLLock): string[] {
  return [
    `  task     ${lock.task}`,
    `  owner    ${lock.owner}`,
    `  synced   ${lock.synced.join(', ') || 'nobody'}`,
    `  unsynced ${lock.unsynced.join(', ') || 'nobody'}`,
    ...lock.DDLs.map((ddl, i) => `  ${i + 1}. ${ddl}`),
  ];
}

export async function unlockHarm(given: Given, lookup: Lookup): Promise<readonly string[]> {
  const id = given.args[0] ?? '';
  const lock = await lockOf(id, lookup);
  const owner = given.text('owner') || lock?.owner || 'the owner';
  return [
    `Unlock DDL lock ${id}: ${owner} executes its statements, the other workers skip them, whether they have come that far or not.`,
    ...(lock ? described(lock) : ['  The master shows no such lock.']),
    ...(given.on('force-remove') ? ['The lock is removed even if that fails.'] : []),
  ];
}

export async function breakHarm(given: Given, lookup: Lookup): Promise<readonly string[]> {
  const task = given.args[0] ?? '';
  const what = given.on('exec')
    ? 'execute the statement that blocks'
    : given.on('skip')
      ? 'skip the statement that blocks'
      : 'forget its lock';
  const answer = (await lookup('ShowDDLLocks', { task, workers: [...given.workers] })) as ShowDDLLocksResponse | undefined;
  return [
    `Let ${given.workers.join(', ')} ${what} in task ${task}, without the other workers.`,
    ...(answer?.locks ?? []).flatMap((lock) => [`Lock ${lock.ID}`, ...described(lock)]),
    "The master's own lock stays.",
  ];
}

/** sql-skip, sql-replace and sql-inject; the pieces of SQL are shown by the command itself. */
export function sqlHarm(request: HandleSQLsRequestInit): readonly string[] {
  const where = request.sharding ? "the owner of the task's next DDL lock" : request.worker;
  const pieces = (request.args ?? []).map((piece, i) => `  ${i + 1}. ${piece.trim()}`);
  if (request.op === 'INJECT') return [`Inject into task ${request.name} on ${where}:`, ...pieces];
  const match = request.binlogPos ? `the event at ${request.binlogPos}` : `statements that match ${request.sqlPattern}`;
  if (request.op === 'REPLACE') return [`Replace ${match} in task ${request.name} on ${where} by:`, ...pieces];
  return [`Skip ${match} in task ${request.name} on ${where}: the target database will not have it.`];
}
