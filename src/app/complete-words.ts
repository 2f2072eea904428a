// Answers the completion scripts of shells: completes the words of a command line with the names that its master
// knows. Takes at most half a second, and returns nothing if that fails.

import { parseProgramFlags } from '../args/command-tree.ts';
import { PROGRAM_FLAGS, splitCommandLine } from '../args/program-flags.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../command/run-options.ts';
import type { Names } from '../command/spec.ts';
import { completeWords, wantsNames, wantsProfiles } from '../completion/engine/complete.ts';
import { profileNames } from '../config/file.ts';
import { resolveSettings } from '../config/resolve.ts';
import type { RunContext } from '../invoke/context.ts';
import { createNameCache, NO_NAMES } from '../invoke/name-cache.ts';
import { openSession, type Session } from '../invoke/session.ts';
import type { IO } from '../io/io.ts';
import { listFiles } from '../platform/list-files.ts';

const DEADLINE_MS = 500;

/** The candidates for the last word. Never rejects. */
export async function candidates(words: readonly string[], { io, signal, session }: RunContext): Promise<readonly string[]> {
  const { registry } = session;
  const before = words.slice(0, -1);
  const word = words.at(-1) ?? '';
  const known = { registry: registry, program: PROGRAM_FLAGS };
  const names = wantsNames(before, word, known) ? await inTime(namesFor(before, io, registry), signal) : NO_NAMES;
  const profiles = wantsProfiles(before, word, known) ? await profilesFor(before, io, registry) : [];
  return completeWords(before, word, known, { names, profiles, files: listFiles });
}

/** The profiles of the file that the words select; none if it cannot be read. */
async function profilesFor(words: readonly string[], io: IO, registry: Session['registry']): Promise<readonly string[]> {
  try {
    return await profileNames(valuesOf(words, registry).get('config'), io);
  } catch {
    return [];
  }
}

/** The names from the master that the words, the environment or the file of -config select. */
async function namesFor(words: readonly string[], io: IO, registry: Session['registry']): Promise<Names> {
  const quiet = {
    env: io.env,
    readFile: io.readFile,
    stdout: io.stdout,
    stderr: { write: async () => {}, isTTY: false, columns: undefined, rows: undefined },
  };
  const settings = await resolveSettings(valuesOf(words, registry), quiet);
  const { protocol } = settings.options;
  const options: RunOptions = { ...DEFAULT_RUN_OPTIONS, protocol, rpcTimeoutMs: DEADLINE_MS, readOnly: true };
  const session = openSession(io, 'one-shot', registry, settings.address, options);
  const live = createNameCache(session, { deadlineMs: DEADLINE_MS });
  try {
    await live.refresh();
    return live.known();
  } finally {
    live.close();
    session.close();
  }
}

function valuesOf(words: readonly string[], registry: Session['registry']): ReadonlyMap<string, string> {
  const values = (part: readonly string[]): ReadonlyMap<string, string> =>
    parseProgramFlags(splitCommandLine(part, registry).flags, registry);
  try {
    return values(words);
  } catch {
    return values(words.slice(0, -1)); // the last is a flag that waits for its value
  }
}

/** The names; none if they do not arrive in time. */
async function inTime(names: Promise<Names>, signal: AbortSignal): Promise<Names> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Names>((resolve) => {
    timer = setTimeout(() => resolve(NO_NAMES), DEADLINE_MS);
    signal.addEventListener('abort', () => resolve(NO_NAMES));
  });
  try {
    return await Promise.race([names, late]);
  } catch {
    return NO_NAMES;
  } finally {
    clearTimeout(timer);
  }
}
