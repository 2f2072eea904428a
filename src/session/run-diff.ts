// Compares a task file with the task that runs. Like diff(1): 0 the same, 1 different, 2 no comparison.

import { askCluster } from '../core/cluster.ts';
import { Refusal, RpcError } from '../core/errors.ts';
import { report } from '../core/execute.ts';
import { STATUS } from '../core/outcome.ts';
import { openShow, preferRows } from '../core/show.ts';
import { shownValue } from '../core/shown.ts';
import { readTextFile } from '../core/text-file.ts';
import type { Cluster } from '../views/cluster.ts';
import { comparisonView, differs } from '../views/comparison.ts';
import type { Runner } from './index.ts';

/** Compares and shows. Throws InputError for a file that cannot be read. */
export const runDiff: Runner = async (given, session, signal) => {
  const { dialect } = session.catalogue;
  preferRows(session);
  const show = await openShow(session);
  const text = await readTextFile(session.io, given.args[0] ?? '');
  if (!dialect.compare) throw new Refusal(`${dialect.name} has nothing to compare a file with`);
  let cluster: Cluster;
  try {
    cluster = await askCluster(session, signal, { shown: 'diff' });
    if (cluster.refused !== '') throw new RpcError(0, cluster.refused);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    await report(error, session, 'can not ask how the task stands:\n');
    return STATUS.unusable; // 1 would mean a difference
  }
  const comparison = await dialect.compare(text, cluster);
  const value = { ...comparison, same: !differs(comparison) };
  const shown = shownValue(value, () => comparisonView(comparison));
  await show(shown, shown.json);
  return value.same ? STATUS.fine : STATUS.failed;
};
