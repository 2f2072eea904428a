// How the cluster stands now, asked in a dialect's own way and told in none.

import type { Cluster } from '../views/cluster.ts';
import { decode } from '../wire/decode.ts';
import { reading } from './execute.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

/** Asks for a task on some workers; for everything where both are empty. Throws RpcError, Interrupted. */
export async function poll(session: Session, task: string, workers: readonly string[], signal: AbortSignal): Promise<Cluster> {
  const { status } = session.catalogue.dialect;
  const { type, answer } = await send(session, status.method, status.request(task, workers), false, signal);
  return await reading(type, () => status.read(decode(type, answer) as never));
}
