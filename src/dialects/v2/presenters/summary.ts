// The summary that query-status of DM 2.0 and later prints without a task name: one entry per task (dm-facts 4.10).

import type { QueryStatusListResponse, QueryStatusResponse, SubTaskStatus } from '../../../wire/generated/v2.ts';

interface TaskSummary {
  taskName?: string;
  taskStatus?: string;
  sources?: string[];
}

/** The summary as a plain value, tasks sorted by name; undefined if the full answer is printed instead. */
export function summarise(answer: QueryStatusListResponse): unknown {
  if (!answer.result) return undefined;
  const tasks = new Map<string, { status: string; sources: string[] }>();
  for (const source of answer.sources) {
    if (!source.result) return undefined;
    for (const subTask of source.subTaskStatus) {
      const known = tasks.get(subTask.name);
      const status = fold(known?.status, subTask, source);
      const id = source.sourceStatus?.source ?? '';
      if (known) Object.assign(known, { status }).sources.push(id);
      else tasks.set(subTask.name, { status, sources: [id] });
    }
  }
  const sorted = [...tasks].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return { result: answer.result, msg: answer.msg, tasks: sorted.map(([name, task]) => entry(name, task.status, task.sources)) };
}

function entry(taskName: string, status: string, sources: string[]): TaskSummary {
  const taskStatus = status.startsWith('Error') ? `${status}. Please run \`query-status ${taskName}\` to get more details.` : status;
  return { ...(taskName && { taskName }), ...(taskStatus && { taskStatus }), ...(sources.length > 0 && { sources }) };
}

/** The status of a task after one more sub task: an error stays, then Paused wins, otherwise mixed stages are Running. */
function fold(status: string | undefined, subTask: SubTaskStatus, { sourceStatus }: QueryStatusResponse): string {
  if (status?.startsWith('Error')) return status;
  const stage = String(subTask.stage);
  if (stage === 'Paused' && (subTask.result?.errors.length ?? 0) > 0) return 'Error - Some error occurred in subtask';
  const relay = sourceStatus?.relayStatus;
  if (stage === 'Running' && subTask.unit === 'Sync' && relay && (relay.stage === 'Paused' || relay.stage === 'Stopped')) {
    return `Error - Relay status is ${(relay.result?.errors.length ?? 0) > 0 ? 'Error' : relay.stage}`;
  }
  if (status === undefined) return stage;
  if (status === 'Paused' || stage === 'Paused') return 'Paused';
  return status === stage ? status : 'Running';
}
