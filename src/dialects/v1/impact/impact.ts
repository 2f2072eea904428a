// The impact of dangerous commands, shown before they are sent (real-cluster-notes: tasks, relay, DDL locks).

import type { Lookup, ParsedArgs } from '../../../command/spec.ts';
import { suggest } from '../../../text/suggested-command.ts';
import type { DDLLock, HandleSQLsRequestInit, ShowDDLLocksResponse } from '../../../wire/generated/v1.ts';

const on = (workers: readonly string[], all: string): string => (workers.length > 0 ? workers.join(', ') : all);

const LOCKS_STAY = 'DDL locks of a stopped task stay in the DM-master.';
const PAUSE_INSTEAD = 'To stop a task only for a while, use pause-task.';

/** stop-task: sub tasks are removed, not paused. */
export function stopImpact(parsed: ParsedArgs<unknown>): readonly string[] {
  return [
    `Stop task ${parsed.args[0]} on ${on(parsed.targets, 'all its workers')}: its sub tasks are removed from them.`,
    LOCKS_STAY,
    PAUSE_INSTEAD,
  ];
}

/** The same for many tasks, after their list. */
export const stopManyImpact: readonly string[] = ['Their sub tasks are removed from the workers.', LOCKS_STAY, PAUSE_INSTEAD];

export function purgeImpact(parsed: ParsedArgs<{ filename: string; subDir: string }>): readonly string[] {
  const { targets } = parsed;
  const [file, directory] = [parsed.flags.filename, parsed.flags.subDir];
  const where = directory ? `sub-directory ${directory}` : 'the newest sub-directory';
  if (!file) return [`Purge relay log files of ${where} on ${targets.join(', ')}. DM rejects this without --filename (30039).`];
  return [
    `Delete the relay log files before ${file} of ${where} on ${targets.join(', ')}. They cannot be restored.`,
    'DM does not check that the file exists. With a wrong name, it may delete every file before the active one.',
    'DM rejects this while a sub task of the worker is paused (30037).',
  ];
}

export function switchImpact(parsed: ParsedArgs<unknown>): readonly string[] {
  return [
    `Switch the relay of ${parsed.targets.join(', ')} to another upstream server. The relay starts a new sub-directory.`,
    'The relay must be paused (otherwise 40039) and must use GTIDs with enable-gtid = true (otherwise 30034).',
    'It stays paused afterwards and does not resume automatically: use resume-relay.',
  ];
}

export function migrateImpact(parsed: ParsedArgs<unknown>): readonly string[] {
  const [worker, name, position] = parsed.args;
  return [
    `Move the relay of ${worker} to ${name}, position ${position}. The relay starts a new sub-directory.`,
    'This pauses a running relay. The relay does not resume automatically: use resume-relay.',
    'Each call starts another sub-directory. A task that reaches an empty one stops with 11028: use this command only once.',
  ];
}

/** The lock with this ID. Undefined if the master does not report it. */
async function lockOf(id: string, lookup: Lookup): Promise<DDLLock | undefined> {
  const answer = (await lookup('ShowDDLLocks', {})) as ShowDDLLocksResponse | undefined;
  return answer?.locks.find((lock) => lock.ID === id);
}

function described(lock: DDLLock): string[] {
  return [
    `  task     ${lock.task}`,
    `  owner    ${lock.owner}`,
    `  synced   ${lock.synced.join(', ') || 'none'}`,
    `  unsynced ${lock.unsynced.join(', ') || 'none'}`,
    ...lock.DDLs.map((ddl, i) => `  ${i + 1}. ${ddl}`),
  ];
}

export async function unlockImpact(
  parsed: ParsedArgs<{ owner: string; forceRemove: boolean }>,
  lookup: Lookup,
): Promise<readonly string[]> {
  const id = parsed.args[0] ?? '';
  const lock = await lockOf(id, lookup);
  const owner = parsed.flags.owner || lock?.owner || 'the owner';
  return [
    `Unlock DDL lock ${id}: ${owner} executes its statements, and other workers that already wait at them skip them.`,
    ...(lock ? described(lock) : ['  The DM-master does not report such a lock.']),
    ...ownerNotThere(lock, parsed.flags.owner),
    ...notReached(lock, parsed.targets),
    ...(parsed.flags.forceRemove ? ['The lock is removed even if the owner does not execute the statements.'] : []),
  ];
}

