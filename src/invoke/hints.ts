// Hints after an answer, for people, on standard error.

import { isHumanReadable } from '../command/output-format.ts';
import type { Names, UnknownName } from '../command/spec.ts';
import { writeMessage } from '../io/write-safe.ts';
import { didYouMean } from '../text/nearest.ts';
import { inOneLine } from '../text/sanitize.ts';
import type { RunContext } from './context.ts';
import { hintsEnabled, isStructured } from './invoke.ts';

/** Prints each hint once, wrapped at the width of the terminal. */
export async function printHints(hints: readonly string[], { io }: RunContext): Promise<void> {
  if (hints.length === 0) return;
  await writeMessage(io.stderr, [...new Set(hints)].map((hint) => `hint: ${hint}\n`).join(''));
}

/**
 * For each name that answers reject as unknown: the similar names that the cluster has. Asks the master for its names
 * unless they are known. Never throws.
 * @param answers the decoded answers; called only if a person reads the hints
 */
export async function similarNames(answers: () => readonly object[], context: RunContext): Promise<string[]> {
  const { options, registry, signal } = context;
  if (!hintsEnabled(context) || signal.aborted || (isStructured(context) && !isHumanReadable(options.format))) return [];
  const found = await Promise.all(answers().map((answer) => registry.dialect.unknownNames?.(answer) ?? []));
  const rejected = found.flat();
  if (rejected.length === 0) return [];
  const names = await namesOf(context);
  const unknown = rejected.filter((one) => !knownOf(one, names).includes(one.name));
  return unknown.flatMap((one) => {
    const text = suggestion(one, names);
    if (text === '') return [];
    return unknown.length === 1 ? text : `${inOneLine(one.name)}: ${text}`;
  });
}

/** The names of the cluster: those of completion, or those that one round of read-only calls returns. */
async function namesOf({ session, signal }: RunContext): Promise<Names> {
  const { createNameCache } = await import('./name-cache.ts');
  const cache = session.names ?? createNameCache(session);
  const stop = (): void => cache.close();
  if (!session.names) signal.addEventListener('abort', stop, { once: true });
  await cache.refresh();
  signal.removeEventListener('abort', stop);
  return cache.known();
}

const knownOf = ({ kind }: UnknownName, { tasks, workers, sources, locks }: Names): readonly string[] =>
  ({ task: tasks, worker: workers, source: sources.map((s) => s.id), lock: locks })[kind];

/** A source may be given for its worker, and a worker for its source. */
function suggestion(one: UnknownName, names: Names): string {
  const pair = names.sources.find((s) => (one.kind === 'worker' ? s.id : s.worker) === one.name);
  if (pair && one.kind === 'worker') return didYouMean(pair.worker, [pair.worker], inOneLine);
  if (pair && one.kind === 'source') return didYouMean(pair.id, [pair.id], inOneLine);
  return didYouMean(one.name, knownOf(one, names), inOneLine);
}
