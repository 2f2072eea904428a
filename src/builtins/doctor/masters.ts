// Checks the DM-masters: generation, releases, leader and quorum.

import { InputError, RpcError } from '../../command/errors.ts';
import { type MasterIdentity, parseRelease } from '../../command/release.ts';
import type { Masters } from '../../command/spec.ts';
import { type RunContext, withRegistry } from '../../invoke/context.ts';
import type { MasterReport } from '../../invoke/dialect-resolver.ts';
import { fetchMasters } from '../../invoke/masters.ts';
import { askRelease } from '../../rpc/probe.ts';
import { masterAddresses } from '../../text/address.ts';
import { reported } from '../status/run.ts';
import { type Check, failed, firstNames, ok, skipped, warning } from './check.ts';
import type { ConnectionState } from './connection.ts';

/** The timeout of a request for the page of a master in milliseconds. */
const PAGE_MS = 3000;
/** How many masters are asked for their release. A cluster has three or five. */
const MAX_ASKED = 9;

export interface MastersState {
  readonly checks: readonly Check[];
  /** The context of the generation and release that was detected; undefined if no call can be made. */
  readonly detected: RunContext | undefined;
}

/** Runs the checks. Throws Interrupted. */
export async function checkMasters(context: RunContext, { reachable, tls }: ConnectionState): Promise<MastersState> {
  let report: MasterReport;
  let detected: RunContext;
  try {
    report = await reported(context);
    if (!report.identity) return unusable('the server at this address is not a DM-master', 'Check the address');
    const { session, signal, options } = context;
    detected = withRegistry(context, await session.settle({ timeoutMs: options.rpcTimeoutMs, signal }));
  } catch (error) {
    if (error instanceof RpcError) return unusable(error.message, 'Check the log of the DM-master');
    if (error instanceof InputError) return unusable(error.message, 'Check the address and -protocol');
    throw error;
  }
  const found = await mastersOf(report.identity, context);
  const named = found && !('problem' in found) ? found.masters : [];
  return {
    checks: [generationOf(report, detected), await checkReleases(report, { named, reachable, tls }, context), checkLeader(found)],
    detected,
  };
}

function unusable(text: string, advice: string): MastersState {
  const why = 'the DM-master cannot be used';
  return { checks: [failed('generation', text, advice), skipped('release', why), skipped('leader', why)], detected: undefined };
}

function generationOf({ latencyMs }: MasterReport, { registry }: RunContext): Check {
  return ok('generation', `${registry.dialect.name}, which answered within ${latencyMs < 1 ? 1 : Math.ceil(latencyMs)} ms`);
}

/** Undefined for a generation with one master. Throws Interrupted. */
async function mastersOf(identity: MasterIdentity, context: RunContext): Promise<Masters | undefined | { readonly problem: string }> {
  try {
    return await fetchMasters(identity, context);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return { problem: error.message };
  }
}

interface Asked extends Pick<ConnectionState, 'reachable' | 'tls'> {
  readonly named: Masters['masters'];
}

/** Compares the releases of the masters, by their pages. Throws Interrupted. */
async function checkReleases({ releaseText }: MasterReport, { named, reachable, tls }: Asked, { signal }: RunContext): Promise<Check> {
  const listed = named.filter((m) => m.alive).flatMap(({ name, addresses }) => ({ name, address: firstAddress(addresses) }));
  const others = reachable.filter((address) => !listed.some((m) => m.address === address)).map((address) => ({ name: address, address }));
  const asked = [...listed, ...others].slice(0, MAX_ASKED);
  const texts = await Promise.all(
    asked.map(({ address }) => (address === undefined ? undefined : askRelease(address, { timeoutMs: PAGE_MS, signal }, tls))),
  );
  const known = new Map<string, string[]>();
  const silent: string[] = [];
  for (const [i, { name }] of asked.entries()) {
    const text = texts[i];
    if (text === undefined) silent.push(name);
    else known.set(text, [...(known.get(text) ?? []), name]);
  }
  const missing = silent.length === 0 || known.size === 0 ? '' : `. No answer about the release from ${firstNames(silent)}`;
  const [only = releaseText] = known.keys();
  if (known.size > 1) {
    const each = [...known].map(([text, names]) => `${text} on ${firstNames(names)}`);
    return warning(
      'release',
      `the DM-masters have different releases: ${each.join('; ')}${missing}`,
      'Finish the upgrade, so that all have the same release',
    );
  }
  if (only === undefined) return ok('release', 'the DM-master does not report its release');
  const isBuild = parseRelease(only) === undefined;
  return ok(
    'release',
    `${only}${isBuild ? ', a development build' : ''}${asked.length > 1 ? ` on ${known.get(only)?.length ?? 1} of ${asked.length} DM-masters` : ''}${missing}`,
  );
}

/** The address of a master, as the cluster reports it; undefined if it is none. */
function firstAddress(urls: readonly string[]): string | undefined {
  for (const url of urls) {
    try {
      return masterAddresses(url).addresses[0];
    } catch {
      // the next one may be valid
    }
  }
  return undefined;
}

function checkLeader(found: Awaited<ReturnType<typeof mastersOf>>): Check {
  if (!found) return ok('leader', 'DM 1.0 has one DM-master');
  if ('problem' in found) {
    return failed(
      'leader',
      `the DM-masters do not list themselves: ${found.problem}`,
      'Start the DM-masters that are down. More than half of them must run',
    );
  }
  const { leader, masters } = found;
  const down = masters.filter((m) => !m.alive).map((m) => m.name);
  const alive = masters.length - down.length;
  const counted = `${alive} of ${masters.length} DM-masters are alive`;
  if (alive * 2 <= masters.length) {
    return failed(
      'leader',
      `no quorum: ${counted}. Down: ${firstNames(down)}`,
      'Start the DM-masters that are down. More than half of them must run',
    );
  }
  if (leader === '')
    return failed('leader', `no leader: the cluster takes no commands. ${counted}`, 'Wait a minute for an election, then check the logs');
  if (down.length > 0) return warning('leader', `${leader} leads. ${counted}. Down: ${firstNames(down)}`, `Start ${firstNames(down)}`);
  return ok('leader', masters.length === 1 ? `${leader} leads, the only DM-master` : `${leader} leads, and ${counted}`);
}
