// Asks the master what it is, and shows it beside what we are.

import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import { showOwn } from '../core/show.ts';
import { runtimeVersion } from '../platform/runtime.ts';
import { build } from '../platform/version.ts';
import type { View } from '../views/shape.ts';
import type { Runner } from './index.ts';

/** Prints a line a fact. Throws RpcError when the master cannot be reached. */
export const runStatus: Runner = async (_given, session, signal) => {
  const { generation, latencyMs, version } = await probed(session, signal);
  const rows: [string, string][] = [
    ['address', session.address],
    ['generation', generation],
    ['master', version ?? 'it does not tell its version'],
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

/** Asks, and keeps in mind whether the master could be reached. */
export async function probed(session: Session, signal: AbortSignal): ReturnType<typeof import('../rpc/probe.ts').probe> {
  const { probe } = await import('../rpc/probe.ts');
  try {
    const found = await probe(await session.caller(), session.address, signal);
    session.reachable = true;
    return found;
  } catch (error) {
    session.reachable = false;
    throw error;
  }
}
