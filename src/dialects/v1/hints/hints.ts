// Hints after an answer of DM 1.0 (real-cluster-notes, sections 2, 4, 5, 7 and 8). Each rule is a pure function.

import type { ParsedArgs } from '../../../command/spec.ts';
import type { Cluster } from '../../../domain/cluster.ts';
import { suggest } from '../../../text/suggested-command.ts';
import type {
  CheckTaskResponse,
  OperateTaskResponse,
  QueryErrorListResponse,
  QueryStatusListResponse,
  RefreshWorkerTasksResponse,
  StartTaskResponse,
} from '../../../wire/generated/v1.ts';
import { clusterOf } from '../presenters/cluster.ts';

/** The overall result of an answer: success, message, and the texts of its workers. */
export interface Outcome {
  readonly result: boolean;
  readonly msg: string;
  readonly workers?: readonly { readonly result?: boolean; readonly worker?: string; readonly msg?: string }[];
}

/** One worker that does not answer fails every check, start and update, of any task. */
export function workerDown({ result, msg }: Pick<Outcome, 'result' | 'msg'>): string[] {
  if (result || !/code=38008/.test(msg) || !/fetch config of worker/.test(msg)) return [];
  const who = /fetch config of worker ([^\s:]+:\d+|\S+?):/.exec(msg)?.[1] ?? 'the worker';
  return [
    `while a worker does not answer, every check, start and update of any task fails. Start ${who} again, or remove it with update-master-config`,
  ];
}

/** For some seconds after its start, a master knows no tasks. */
export function taskNotKnown({ result, msg }: Pick<Outcome, 'result' | 'msg'>): string[] {
  if (result || !msg.includes('has no workers or not exist')) return [];
  return [
    'a DM-master has no tasks for about 3 s after its start. If it was restarted, try again. List the tasks of the workers with query-status, and let the DM-master read them again with refresh-worker-tasks',
  ];
}

/** A relay that an error paused stays paused until a user resumes it. */
export function relayStands({ workers }: Cluster): string[] {
  return workers
    .filter(({ relay }) => relay?.health === 'broken')
    .map(
      ({ worker }) =>
        `the relay of ${worker} does not resume automatically. Remove the cause, then use ${suggest('resume-relay -w <worker>', { worker })}`,
    );
}

/** A sub task that waits until its relay has caught up. */
export function waitsForRelay({ subTasks }: Cluster): string[] {
  return subTasks
    .filter((s) => s.reason === 'waits for the relay')
    .map(
      ({ task, worker }) =>
        `${task} on ${worker} waits for its relay (query-status --relay). Until the relay has caught up, stop-task and later operations on this worker also wait, and time out after 30 s (38033)`,
    );
}

/** What to do after a successful operation. */
export function next(operation: 'pause' | 'resume' | 'update' | 'start', task: string, { result, workers = [] }: Outcome): string[] {
  if (!result || workers.some((w) => w.result === false)) return [];
  const look = task === '' ? 'query-status' : suggest('query-status <task>', { task });
  const wait = suggest('wait --for running <task>', { task });
  const resume = suggest('resume-task <task>', { task });
  switch (operation) {
    case 'pause':
      return [`resume the task with ${resume}`];
    case 'resume':
      return [`if the cause is not fixed, the task pauses again within a second. Check with ${look} or ${wait}`];
    case 'update':
      return [`the task is still paused. Continue with the new rules: ${resume}`];
    case 'start':
      return [`an error at the start appears only later. Check with ${look} or ${wait}`];
  }
}

/** A lock that was broken on a worker still exists in the master. */
export function lockStays(task: string, { result }: Outcome): string[] {
  if (!result) return [];
  const show = suggest('show-ddl-locks <task>', { task });
  return [
    `the lock in the DM-master stays: see ${show}. Let workers that still wait skip the statement (break-ddl-lock --skip), then use ${suggest('unlock-ddl-lock --force-remove <lock>')}`,
  ];
}

