// How the cluster stands now, asked in a dialect's own way and told in none.

import type { Cluster } from '../domain/cluster.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import type { RunContext } from './context.ts';
import { mapDecodeErrors } from './invoke.ts';

export interface ClusterScope {
  /** A task; all of them when left out. */
  readonly task?: string;
  readonly workers?: readonly string[];
  /** What is named while a person waits; nothing is shown without it. */
  readonly label?: string;
}

/** Asks. Throws RpcError, Interrupted. */
export async function fetchCluster(context: RunContext, { task = '', workers = [], label }: ClusterScope = {}): Promise<Cluster> {
  const { clusterQuery } = context.registry.dialect;
  const { type, answer } = await send(context, clusterQuery.method, clusterQuery.request(task, workers), false, label);
  return await mapDecodeErrors(type, () => clusterQuery.read(decode(type, answer) as never));
}
