// Which masters a cluster has.

import type { MasterIdentity } from '../command/release.ts';
import type { Masters } from '../command/spec.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import { type RunContext, withOptions, withRegistry } from './context.ts';
import { mapDecodeErrors } from './invoke.ts';

/** How long the masters may take to be listed, in milliseconds: without a quorum the call never ends. */
const MASTERS_LIMIT_MS = 3000;

/**
 * The masters of the cluster of a detected master; undefined if its generation has one master.
 * @throws RpcError, Interrupted
 */
export async function fetchMasters(identity: MasterIdentity, context: RunContext): Promise<Masters | undefined> {
  const registry = await context.session.registries.of(identity);
  const query = registry.dialect.mastersQuery;
  if (!query) return undefined;
  const limited = withOptions(context, { rpcTimeoutMs: Math.min(MASTERS_LIMIT_MS, context.options.rpcTimeoutMs) });
  const { type, answer } = await send(withRegistry(limited, registry), query.method, query.request, false);
  return await mapDecodeErrors(type, () => query.read(decode(type, answer) as never));
}
