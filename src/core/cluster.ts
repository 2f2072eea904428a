// How the cluster stands now, asked in a dialect's own way and told in none.

import type { Cluster } from '../views/cluster.ts';
import { decode } from '../wire/decode.ts';
import { reading } from './execute.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';

export interface Whereof {
  /** A task; all of them when left out. */
  readonly task?: string;
  readonly workers?: readonly string[];
  /** What is named while a person waits; nothing is shown without it. */
  readonly shown?: string;
}

/** Asks. Throws RpcError, Interrupted. */
export async function askCluster(
  session: Session,
  signal: AbortSignal,
  { task = '', workers = [], shown }: Whereof = {},
): Promise<Cluster> {
  const { status } = session.catalogue.dialect;
  const { type, answer } = await send(session, status.method, status.request(task, workers), false, signal, shown);
  return await reading(type, () => status.read(decode(type, answer) as never));
}