/** Workers that create a lock again when they reach its statements. */
export function locksAgain({ workers = [] }: Outcome): string[] {
  const late = workers.filter((w) => w.result === false && /code=40061/.test(w.msg ?? '')).map((w) => w.worker ?? '');
  return late.map(
    (worker) =>
      `${worker} has not reached the statements. When it reaches them, it creates a new lock and owns it. Then let it skip them with ${suggest('break-ddl-lock -w <worker> --skip <task>', { worker })}`,
  );
}

/** A worker that did not carry out the operation in time. */
export function mayFollow({ workers = [] }: Outcome): string[] {
  return workers.some((w) => /code=38033/.test(w.msg ?? ''))
    ? ['the operation may still be carried out. Check with query-status before you send it again']
    : [];
}

/** A relay that was moved is paused. */
export function relayPaused(worker: string, { result }: Pick<Outcome, 'result'>): string[] {
  return result
    ? [`the relay of ${worker} is paused and does not resume automatically: use ${suggest('resume-relay -w <worker>', { worker })}`]
    : [];
}

/** A worker 1.0.1 that cannot reach its upstream dies at the next query-status. */
export function upstreamNotReached(worker: string, { result, msg }: Pick<Outcome, 'result' | 'msg'>): string[] {
  if (result || !/code=10001/.test(msg)) return [];
  return [
    `do not use query-status yet: it kills a DM-worker 1.0.1 that has a sub task. First send a file whose upstream ${worker} can reach: ${suggest('update-relay -w <worker> <dm-worker.toml>', { worker })}`,
  ];
}

/** refresh-worker-tasks drops a worker that does not answer from the tasks of the master. */
export function droppedOut(workers: readonly { readonly worker: string; readonly msg: string }[]): string[] {
  const silent = workers.filter(({ msg }) => /code=38008/.test(msg)).map(({ worker }) => worker);
  if (silent.length === 0) return [];
  return [
    `${silent.join(', ')} did not answer. The DM-master leaves it out of its tasks until the next refresh. When it is back, use refresh-worker-tasks again`,
  ];
}

/** The answers to pause-, resume- and stop-task keep a worker's result one level deeper. */
export function operated(answer: OperateTaskResponse, rule: (outcome: Outcome) => string[]): string[] {
  return rule({ ...answer, workers: answer.workers.map(({ meta }) => meta ?? { result: false }) });
}

const taskOf = (parsed: ParsedArgs<unknown>): string => parsed.args[0] ?? '';

// The rules of each command.

export function afterQueryStatus(answer: QueryStatusListResponse): string[] {
  const cluster = clusterOf(answer);
  return [...taskNotKnown(answer), ...relayStands(cluster), ...waitsForRelay(cluster)];
}

export const afterQueryError = (answer: QueryErrorListResponse): string[] => taskNotKnown(answer);

export const afterCheck = (answer: CheckTaskResponse): string[] => workerDown(answer);

export function afterTaskFile(operation: 'start' | 'update', answer: StartTaskResponse, task: string): string[] {
  return [...workerDown(answer), ...next(operation, task, answer)];
}

export function afterOperation(operation: 'pause' | 'resume' | 'stop', parsed: ParsedArgs<unknown>, answer: OperateTaskResponse): string[] {
  const more = operated(answer, (outcome) => (operation === 'stop' ? mayFollow(outcome) : next(operation, taskOf(parsed), outcome)));
  return [...taskNotKnown(answer), ...more];
}

export const afterBreak = (parsed: ParsedArgs<unknown>, answer: Outcome): string[] => lockStays(taskOf(parsed), answer);

export const afterUnlock = (answer: Outcome): string[] => locksAgain(answer);

export const afterRelayMoves = (workers: readonly string[], answer: Pick<Outcome, 'result'>): string[] =>
  workers.flatMap((worker) => relayPaused(worker, answer));

export const afterUpdateRelay = (parsed: ParsedArgs<unknown>, answer: Outcome): string[] =>
  upstreamNotReached(parsed.targets[0] ?? '', answer);

export const afterRefresh = ({ workers }: RefreshWorkerTasksResponse): string[] => droppedOut(workers);
