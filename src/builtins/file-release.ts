// For which release a configuration file is written, and the master that knows it.

import { RpcError, UsageError } from '../command/errors.ts';
import type { CommandRegistry } from '../command/registry.ts';
import { parseRelease, type Release } from '../command/release.ts';
import { type FileKind, releaseName, releaseOf } from '../config-files/file-kind.ts';
import type { RunContext } from '../invoke/context.ts';
import { writeMessage } from '../io/write-safe.ts';
import { goQuote } from '../text/quote.ts';
import { reported } from './status/run.ts';

/** The time limit for a master that can help, but need not answer, in milliseconds. */
const WAIT_MS = 3000;

/** A master that has answered. */
export interface FoundMaster {
  readonly release: Release;
  readonly registry: CommandRegistry;
}

/** The release of --dm; undefined without it. Throws UsageError. */
export function releaseOfFlag(text: string): Release | undefined {
  if (text === '') return undefined;
  const release = releaseOf(text);
  if (!release) throw new UsageError(`invalid release ${goQuote(text)} in --dm: use for example 1.0.7, 6.5 or 8.5`);
  return release;
}

/**
 * The master of the session.
 * @returns undefined if there is no address; a text with the reason if it does not answer
 * @throws OtherGeneration, Interrupted
 */
export async function findMaster(context: RunContext): Promise<FoundMaster | string | undefined> {
  const { session, options, signal } = context;
  if (session.address === '') return undefined;
  try {
    const { identity, releaseText = '' } = await reported(context);
    if (!identity) return `${session.address} is not a DM-master`;
    const registry = await session.settle({ timeoutMs: Math.min(options.rpcTimeoutMs, WAIT_MS), signal });
    const newest = releaseOf(identity.generation === 'v1' ? '1.0.7' : '26.3') as Release;
    return { registry, release: identity.release ?? parseRelease(releaseText) ?? newest };
  } catch (error) {
    if (error instanceof RpcError) return `the DM-master at ${session.address} does not answer`;
    throw error;
  }
}

/** The newest release of each kind of file. */
const NEWEST: Readonly<Record<FileKind, string>> = { task: '8.5', source: '8.5', worker: '1.0.7', master: '1.0.7' };

/** The release of the master, or a default. Says which. */
export async function chosenRelease(
  kind: FileKind,
  master: FoundMaster | string | undefined,
  { io, options }: RunContext,
): Promise<Release> {
  const release = typeof master === 'object' ? master.release : (releaseOf(NEWEST[kind]) as Release);
  const why = typeof master === 'object' ? 'the release of the DM-master' : (master ?? 'no DM-master is named');
  if (!options.quiet) await writeMessage(io.stderr, `note: the file is for ${releaseName(release)}: ${why}. Choose another with --dm\n`);
  return release;
}
