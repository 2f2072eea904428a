// The results in answers of DM 1.0's commands, by worker.

import { checkSummary, checkView } from '../../../presenters/check.ts';
import { resultsOrWhole, resultsView, type WorkerResult } from '../../../presenters/outcomes.ts';
import type { View } from '../../../presenters/view.ts';
import type {
  CommonWorkerResponse,
  OperateRelayResponse,
  OperateTaskResponse,
  RefreshWorkerTasksResponse,
} from '../../../wire/generated/v1.ts';

const outcome = ({ result, worker, msg }: Pick<OperateRelayResponse, 'result' | 'worker' | 'msg'>): WorkerResult => ({
  worker,
  ok: result,
  text: msg,
});

/** Most commands: an overall result and message, and one for each worker. */
export function workersView({ result, msg, workers }: { result: boolean; msg: string; workers: readonly CommonWorkerResponse[] }): View {
  return resultsView(result, msg, workers.map(outcome));
}

/** sql-skip, sql-replace and sql-inject: the same. DM names the worker only if something is wrong with it. */
export function sqlView(answer: Parameters<typeof workersView>[0], worker: string): View {
  return workersView({ ...answer, workers: answer.workers.map((w) => ({ ...w, worker: w.worker || worker })) });
}

/** start-task and update-task: as most commands, unless the preceding check failed. */
export function checkedView(answer: Parameters<typeof workersView>[0]): View {
  return checkView(answer.msg) ?? workersView(answer);
}

/** The results of start-task for one of many files. */
export function startOutcomes({ result, msg, workers }: Parameters<typeof workersView>[0]): readonly WorkerResult[] {
  return resultsOrWhole(result, checkSummary(msg), workers.map(outcome));
}

/** pause-, resume- and stop-task. */
export function operateTaskView(answer: OperateTaskResponse): View {
  return resultsView(answer.result, answer.msg, operated(answer));
}

const operated = ({ workers }: OperateTaskResponse): WorkerResult[] =>
  workers.map(({ meta }) => (meta ? outcome(meta) : { worker: '', ok: false, text: 'the answer contains no result' }));

/** The same for one of many tasks. A failed answer, or one without workers, also has a result for the whole task. */
export function operateTaskOutcomes(answer: OperateTaskResponse): readonly WorkerResult[] {
  return resultsOrWhole(answer.result, answer.msg, operated(answer));
}

export function relayOperationView({
  result,
  msg,
  workers,
}: {
  result: boolean;
  msg: string;
  workers: readonly OperateRelayResponse[];
}): View {
  return resultsView(result, msg, workers.map(outcome));
}

/** migrate-relay and update-relay: one worker. DM names it only in some errors. */
export function oneWorkerView(answer: CommonWorkerResponse, worker: string): View {
  return resultsView(answer.result, '', [outcome({ ...answer, worker: answer.worker || worker })]);
}

/** refresh-worker-tasks names only workers that have a message. */
export function refreshView({ result, workers }: RefreshWorkerTasksResponse): View {
  return resultsView(
    result,
    result ? 'the DM-master has read the tasks of all workers again' : '',
    workers.map(({ worker, msg }) => ({ worker, ok: msg === 'no sub task started', text: msg })),
  );
}
