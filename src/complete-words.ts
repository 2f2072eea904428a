// What the completion scripts of shells ask for: the words of a command line, completed with the names that its master
// knows. It has half a second for that, and says nothing when it cannot.

import { GLOBAL_FLAGS, readGlobalFlags } from './cli/global-flags.ts';
import { resolveSettings } from './cli/settings.ts';
import type { IO } from './core/io.ts';
import { PLAIN_MANNERS } from './core/manners.ts';
import { liveNames, NO_NAMES } from './core/names.ts';
import { openSession, type Session } from './core/session.ts';
import type { Names } from './core/spec.ts';
import { listFiles } from './platform/list-files.ts';
import { completeWords, wantsNames } from './repl/complete/complete.ts';

const DEADLINE_MS = 500;

/** What the last of the words can become. Never rejects. */
export async function candidates(words: readonly string[], { io, catalogue }: Session, signal: AbortSignal): Promise<readonly string[]> {
  const before = words.slice(0, -1);
  const word = words.at(-1) ?? '';
  const known = { catalogue, program: GLOBAL_FLAGS };
  const names = wantsNames(before, word, known) ? await inTime(namesFor(before, io, catalogue), signal) : NO_NAMES;
  return completeWords(before, word, known, { names, files: listFiles });
}

/** The names of the master that the words, the environment or the file of -config name. */
async function namesFor(words: readonly string[], io: IO, catalogue: Session['catalogue']): Promise<Names> {
  const quiet = {
    env: io.env,
    readFile: io.readFile,
    stdout: io.stdout,
    stderr: { write: async () => {}, isTTY: false, columns: undefined, rows: undefined },
  };
  const settings = await resolveSettings(valuesOf(words, catalogue), quiet);
  const { protocol } = settings.manners;
  const manners = { ...PLAIN_MANNERS, protocol, timeoutMs: DEADLINE_MS, readOnly: true };
  const session = openSession(io, 'one-shot', catalogue, settings.address, manners);
  const live = liveNames(session, { deadlineMs: DEADLINE_MS });
  try {
    await live.refresh();
    return live.known();
  } finally {
    live.close();
    session.close();
  }
}

function valuesOf(words: readonly string[], catalogue: Session['catalogue']): ReadonlyMap<string, string> {
  try {
    return readGlobalFlags(words, catalogue).values;
  } catch {
    return readGlobalFlags(words.slice(0, -1), catalogue).values; // the last is a flag that waits for its value
  }
}

/** The names, or none when they do not come in time or cannot come. */
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
