// The results in answers of DM 2.0 and later, by source.

import { checkSummary, checkView } from '../../../presenters/check.ts';
import { resultsOrWhole, resultsView, type WorkerResult } from '../../../presenters/outcomes.ts';
import type { View } from '../../../presenters/view.ts';
import type { CommonWorkerResponse, OperateTaskResponse } from '../../../wire/generated/v2.ts';

const outcome = ({ result, source, worker, msg }: CommonWorkerResponse): WorkerResult => ({
  worker: source || worker,
  ...(source !== '' && worker !== '' && { boundTo: worker }),
  ok: result,
  text: msg,
});

/** An overall result and message, and one for each source. */
export function sourcesView({
  result,
  msg,
  sources = [],
}: {
  readonly result: boolean;
  readonly msg: string;
  readonly sources?: readonly CommonWorkerResponse[];
}): View {
  return resultsView(result, msg, sources.map(outcome), 'SOURCE', 'source');
}

/** An answer without parts. */
export function plainView({ result, msg }: { readonly result: boolean; readonly msg: string }): View {
  return resultsView(result, msg || (result ? 'done' : ''), []);
}

/** start-task: the same, unless the preceding check failed. */
export function checkedView(answer: Parameters<typeof sourcesView>[0] & { readonly checkResult?: string }): View {
  return checkView(answer.checkResult || answer.msg) ?? sourcesView(answer);
}

/** The results of start-task for one of many files. */
export function startOutcomes({ result, msg, sources = [], checkResult = '' }: Parameters<typeof checkedView>[0]): readonly WorkerResult[] {
  const outcomes = sources.map(outcome);
  // The result of a check that passed does not explain why a source failed.
  return msg === '' && outcomes.some(({ ok }) => !ok) ? outcomes : resultsOrWhole(result, checkSummary(msg || checkResult), outcomes);
}

/** The results of pause-, resume- and stop-task; without a source, or for a rejection, one for the task as a whole. */
export function operateTaskOutcomes({ result, msg, sources }: OperateTaskResponse): readonly WorkerResult[] {
  return resultsOrWhole(result, msg, sources.map(outcome));
}