/** An owner that does not wait at the statements cannot execute them. */
function ownerNotThere(lock: DDLLock | undefined, owner: string): string[] {
  if (!lock || owner === '' || lock.synced.includes(owner)) return [];
  return [`${owner} has not reached the statements. The call fails (38024), and the lock stays unless you use --force-remove.`];
}

/** Workers that reach the statements after the lock is gone create it again. */
function notReached(lock: DDLLock | undefined, asked: readonly string[]): string[] {
  if (!lock || lock.unsynced.length === 0) return [];
  const late = lock.unsynced.filter((worker) => asked.length === 0 || asked.includes(worker));
  return [
    ...(late.length > 0
      ? [
          `Not there yet: ${late.join(', ')}. A worker that has not reached the statements reports 40061. The call then fails (38025), but the lock is gone.`,
        ]
      : []),
    `When such a worker reaches the statements, it creates a new lock and owns it. Then let it skip them with ${suggest('break-ddl-lock -w <worker> --skip <task>', { worker: lock.unsynced.length === 1 ? lock.unsynced[0] : undefined, task: lock.task })}`,
  ];
}

export async function breakImpact(
  parsed: ParsedArgs<{ exec: boolean; skip: boolean; removeId: string }>,
  lookup: Lookup,
): Promise<readonly string[]> {
  const task = parsed.args[0] ?? '';
  const workers = parsed.targets.join(', ');
  const continues = parsed.flags.exec || parsed.flags.skip;
  const answer = (await lookup('ShowDDLLocks', { task, workers: [...parsed.targets] })) as ShowDDLLocksResponse | undefined;
  const [only, ...more] = answer?.locks ?? [];
  const lock = more.length === 0 ? only?.ID : undefined;
  return [
    continues
      ? `Let ${workers} ${parsed.flags.exec ? 'execute' : 'skip'} the statement that blocks task ${task} and continue without the other workers.`
      : `Remove DDL lock ${parsed.flags.removeId} of task ${task} on ${workers}. Each worker still waits at the statement, and unlock-ddl-lock then fails (38024, 40061).`,
    ...(answer?.locks ?? []).flatMap((found) => [`Lock ${found.ID}`, ...described(found)]),
    'A worker that does not wait at a statement rejects this (36059).',
    'The lock in the DM-master stays, and the DM-master no longer resolves it. A worker that reaches the statement later waits forever.',
    `Let each such worker skip it with ${suggest('break-ddl-lock -w <worker> --skip <task>', { task })}`,
    `Then remove the lock with ${suggest('unlock-ddl-lock --force-remove <lock>', { lock })}`,
  ];
}

/** sql-skip, sql-replace and sql-inject. */
export function sqlImpact(request: HandleSQLsRequestInit): readonly string[] {
  const where = request.sharding ? "the owner of the task's next DDL lock" : request.worker;
  const pieces = (request.args ?? []).map((piece, i) => `  ${i + 1}. ${piece.trim()}`);
  if (request.op === 'INJECT') return [`Inject into task ${request.name} on ${where}:`, ...pieces];
  const match = request.binlogPos ? `the event at ${request.binlogPos}` : `statements that match ${request.sqlPattern}`;
  const what =
    request.op === 'REPLACE'
      ? [`Replace ${match} in task ${request.name} on ${where} with:`, ...pieces]
      : [`Skip ${match} in task ${request.name} on ${where}: the target database does not get it.`];
  return [
    ...what,
    'This has no effect on a DDL statement that DM cannot parse (11006): add a filter rule to the task file instead.',
    ...(request.sharding ? ['The DM-master does not check that the task exists.'] : []),
  ];
}
