// One poll of a wait.

import { Interrupted, RpcError } from '../../command/errors.ts';
import { GRPC_CODE } from '../../command/grpc-code.ts';
import type { Round } from '../../domain/wait-evaluator.ts';
import { fetchCluster } from '../../invoke/cluster-status.ts';
import type { RunContext } from '../../invoke/context.ts';

/** One answer, or the reason why there is none. Undefined if the signal aborted the call. */
export async function look(context: RunContext, task: string, workers: readonly string[]): Promise<Round | undefined> {
  try {
    const cluster = await fetchCluster(context, { task, workers });
    return { at: performance.now(), cluster };
  } catch (error) {
    if (error instanceof Interrupted && context.signal.aborted) return undefined;
    if (error instanceof RpcError && error.code !== GRPC_CODE.unimplemented) return { at: performance.now(), failed: error.message };
    throw error;
  }
}
