// The summary that query-status of DM 1.0.2 to 1.0.7 prints without a task name: one entry per task.

import type { QueryStatusListResponse, QueryStatusResponse, SubTaskStatus } from '../../../wire/generated/v1.ts';

interface TaskSummary {
  taskName?: string;
  taskStatus?: string;
  workers?: string[];
}

/** The summary as a plain value, tasks sorted by name. Undefined if the full answer is printed instead. */
export function summarise(answer: QueryStatusListResponse): unknown {
  if (!answer.result) return undefined;
  const tasks = new Map<string, { status: string; workers: string[] }>();
  for (const worker of answer.workers) {
    for (const subTask of worker.subTaskStatus) {
      const known = tasks.get(subTask.name);
      const status = fold(known?.status, subTask, worker);
      if (known) Object.assign(known, { status }).workers.push(worker.worker);
      else tasks.set(subTask.name, { status, workers: [worker.worker] });
    }
  }
  const sorted = [...tasks].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return {
    result: answer.result,
    msg: answer.msg,
    tasks: sorted.map(([taskName, { status, workers }]): TaskSummary => {
      const taskStatus = status.startsWith('Error') ? `${status}. Please run \`query-status ${taskName}\` to get more details.` : status;
      return { taskName, taskStatus, workers };
    }),
  };
}

/** The status of a task after one more sub task (dm-facts 4.10): an error stays, then Paused wins, else mixed is Running. */
function fold(status: string | undefined, subTask: SubTaskStatus, worker: QueryStatusResponse): string {
  if (status?.startsWith('Error')) return status;
  const stage = String(subTask.stage);
  if (stage === 'Paused' && (subTask.result?.errors.length ?? 0) > 0) return 'Error - Some error occurred in subtask';
  const relay = worker.relayStatus;
  if (stage === 'Running' && subTask.unit === 'Sync' && relay && (relay.stage === 'Paused' || relay.stage === 'Stopped')) {
    return `Error - Relay status is ${(relay.result?.errors.length ?? 0) > 0 ? 'Error' : relay.stage}`;
  }
  if (status === undefined) return stage;
  if (status === 'Paused' || stage === 'Paused') return 'Paused';
  return status === stage ? status : 'Running';
}
