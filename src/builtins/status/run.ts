// Shows the client, the master and the connection.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { noting } from '../../invoke/call.ts';
import type { RunContext } from '../../invoke/context.ts';
import type { Identity } from '../../invoke/dialect-resolver.ts';
import { renderValue } from '../../output/renderer.ts';
import { runtimeVersion } from '../../platform/runtime.ts';
import { build } from '../../platform/version.ts';
import type { View } from '../../presenters/view.ts';
import type { Runner } from '../index.ts';
import type { status } from './command.ts';

/** Prints one fact per line. Throws RpcError if the master cannot be reached. */
export const runStatus: Runner<typeof status> = async (_given, context) => {
  const identity = await identified(context, true);
  const { latencyMs, release } = identity;
  const rows: [string, string][] = [
    ['address', context.session.address],
    ['generation', generationText(identity)],
    ['master', release ?? 'it does not tell its version'],
    ['latency', `${latencyMs < 10 ? latencyMs.toFixed(1) : latencyMs.toFixed(0)} ms`],
    ['dmctl', `${build.version}, Node ${runtimeVersion()}`],
  ];
  const view: View = {
    columns: [{ title: 'WHAT' }, { title: 'VALUE' }],
    rows: rows.map(([name, value]) => ({ key: name, name, cells: [name, value] })),
  };
  await renderValue(context, Object.fromEntries(rows), view, () => rows.map(([name, value]) => `${name.padEnd(11)}${value}\n`));
  return EXIT_CODE.ok;
};

/** Asks the master, with `all` for its release too, and records whether it could be reached. Throws RpcError, Interrupted. */
export async function identified({ session, signal }: RunContext, all: boolean): Promise<Identity> {
  const caller = await session.caller();
  return await noting(session, () => caller.identify(signal, all));
}

/** The generation, and whether this client can send it commands. */
export function generationText({ generation }: Identity): string {
  return generation === 'DM 2.0 or later' ? `${generation} (this client speaks DM 1.0)` : generation;
}
