// Serves the completion scripts of shells: completes the words of a command line with the names of its master's
// cluster. Takes at most half a second, and returns nothing if that fails.

import { parseProgramFlags } from '../args/command-tree.ts';
import { PROGRAM_FLAGS, splitCommandLine } from '../args/program-flags.ts';
import type { CommandRegistry, Registries } from '../command/registry.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../command/run-options.ts';
import type { Names } from '../command/spec.ts';
import { completeWords, wantsNames, wantsProfiles } from '../completion/engine/complete.ts';
import { profileNames } from '../config/file.ts';
import { resolveSettings } from '../config/resolve.ts';
import type { RunContext } from '../invoke/context.ts';
import { createNameCache, NO_NAMES } from '../invoke/name-cache.ts';
import { openSession } from '../invoke/session.ts';
import type { IO } from '../io/io.ts';
import { listFiles } from '../platform/list-files.ts';

const DEADLINE_MS = 500;

/** The candidates for the last word. Never rejects. */
export async function candidates(words: readonly string[], { io, signal, session }: RunContext): Promise<readonly string[]> {
  const { registries } = session;
  const before = words.slice(0, -1);
  const word = words.at(-1) ?? '';
  const { initial } = registries;
  const newest = await registries.of({ generation: 'v2', release: undefined });
  const asks = [initial, newest].some((registry) => wantsNames(before, word, { registry, program: PROGRAM_FLAGS }));
  const live = asks ? await inTime(namesFor(before, io, registries), signal) : undefined;
  // Without a master, the commands of both generations count.
  const setups = (live ? [live.registry] : [initial, newest]).map((registry) => ({ registry, program: PROGRAM_FLAGS }));
  const profiles = setups.some((known) => wantsProfiles(before, word, known)) ? await profilesFor(before, io, initial) : [];
  const sources = { names: live?.names ?? NO_NAMES, profiles, files: listFiles };
  return [...new Set(setups.flatMap((known) => completeWords(before, word, known, sources)))];
}

/** The profiles of the file that the words select; none if it cannot be read. */
async function profilesFor(words: readonly string[], io: IO, registry: CommandRegistry): Promise<readonly string[]> {
  try {
    return await profileNames(valuesOf(words, registry).get('config'), io);
  } catch {
    return [];
  }
}

interface LiveNames {
  readonly registry: CommandRegistry;
  readonly names: Names;
}

/** The commands and names of the master that the words, the environment or the file of -config select. */
async function namesFor(words: readonly string[], io: IO, registries: Registries): Promise<LiveNames> {
  const quiet = {
    env: io.env,
    readFile: io.readFile,
    stdout: io.stdout,
    stderr: { write: async () => {}, isTTY: false, columns: undefined, rows: undefined },
  };
  const settings = await resolveSettings(valuesOf(words, registries.initial), quiet);
  const { protocol } = settings.options;
  const options: RunOptions = { ...DEFAULT_RUN_OPTIONS, protocol, rpcTimeoutMs: DEADLINE_MS, readOnly: true };
  const session = openSession(io, 'one-shot', registries, settings.address, options);
  const live = createNameCache(session, { deadlineMs: DEADLINE_MS });
  try {
    await live.refresh();
    return { registry: session.registry, names: live.known() };
  } finally {
    live.close();
    session.close();
  }
}

function valuesOf(words: readonly string[], registry: CommandRegistry): ReadonlyMap<string, string> {
  const values = (part: readonly string[]): ReadonlyMap<string, string> =>
    parseProgramFlags(splitCommandLine(part, registry).flags, registry);
  try {
    return values(words);
  } catch {
    return values(words.slice(0, -1)); // the last is a flag that waits for its value
  }
}

/** The names; undefined if they do not arrive in time. */
async function inTime(names: Promise<LiveNames>, signal: AbortSignal): Promise<LiveNames | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), DEADLINE_MS);
    signal.addEventListener('abort', () => resolve(undefined));
  });
  try {
    return await Promise.race([names, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
