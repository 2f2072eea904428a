// Our own commands and what runs them.

import type { BuiltinCommand } from '../args/find-command.ts';
import type { FlagSpec, ParsedArgs } from '../command/spec.ts';
import type { BuiltinRunner } from '../invoke/execute.ts';
import type { Session } from '../invoke/session.ts';
import { completeWords } from './complete-words/command.ts';
import { completion } from './completion/command.ts';
import { config } from './config/command.ts';
import { connect } from './connect/command.ts';
import { diff } from './diff/command.ts';
import { explain } from './explain/command.ts';
import { history } from './history/command.ts';
import { sandbox } from './sandbox/command.ts';
import { set } from './set/command.ts';
import { status } from './status/command.ts';
import { wait } from './wait/command.ts';
import { watch } from './watch/command.ts';

/** What our commands may need of the rest of the program. */
export interface BuiltinContext {
  /** The flags of the program itself. */
  readonly program?: readonly FlagSpec[];
  /** What the run goes by, each with where it came from. */
  settings?(): readonly { readonly name: string; readonly value: string; readonly from: string }[];
  /** The lines of earlier shells and of this one as they were recorded, newest last. */
  history?(): readonly string[];
  /** What the last word of a command line can become. Never rejects. */
  candidates?(words: readonly string[], session: Session, signal: AbortSignal): Promise<readonly string[]>;
}

/** Runs a command; gives its status. */
export type Runner = (given: ParsedArgs, session: Session, signal: AbortSignal, world: BuiltinContext) => Promise<number>;

/** Each command and where its runner is, which is loaded when the command runs. */
const BUILTINS: readonly (readonly [command: BuiltinCommand, runner: () => Promise<Runner>])[] = [
  [sandbox, async () => (await import('./sandbox/run.ts')).runSandbox],
  [status, async () => (await import('./status/run.ts')).runStatus],
  [diff, async () => (await import('./diff/run.ts')).runDiff],
  [explain, async () => (await import('./explain/run.ts')).runExplain],
  [watch, async () => (await import('./watch/run.ts')).watcher(runBuiltin)],
  [wait, async () => (await import('./wait/run.ts')).runWait],
  [connect, async () => (await import('./connect/run.ts')).runConnect],
  [config, async () => (await import('./config/run.ts')).runConfig],
  [set, async () => (await import('./set/run.ts')).runSet],
  [history, async () => (await import('./history/run.ts')).runHistory],
  [completion, async () => (await import('./completion/run.ts')).runCompletion],
  [completeWords, async () => (await import('./complete-words/run.ts')).runCompleteWords],
];

/** All of them. */
export const allBuiltins: readonly BuiltinCommand[] = BUILTINS.map(([c]) => c);

/** The commands that a way in knows. */
export function builtinsFor(where: 'one-shot' | 'lines'): readonly BuiltinCommand[] {
  return allBuiltins.filter((c) => c.availability === where || c.availability === 'both');
}

/** What runs them, given what they need. */
export function createBuiltinRunner(world: BuiltinContext): BuiltinRunner {
  return async (command, given, session, signal) => {
    const found = BUILTINS.find(([c]) => c === command);
    if (!found) throw new Error(`nothing runs ${command.name}`);
    return await (await found[1]())(given, session, signal, world);
  };
}

/** The same for a run that has nothing to give them. */
export const runBuiltin: BuiltinRunner = createBuiltinRunner({});
