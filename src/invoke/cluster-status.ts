// Fetches the state of the cluster through a dialect, in a form that does not depend on the dialect.

import type { KnownWorker } from '../command/spec.ts';
import type { Cluster, SubTask, Worker } from '../domain/cluster.ts';
import type { Lock } from '../presenters/locks.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import type { RunContext } from './context.ts';
import { mapDecodeErrors } from './invoke.ts';

export interface ClusterScope {
  /** A task; all tasks if omitted. */
  readonly task?: string;
  readonly workers?: readonly string[];
  /** The name to show while a person waits. Without it, nothing is shown. */
  readonly label?: string;
}

/** Fetches the state. Throws RpcError, Interrupted. */
export async function fetchCluster(context: RunContext, { task = '', workers = [], label }: ClusterScope = {}): Promise<Cluster> {
  const { clusterQuery } = context.registry.dialect;
  const { type, answer } = await send(context, clusterQuery.method, clusterQuery.request(task, workers), false, label);
  return await mapDecodeErrors(type, () => clusterQuery.read(decode(type, answer) as never));
}

/** How long the program may be busy without reading a key, in milliseconds. */
const SLICE_MS = 10;

/**
 * The same in parts, so that the program reacts to keys while it reads a large answer.
 * @param label what to show while a person waits; without it, nothing is shown
 */
export async function fetchClusterInParts(context: RunContext, label?: string): Promise<Cluster> {
  const { clusterQuery } = context.registry.dialect;
  const { streamed } = clusterQuery.projection;
  const { type, answer } = await send(context, clusterQuery.method, clusterQuery.request('', []), false, label);
  return await mapDecodeErrors(type, async () => {
    const decoded = decode(type, answer, clusterQuery.projection) as Record<string, Iterable<unknown>>;
    const read = (items: readonly unknown[]): Promise<Cluster> => clusterQuery.read({ ...decoded, [streamed]: items } as never);
    const { refused } = await read([]);
    const workers: Worker[] = [];
    const subTasks: SubTask[] = [];
    let until = performance.now() + SLICE_MS;
    for (const item of decoded[streamed] ?? []) {
      const part = await read([item]);
      workers.push(...part.workers);
      subTasks.push(...part.subTasks);
      if (performance.now() < until) continue;
      await new Promise((resolve) => setImmediate(resolve));
      until = performance.now() + SLICE_MS;
    }
    return { refused, workers, subTasks };
  });
}

/** Fetches the DDL locks. Throws RpcError, Interrupted. */
export async function fetchLocks(context: RunContext): Promise<readonly Lock[]> {
  const { locksQuery } = context.registry.dialect;
  const { type, answer } = await send(context, locksQuery.method, locksQuery.request, false);
  return await mapDecodeErrors(type, () => locksQuery.read(decode(type, answer) as never));
}

/** Fetches the workers that the masters know; undefined for a generation whose state of the cluster has them all. Throws RpcError, Interrupted. */
export async function fetchWorkers(context: RunContext): Promise<readonly KnownWorker[] | undefined> {
  const { workersQuery: query } = context.registry.dialect;
  if (!query) return undefined;
  const { type, answer } = await send(context, query.method, query.request, false);
  return await mapDecodeErrors(type, () => query.read(decode(type, answer) as never));
}
