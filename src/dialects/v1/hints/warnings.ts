// Warnings before a call of DM 1.0 that neither the command nor its answer contains (real-cluster-notes, sections 3, 6,
// 7 and 9). Each rule is a pure function; the code at the bottom of the file fetches what they need.

import type { Lookup, ParsedArgs, Warning } from '../../../command/spec.ts';
import type { SubTask } from '../../../domain/cluster.ts';
import { isPastable, quoteWord, suggest } from '../../../text/suggested-command.ts';
import type {
  DDLLock,
  HandleSQLsRequestInit,
  QueryErrorListResponse,
  QueryStatusListResponse,
  ShowDDLLocksResponse,
} from '../../../wire/generated/v1.ts';
import { clusterOf } from '../presenters/cluster.ts';

/** query-error and sql-skip kill a 1.0.1 worker when they reach a sub task that was never initialized. */
export function deadly(command: string, subTasks: readonly SubTask[]): Warning[] {
  return subTasks
    .filter((s) => s.stage === 'Paused' && s.unit === '-')
    .map(({ task, worker, errors }) => {
      const how = errors.length > 0 ? 'did not start' : 'was paused when its worker restarted';
      const safe = `${suggest('resume-task -w <worker> <task>', { task, worker })} and stop-task are safe`;
      return {
        requiresConfirmation: true,
        text: `task ${task} on ${worker} ${how}: ${command} kills a DM-worker 1.0.1 in this state. See the error with query-status. ${safe}`,
      };
    });
}

/** A 1.0.1 worker that is paused and resumed in Load dies when the load ends. */
export function pausedInLoad(subTasks: readonly SubTask[]): Warning[] {
  return subTasks
    .filter((s) => s.unit === 'Load' && s.stage === 'Paused' && s.errors.length === 0)
    .map(({ task, worker }) => ({
      requiresConfirmation: true,
      text: `task ${task} on ${worker} was paused in Load: after a resume, a DM-worker 1.0.1 dies at the end of the load. stop-task and start-task are safe`,
    }));
}

const RELAY_FORM = /\|\d+\./;

/** DM accepts a position without the relay's suffix, but it never matches. The position from query-error does. */
export function plainPosition(position: string, failed: readonly string[]): Warning[] {
  if (position === '' || RELAY_FORM.test(position)) return [];
  const offered = failed.filter((p) => isPastable('position', p));
  const instead =
    offered.length > 0
      ? `Use the position of query-error: ${offered.map(quoteWord).join(', ')}`
      : 'Copy failedBinlogPosition from query-error unchanged (help binlog-pos)';
  return [
    {
      requiresConfirmation: true,
      text: `DM accepts the position ${position}, but it has no effect: it lacks the suffix of the relay. ${instead}`,
    },
  ];
}

/** A task's lock stays in the master after the task is stopped. */
export function locksLeft(task: string, locks: readonly Pick<DDLLock, 'ID' | 'task'>[]): Warning[] {
  return locks
    .filter((lock) => lock.task === task)
    .map(({ ID }) => ({
      text: `the DDL lock ${ID} stays in the DM-master. Remove it afterwards with ${suggest('unlock-ddl-lock --force-remove <lock>', { lock: ID })} (it reports 38024, but removes the lock)`,
    }));
}

/** sql-inject waits for the next binlog event. */
export function injectWaits(): Warning[] {
  return [
    { text: 'sql-inject waits for the next binlog event of the source. It fails after 30 s if the source is quiet or the task is paused' },
  ];
}

/** What a master does with its file. */
export function masterFile(): Warning[] {
  return [
    { text: 'the DM-master overwrites its file before it checks the new one. With an invalid file it cannot start again' },
    {
      text: 'the DM-master removes workers by source-id. Do not give two sources the same address: the worker with the old address would stay for good',
    },
    { text: 'a new worker gets no DDL locks until the DM-master is restarted' },
  ];
}

async function subTasksOf(task: string, workers: readonly string[], lookup: Lookup): Promise<readonly SubTask[]> {
  const answer = (await lookup('QueryStatus', { name: task, workers: [...workers] })) as QueryStatusListResponse | undefined;
  return answer ? clusterOf(answer).subTasks : [];
}

export async function beforeQueryError(parsed: ParsedArgs<unknown>, lookup: Lookup): Promise<Warning[]> {
  return deadly('query-error', await subTasksOf(parsed.args[0] ?? '', parsed.targets, lookup));
}

export async function beforeSql(command: string, request: HandleSQLsRequestInit, lookup: Lookup): Promise<Warning[]> {
  const { name = '', worker = '', binlogPos = '' } = request;
  if (worker === '') return [];
  const subTasks = await subTasksOf(name, [worker], lookup);
  const warned = deadly(command, subTasks);
  if (warned.length > 0 || plainPosition(binlogPos, []).length === 0) return warned;
  // Only now is it certain that query-error does not kill the worker.
  const safe = subTasks.length > 0 && subTasks.every((s) => s.unit !== '-');
  const errors = safe ? ((await lookup('QueryError', { name, workers: [worker] })) as QueryErrorListResponse | undefined) : undefined;
  const failed = (errors?.workers ?? []).flatMap((w) => w.subTaskError.flatMap((e) => e.sync?.errors ?? []));
  return plainPosition(
    binlogPos,
    failed.map((e) => e.failedBinlogPosition),
  );
}

/** Finds sub tasks that were paused in Load. For one task, only those on the workers of -w. */
export async function beforeResume(tasks: readonly string[], workers: readonly string[], lookup: Lookup): Promise<Warning[]> {
  const [task = '', ...more] = tasks;
  const subTasks = await subTasksOf(more.length > 0 ? '' : task, workers, lookup);
  return pausedInLoad(subTasks.filter((s) => tasks.includes(s.task)));
}

export async function beforeStop(parsed: ParsedArgs<unknown>, lookup: Lookup): Promise<Warning[]> {
  const task = parsed.args[0] ?? '';
  const answer = (await lookup('ShowDDLLocks', { task })) as ShowDDLLocksResponse | undefined;
  return locksLeft(task, answer?.locks ?? []);
}

/** The same for many tasks, with one request. */
export async function beforeStops(tasks: readonly string[], lookup: Lookup): Promise<Warning[]> {
  const answer = (await lookup('ShowDDLLocks', {})) as ShowDDLLocksResponse | undefined;
  return tasks.flatMap((task) => locksLeft(task, answer?.locks ?? []));
}
