// Compares a task file with the running task. Exit status as in diff(1): 0 same, 1 different, 2 failed.

import { RpcError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Cluster } from '../../domain/cluster.ts';
import { fetchCluster } from '../../invoke/cluster-status.ts';
import { createLookup } from '../../invoke/lookup.ts';
import { report } from '../../invoke/report.ts';
import { readTextFile } from '../../io/text-file.ts';
import { renderableValue } from '../../output/renderable.ts';
import { openRenderer } from '../../output/renderer.ts';
import { comparisonView, differs } from '../../presenters/comparison.ts';
import type { Runner } from '../index.ts';
import type { diff } from './command.ts';

/** Compares and prints. Throws InputError for a file that cannot be read. */
export const runDiff: Runner<typeof diff> = async (parsed, context) => {
  const { dialect } = context.registry;
  const show = await openRenderer(context);
  const text = await readTextFile(context.io, parsed.args[0] ?? '');
  let cluster: Cluster;
  try {
    cluster = await fetchCluster(context, { label: 'diff' });
    if (cluster.refused !== '') throw new RpcError(0, cluster.refused);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    await report(error, context, 'cannot query the state of the task:\n');
    return EXIT_CODE.usage; // 1 would mean a difference
  }
  const comparison = await dialect.compareTask(text, cluster, createLookup(context));
  const value = { ...comparison, same: !differs(comparison) };
  const shown = renderableValue(value, () => comparisonView(comparison));
  await show(shown, shown.json);
  return value.same ? EXIT_CODE.ok : EXIT_CODE.failed;
};
