// Fetches the state of the cluster through a dialect, in a form that does not depend on the dialect.

import type { Cluster } from '../domain/cluster.ts';
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
