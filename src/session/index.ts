// Our own commands and what runs them.

import type { OwnRunner } from '../core/execute.ts';
import type { OwnCommand } from '../core/find-command.ts';
import type { Session } from '../core/session.ts';
import type { FlagSpec, Given } from '../core/spec.ts';
import { completeWords } from './complete-words.ts';
import { completion } from './completion.ts';
import { config } from './config.ts';
import { connect } from './connect.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { history } from './history.ts';
import { sandbox } from './sandbox.ts';
import { set } from './set.ts';
import { status } from './status.ts';
import { wait } from './wait.ts';
import { watch } from './watch.ts';

/** What our commands may need of the rest of the program. */
export interface OwnWorld {
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
export type Runner = (given: Given, session: Session, signal: AbortSignal, world: OwnWorld) => Promise<number>;

/** Each command and where its runner is, which is loaded when the command runs. */
const OWN: readonly (readonly [command: OwnCommand, runner: () => Promise<Runner>])[] = [
  [sandbox, async () => (await import('./run-sandbox.ts')).runSandbox],
  [status, async () => (await import('./run-status.ts')).runStatus],
  [diff, async () => (await import('./run-diff.ts')).runDiff],
  [explain, async () => (await import('./run-explain.ts')).runExplain],
  [watch, async () => (await import('./run-watch.ts')).watcher(runOwn)],
  [wait, async () => (await import('./run-wait.ts')).runWait],
  [connect, async () => (await import('./run-connect.ts')).runConnect],
  [config, async () => (await import('./run-config.ts')).runConfig],
  [set, async () => (await import('./run-set.ts')).runSet],
  [history, async () => (await import('./run-history.ts')).runHistory],
  [completion, async () => (await import('./run-completion.ts')).runCompletion],
  [completeWords, async () => (await import('./run-complete-words.ts')).runCompleteWords],
];

/** All of them. */
export const allOwnCommands: readonly OwnCommand[] = OWN.map(([c]) => c);

/** The commands that a way in knows. */
export function ownCommands(where: 'one-shot' | 'lines'): readonly OwnCommand[] {
  return allOwnCommands.filter((c) => c.where === where || c.where === 'both');
}

/** What runs them, given what they need. */
export function ownRunner(world: OwnWorld): OwnRunner {
  return async (command, given, session, signal) => {
    const found = OWN.find(([c]) => c === command);
    if (!found) throw new Error(`nothing runs ${command.name}`);
    return await (await found[1]())(given, session, signal, world);
  };
}

/** The same for a run that has nothing to give them. */
export const runOwn: OwnRunner = ownRunner({});
