// How the cluster stands, asked once of all its workers: what plans and comparisons are made from.

import type { Cluster } from '../views/cluster.ts';
import { decode } from '../wire/decode.ts';
import { reading } from './execute.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

/** Asks. `shown` is named while a person waits. Throws RpcError, Interrupted. */
export async function askCluster(session: Session, signal: AbortSignal, shown: string): Promise<Cluster> {
  const { status } = session.catalogue.dialect;
  const { type, answer } = await send(session, status.method, status.request('', []), false, signal, shown);
  return await reading(type, () => status.read(decode(type, answer) as never));
}
