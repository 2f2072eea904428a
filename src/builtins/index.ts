// Our own commands and what runs them.

import type { Invocation } from '../args/parse.ts';
import type { FlagSpec, FlagValues, ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand } from '../command/registry.ts';
import type { SettingRow } from '../config/resolve.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import type { RunContext } from '../invoke/context.ts';
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
  settings?(): readonly SettingRow[];
  /** The lines of earlier shells and of this one as they were recorded, newest last. */
  history?(): readonly string[];
  /** What the last word of a command line can become. Never rejects. */
  candidates?(words: readonly string[], context: RunContext): Promise<readonly string[]>;
}

/** What a built-in command runs with, beside what its line gave. */
export interface BuiltinRunContext extends BuiltinContext {
  /** The command that it wraps, for one that wraps another. */
  readonly wrapped?: Invocation;
}

/** Runs a command with its typed flags; gives its status. The context is that of the line. */
export type Runner<Command extends BuiltinCommand = BuiltinCommand> = (
  parsed: ParsedArgs<FlagValues<Command['flags']>>,
  context: RunContext,
  world: BuiltinRunContext,
) => Promise<number>;

interface Entry {
  readonly command: BuiltinCommand;
  /** Loads what runs it, when it runs. */
  readonly load: () => Promise<Runner<never>>;
}

/** Checks that a runner takes the flags that its command declares. */
const entry = <Command extends BuiltinCommand>(command: Command, load: () => Promise<Runner<Command>>): Entry => ({
  command,
  load: load as Entry['load'],
});

const BUILTINS: readonly Entry[] = [
  entry(sandbox, async () => (await import('./sandbox/run.ts')).runSandbox),
  entry(status, async () => (await import('./status/run.ts')).runStatus),
  entry(diff, async () => (await import('./diff/run.ts')).runDiff),
  entry(explain, async () => (await import('./explain/run.ts')).runExplain),
  entry(watch, async () => (await import('./watch/run.ts')).watcher(runBuiltin)),
  entry(wait, async () => (await import('./wait/run.ts')).runWait),
  entry(connect, async () => (await import('./connect/run.ts')).runConnect),
  entry(config, async () => (await import('./config/run.ts')).runConfig),
  entry(set, async () => (await import('./set/run.ts')).runSet),
  entry(history, async () => (await import('./history/run.ts')).runHistory),
  entry(completion, async () => (await import('./completion/run.ts')).runCompletion),
  entry(completeWords, async () => (await import('./complete-words/run.ts')).runCompleteWords),
];

/** All of them. */
export const allBuiltins: readonly BuiltinCommand[] = BUILTINS.map((e) => e.command);

/** The commands that a way in knows. */
export function builtinsFor(where: 'one-shot' | 'lines'): readonly BuiltinCommand[] {
  return allBuiltins.filter((c) => c.availability === where || c.availability === 'both');
}

/** What runs them, given what they need. */
export function createBuiltinRunner(world: BuiltinContext): BuiltinRunner {
  return async ({ command, parsed, wrapped }, context) => {
    const found = BUILTINS.find((e) => e.command === command);
    if (!found) throw new Error(`nothing runs ${command.name}`);
    const run = await found.load();
    return await run(parsed as never, context, { ...world, ...(wrapped && { wrapped }) });
  };
}

/** The same for a run that has nothing to give them. */
export const runBuiltin: BuiltinRunner = createBuiltinRunner({});
