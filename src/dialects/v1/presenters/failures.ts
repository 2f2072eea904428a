// Answers to query-error of DM 1.0 as rows. Only query-status has errors other than rejected statements
// (real-cluster-notes, section 3).

import { type Failure, failuresView } from '../../../presenters/failures.ts';
import type { View } from '../../../presenters/view.ts';
import type { QueryErrorListResponse, SubTaskError } from '../../../wire/generated/v1.ts';

export function queryErrorView({ result, msg, workers }: QueryErrorListResponse): View {
  const others = workers.flatMap((w) => [
    ...(w.result ? [] : [{ who: w.worker, text: w.msg }]),
    ...(w.RelayError?.msg ? [{ who: `the relay of ${w.worker}`, text: w.RelayError.msg }] : []),
  ]);
  return failuresView(
    result ? '' : msg || 'it rejected the request without a reason',
    workers.flatMap((w) => w.subTaskError.flatMap((e) => failuresOf(e, w.worker))),
    others,
  );
}

function failuresOf(error: SubTaskError, worker: string): Failure[] {
  const common = { task: error.name, worker, stage: String(error.stage), unit: error.unit === 'InvalidUnit' ? '-' : String(error.unit) };
  const plain = error.check?.msg || error.dump?.msg || error.load?.msg || '';
  const bare = { position: '', statement: '' };
  return [
    ...(plain ? [{ ...common, ...bare, text: plain }] : []),
    ...(error.sync?.errors ?? []).map((e) => ({ ...common, text: e.msg, position: e.failedBinlogPosition, statement: e.errorSQL })),
  ];
}
