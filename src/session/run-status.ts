// Asks the master what it is, and shows it beside what we are.

import type { Identity } from '../core/dialect-resolver.ts';
import { STATUS } from '../core/outcome.ts';
import { noting } from '../core/send.ts';
import type { Session } from '../core/session.ts';
import { showOwn } from '../core/show.ts';
import { runtimeVersion } from '../platform/runtime.ts';
import { build } from '../platform/version.ts';
import type { View } from '../views/shape.ts';
import type { Runner } from './index.ts';

/** Prints a line a fact. Throws RpcError when the master cannot be reached. */
export const runStatus: Runner = async (_given, session, signal) => {
  const identity = await identified(session, signal, true);
  const { latencyMs, release } = identity;
  const rows: [string, string][] = [
    ['address', session.address],
    ['generation', generationText(identity)],
    ['master', release ?? 'it does not tell its version'],
    ['latency', `${latencyMs < 10 ? latencyMs.toFixed(1) : latencyMs.toFixed(0)} ms`],
    ['dmctl', `${build.version}, Node ${runtimeVersion()}`],
  ];
  const view: View = {
    columns: [{ title: 'WHAT' }, { title: 'VALUE' }],
    rows: rows.map(([name, value]) => ({ key: name, name, cells: [name, value] })),
  };
  await showOwn(session, Object.fromEntries(rows), view, () => rows.map(([name, value]) => `${name.padEnd(11)}${value}\n`));
  return STATUS.fine;
};

/** Asks, for `all` with the release, and keeps in mind whether the master could be reached. Throws RpcError, Interrupted. */
export async function identified(session: Session, signal: AbortSignal, all: boolean): Promise<Identity> {
  const caller = await session.caller();
  return await noting(session, () => caller.identify(signal, all));
}

/** The generation, and whether commands can be sent to it. */
export function generationText({ generation }: Identity): string {
  return generation === 'DM 2.0 or later' ? `${generation} (this client speaks DM 1.0)` : generation;
}
