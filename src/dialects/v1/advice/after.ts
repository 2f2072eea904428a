// What to know after an answer of DM 1.0 (real-cluster-notes, sections 2, 4, 5, 7 and 8). Each rule is a pure function.

import type { Given } from '../../../core/spec.ts';
import type { Cluster } from '../../../views/cluster.ts';
import type {
  CheckTaskResponse,
  OperateTaskResponse,
  QueryErrorListResponse,
  QueryStatusListResponse,
  StartTaskResponse,
} from '../../../wire/generated/v1.ts';
import { clusterOf } from '../views/cluster.ts';

/** An answer's whole: whether it is yes, what it says, and the texts of its workers. */
export interface Said {
  readonly result: boolean;
  readonly msg: string;
  readonly workers?: readonly { readonly result?: boolean; readonly msg?: string }[];
}

/** One worker that does not answer fails every check, start and update, of whatever task. */
export function workerDown({ result, msg }: Pick<Said, 'result' | 'msg'>): string[] {
  if (result || !/code=38008/.test(msg) || !/fetch config of worker/.test(msg)) return [];
  const who = /fetch config of worker ([^\s:]+:\d+|\S+?):/.exec(msg)?.[1] ?? 'the worker';
  return [
    `a worker that does not answer fails every check, start and update, also of tasks that it has no part in: bring ${who} back, or take it out with update-master-config`,
  ];
}

/** For some seconds after its start a master knows no task. */
export function taskNotKnown({ result, msg }: Pick<Said, 'result' | 'msg'>): string[] {
  if (result || !msg.includes('has no workers or not exist')) return [];
  return [
    'a DM-master knows no task for some 3 s after its start: if it was restarted, try again; query-status without a name shows what the workers have, refresh-worker-tasks lets the master read it anew',
  ];
}

/** A relay that an error has paused stays so until a hand resumes it. */
export function relayStands({ workers }: Cluster): string[] {
  return workers
    .filter(({ relay }) => relay?.health === 'broken')
    .map(({ worker }) => `the relay of ${worker} does not go on by itself: when the cause is gone, resume-relay -w ${worker}`);
}

/** A worker that refused a task because the relay has to come first. */
export function waitsForRelay({ subTasks }: Cluster): string[] {
  return subTasks
    .filter((s) => s.why === 'waits for the relay')
    .map((s) => `${s.task} on ${s.worker} waits for its relay, and stop-task would wait with it; query-status --relay shows the relay`);
}

/** Where an operation was well done: what to look at next. */
export function next(operation: 'pause' | 'resume' | 'update' | 'start', task: string, { result, workers = [] }: Said): string[] {
  if (!result || workers.some((w) => w.result === false)) return [];
  const shown = task === '' ? 'query-status' : `query-status ${task}`;
  const named = task === '' ? 'TASK' : task;
  switch (operation) {
    case 'pause':
      return [
        `resume-task ${named} lets it go on; what was paused in the middle of its load is better started anew, since a DM-worker 1.0.1 dies at the end of such a load`,
      ];
    case 'resume':
      return [`what was not mended stops it again within a second: look with ${shown}, or wait ${named} --for running`];
    case 'update':
      return [`the task is still paused: resume-task ${named} lets it go on with what was changed`];
    case 'start':
      return [`an error at the start shows only later: look with ${shown}, or wait ${named} --for running`];
  }
}

/** A lock that was broken on a worker is still the master's. */
export function lockStays(task: string, { result }: Said): string[] {
  return result ? [`the DM-master's own lock stays: show-ddl-locks ${task} shows it, unlock-ddl-lock --force-remove removes it`] : [];
}

/** A worker that was down a moment ago. */
export function nobodyWaits({ workers = [] }: Said): string[] {
  return workers.some((w) => /code=38033/.test(w.msg ?? ''))
    ? ['the operation may still be carried out: look with query-status before it is sent again']
    : [];
}

/** The answers to pause-, resume- and stop-task keep a worker's result one level deeper. */
export function operated(answer: OperateTaskResponse, rule: (said: Said) => string[]): string[] {
  return rule({ ...answer, workers: answer.workers.map(({ meta }) => meta ?? { result: false }) });
}

const taskOf = (given: Given): string => given.args[0] ?? '';

// Which rules belong to which command.

export function afterQueryStatus(answer: QueryStatusListResponse): string[] {
  const cluster = clusterOf(answer);
  return [...taskNotKnown(answer), ...relayStands(cluster), ...waitsForRelay(cluster)];
}

export const afterQueryError = (answer: QueryErrorListResponse): string[] => taskNotKnown(answer);

export const afterCheck = (answer: CheckTaskResponse): string[] => workerDown(answer);

export function afterTaskFile(operation: 'start' | 'update', answer: StartTaskResponse): string[] {
  return [...workerDown(answer), ...next(operation, '', answer)];
}

export function afterOperation(operation: 'pause' | 'resume' | 'stop', given: Given, answer: OperateTaskResponse): string[] {
  const more = operated(answer, (said) => (operation === 'stop' ? nobodyWaits(said) : next(operation, taskOf(given), said)));
  return [...taskNotKnown(answer), ...more];
}

export const afterBreak = (given: Given, answer: Said): string[] => lockStays(taskOf(given), answer);
