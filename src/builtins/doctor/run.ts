// Runs `doctor`: the checks in their order, each only if the ones before it make it possible. Nothing it sends changes the
// cluster.

import { InputError, Refusal, RpcError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { parseLagLimit } from '../../command/lag-limit.ts';
import type { Dialect } from '../../command/spec.ts';
import type { LagLimit } from '../../domain/lag-limit.ts';
import { fetchCluster, fetchLocks, fetchWorkers } from '../../invoke/cluster-status.ts';
import { type RunContext, withOptions } from '../../invoke/context.ts';
import { renderValue } from '../../output/renderer.ts';
import { hasColor, paint } from '../../output/style.ts';
import type { Runner } from '../index.ts';
import { type Check, failed, skipGroup } from './check.ts';
import { checkCluster } from './cluster.ts';
import type { doctor } from './command.ts';
import { checkConnection } from './connection.ts';
import { checkFiles } from './files.ts';
import { checkMasters } from './masters.ts';
import { pageText, pageView } from './page.ts';

/** The timeout of each call in milliseconds, so that a master that does not answer cannot hold up the page. */
const CALL_MS = 10_000;
/** The limit of the lag if none is given. */
const DEFAULT_LAG: LagLimit = { unit: 's', amount: 60, text: '60s' };

/** Checks and prints. Throws Refusal for an invalid limit, and Interrupted. */
export const runDoctor: Runner<typeof doctor> = async ({ flags }, context) => {
  const maxLag = flags.maxLag;
  parseLagLimit(maxLag, { name: '', reportsLag: true }); // the same limit may be refused later, for the release of the master
  const limited = withOptions(context, { rpcTimeoutMs: Math.min(CALL_MS, context.options.rpcTimeoutMs || CALL_MS) });
  const checks = await allChecks(limited, maxLag, flags.configDir);
  const style = paint(hasColor(context.options.color, context.io.stdout, context.io.env));
  await renderValue(context, checks, pageView(checks), () => [pageText(checks, style, context.io.stdout)]);
  return checks.some(({ status }) => status === 'failed') ? EXIT_CODE.failed : EXIT_CODE.ok;
};

async function allChecks(context: RunContext, maxLag: string, folder: string): Promise<readonly Check[]> {
  const connection = await checkConnection(context);
  const { obstacle } = connection;
  const masters = obstacle === undefined ? await checkMasters(context, connection) : undefined;
  const before = [...connection.checks, ...(masters?.checks ?? skipGroup('DM-master', obstacle ?? ''))];
  const why = obstacle ?? 'the DM-master cannot be used';
  const rest = masters?.detected ? await clusterChecks(masters.detected, maxLag, folder) : without(why, folder);
  return [...before, ...rest];
}

/** The checks that need the state of the cluster, without it. */
const without = (why: string, folder: string): readonly Check[] => [
  ...skipGroup('Cluster', why),
  ...(folder === '' ? [] : skipGroup('Files', why)),
];

async function clusterChecks(context: RunContext, maxLag: string, folder: string): Promise<readonly Check[]> {
  const { dialect } = context.registry;
  const [cluster, listed, locks] = await Promise.all([
    orProblem(fetchCluster(context)),
    orProblem(fetchWorkers(context)),
    orProblem(fetchLocks(context)),
  ]);
  if (typeof cluster === 'string') {
    const why = 'the state of the cluster is unknown';
    const [, ...others] = without(why, folder);
    return [failed('workers', `query-status failed: ${cluster}`, 'Check the log of the DM-master'), ...others];
  }
  const checked = checkCluster({
    cluster,
    listed,
    locks,
    limit: limitFor(maxLag, dialect),
    reportsValidation: dialect.reportsValidation === true,
    showLocks: commandFor(dialect),
  });
  return [...checked, ...(folder === '' ? [] : await checkFiles(folder, cluster, context))];
}

/** The value, or why there is none. Throws Interrupted. */
async function orProblem<T>(asked: Promise<T>): Promise<T | string> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RpcError || error instanceof InputError) return error.message;
    throw error;
  }
}

/** The limit; undefined if the generation reports no lag in its unit. */
function limitFor(text: string, dialect: Dialect): LagLimit | undefined {
  if (text === '') return dialect.reportsLag ? DEFAULT_LAG : undefined;
  try {
    return parseLagLimit(text, dialect);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The command that shows the locks: its name depends on the release. */
function commandFor({ commands, locksQuery }: Dialect): string {
  return commands.find((c) => c.method === locksQuery.method && !c.hidden)?.name ?? 'show-ddl-locks';
}
