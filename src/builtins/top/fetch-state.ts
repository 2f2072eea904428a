// One round of top: the sub tasks each time, locks and masters less often.

import { Interrupted, RpcError } from '../../command/errors.ts';
import { fetchClusterInParts, fetchLocks } from '../../invoke/cluster-status.ts';
import type { RunContext } from '../../invoke/context.ts';
import { fetchMasters } from '../../invoke/masters.ts';
import { byTask } from '../../presenters/tasks.ts';
import type { ClusterState } from './totals.ts';

/** Locks and masters are fetched once in so many rounds. */
const EVERY = 5;

/**
 * Fetches the state. Without an answer about locks or masters, the state has none.
 * @param round its number; locks and masters are fetched in round 0 and each fifth
 * @throws RpcError, Interrupted
 */
export async function fetchState(context: RunContext, round: number, last?: ClusterState): Promise<ClusterState> {
  const isDue = !last || round % EVERY === 0;
  const [cluster, locks, masters] = await Promise.all([
    fetchClusterInParts(context, last ? undefined : 'top'),
    isDue ? unlessFailed(fetchLocks(context)) : last.locks,
    isDue ? unlessFailed(mastersOf(context)) : last.masters,
  ]);
  // Grouping thousands of sub tasks takes a while. Keys that were pressed meanwhile come first.
  await new Promise((resolve) => setImmediate(resolve));
  return { cluster, groups: byTask(cluster.subTasks), locks, masters };
}

async function mastersOf(context: RunContext): Promise<ClusterState['masters']> {
  const { session, signal, options } = context;
  const identity = await (await session.caller()).resolve({ timeoutMs: options.rpcTimeoutMs, signal });
  return await fetchMasters(identity, context);
}

async function unlessFailed<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RpcError || error instanceof Interrupted) return undefined;
    throw error;
  }
}
