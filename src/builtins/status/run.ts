// Shows the client, the master and the connection.

import { RpcError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { generationName } from '../../command/release.ts';
import { noting } from '../../invoke/call.ts';
import type { RunContext } from '../../invoke/context.ts';
import type { MasterReport } from '../../invoke/dialect-resolver.ts';
import { fetchMasters } from '../../invoke/masters.ts';
import { renderValue } from '../../output/renderer.ts';
import { runtimeVersion } from '../../platform/runtime.ts';
import { build } from '../../platform/version.ts';
import type { View } from '../../presenters/view.ts';
import type { Runner } from '../index.ts';
import type { status } from './command.ts';

/** Prints one fact per line. Throws RpcError if the master cannot be reached. */
export const runStatus: Runner<typeof status> = async (_given, context) => {
  const report = await reported(context);
  const { latencyMs, releaseText } = report;
  const rows: [string, string][] = [
    ['address', context.session.address],
    ...(context.session.profile === '' ? [] : [['profile', context.session.profile] as [string, string]]),
    ['generation', generationText(report)],
    ['master', releaseText ?? 'does not report its release'],
    ...(await mastersOf(report, context)),
    ['TLS', tlsText(context)],
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

/** The leader and the masters; nothing for a generation with one master. */
async function mastersOf({ identity }: MasterReport, context: RunContext): Promise<[string, string][]> {
  try {
    const found = identity && (await fetchMasters(identity, context));
    if (!found) return [];
    const names = found.masters.map(({ name, alive, addresses }) => `${name} ${addresses.join(' ')}${alive ? '' : ' (down)'}`);
    return [
      ['leader', found.leader || 'none: the cluster takes no commands until it has elected one'],
      ['masters', names.join(', ')],
    ];
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return [['leader', 'unknown: the masters did not list themselves in time. They may have no quorum']];
  }
}

/** Whether the connection is encrypted, and what proves who is at its ends. */
function tlsText({ session, options: { sslCa, sslCert } }: RunContext): string {
  if (!session.encrypted) return 'off';
  const ca = sslCa === '' ? 'the certificate authorities of the system' : sslCa;
  return `on: the master is checked against ${ca}${sslCert === '' ? '' : `, and this client has ${sslCert}`}`;
}

/** Asks the master about itself, and records whether it could be reached. Throws RpcError, Interrupted. */
export async function reported({ session, signal }: RunContext): Promise<MasterReport> {
  const caller = await session.caller();
  return await noting(session, () => caller.report(signal));
}

/** The generation of the master in words. */
export function generationText({ identity }: MasterReport): string {
  return identity ? generationName(identity.generation) : 'not a DM-master';
}
