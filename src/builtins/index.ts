// The built-in commands and their runners.

import type { Invocation } from '../args/parse.ts';
import type { FlagSpec, FlagValues, ParsedArgs } from '../command/flags.ts';
import type { BuiltinCommand } from '../command/registry.ts';
import type { SettingRow } from '../config/resolve.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import type { RunContext } from '../invoke/context.ts';
import { clear } from './clear/command.ts';
import { completeWords } from './complete-words/command.ts';
import { completion } from './completion/command.ts';
import { configShow, configUse, settings } from './config/command.ts';
import { connect } from './connect/command.ts';
import { decrypt } from './decrypt/command.ts';
import { diff } from './diff/command.ts';
import { doctor } from './doctor/command.ts';
import { edit } from './edit/command.ts';
import { encrypt } from './encrypt/command.ts';
import { encryptFile } from './encrypt-file/command.ts';
import { explain } from './explain/command.ts';
import { fmt } from './fmt/command.ts';
import { history } from './history/command.ts';
import { init } from './init/command.ts';
import { lint } from './lint/command.ts';
import type { Profiles } from './profiles.ts';
import { sandbox } from './sandbox/command.ts';
import { schema } from './schema/command.ts';
import { set } from './set/command.ts';
import { status } from './status/command.ts';
import { top } from './top/command.ts';
import { use } from './use/command.ts';
import { wait } from './wait/command.ts';
import { watch } from './watch/command.ts';

/** What built-in commands may need of the rest of the program. */
export interface BuiltinContext {
  /** The flags of the program itself. */
  readonly program?: readonly FlagSpec[];
  /** The settings of the run, each with its origin. */
  settings?(): readonly SettingRow[];
  /** The profiles of the configuration file. */
  readonly profiles?: Profiles;
  /** The recorded lines of earlier shells and of this one, newest last. */
  history?(): readonly string[];
  /** Runs another line in a context, and reports its errors. Returns its status. */
  runLine?(words: readonly string[], context: RunContext): Promise<number>;
  /** The candidates for the last word of a command line. Never rejects. */
  candidates?(words: readonly string[], context: RunContext): Promise<readonly string[]>;
}

/** The context of a built-in command, besides the parsed line. */
export interface BuiltinRunContext extends BuiltinContext {
  /** The wrapped command, for a wrapper. */
  readonly wrapped?: Invocation;
}

/** Runs a command with its typed flags and returns its status. The context is that of the line. */
export type Runner<Command extends BuiltinCommand = BuiltinCommand> = (
  parsed: ParsedArgs<FlagValues<Command['flags']>>,
  context: RunContext,
  world: BuiltinRunContext,
) => Promise<number>;

interface Entry {
  readonly command: BuiltinCommand;
  /** Loads the runner on first use. */
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
  entry(doctor, async () => (await import('./doctor/run.ts')).runDoctor),
  entry(edit, async () => (await import('./edit/run.ts')).runEdit),
  entry(diff, async () => (await import('./diff/run.ts')).runDiff),
  entry(explain, async () => (await import('./explain/run.ts')).runExplain),
  entry(init, async () => (await import('./init/run.ts')).runInit),
  entry(lint, async () => (await import('./lint/run.ts')).runLint),
  entry(fmt, async () => (await import('./fmt/run.ts')).runFmt),
  entry(schema, async () => (await import('./schema/run.ts')).runSchema),
  entry(watch, async () => (await import('./watch/run.ts')).watcher(runBuiltin)),
  entry(top, async () => (await import('./top/run.ts')).runTop),
  entry(wait, async () => (await import('./wait/run.ts')).runWait),
  entry(connect, async () => (await import('./connect/run.ts')).runConnect),
  entry(configShow, async () => (await import('./config/run.ts')).runConfig),
  entry(use, async () => (await import('./use/run.ts')).runUse),
  entry(configUse, async () => (await import('./config/use.ts')).runConfigUse),
  entry(settings, async () => (await import('./config/run.ts')).runConfig),
  entry(set, async () => (await import('./set/run.ts')).runSet),
  entry(history, async () => (await import('./history/run.ts')).runHistory),
  entry(clear, async () => (await import('./clear/run.ts')).runClear),
  entry(encrypt, async () => (await import('./encrypt/run.ts')).runEncrypt),
  entry(encryptFile, async () => (await import('./encrypt-file/run.ts')).runEncryptFile),
  entry(decrypt, async () => (await import('./decrypt/run.ts')).runDecrypt),
  entry(completion, async () => (await import('./completion/run.ts')).runCompletion),
  entry(completeWords, async () => (await import('./complete-words/run.ts')).runCompleteWords),
];

/** All built-in commands. */
export const allBuiltins: readonly BuiltinCommand[] = BUILTINS.map((e) => e.command);

/** The commands that are available on a command line or in the shell. */
export function builtinsFor(where: 'one-shot' | 'lines'): readonly BuiltinCommand[] {
  return allBuiltins.filter((c) => c.availability === where || c.availability === 'both');
}

/** The other commands: those that `builtinsFor` leaves out. */
export function builtinsElsewhere(where: 'one-shot' | 'lines'): readonly BuiltinCommand[] {
  return allBuiltins.filter((c) => !builtinsFor(where).includes(c));
}

/** The runner of built-in commands with the given services. */
export function createBuiltinRunner(world: BuiltinContext): BuiltinRunner {
  return async ({ command, parsed, wrapped }, context) => {
    const found = BUILTINS.find((e) => e.command === command);
    if (!found) throw new Error(`${command.name} has no runner`);
    const run = await found.load();
    return await run(parsed as never, context, { ...world, ...(wrapped && { wrapped }) });
  };
}

/** The runner without services. */
export const runBuiltin: BuiltinRunner = createBuiltinRunner({});
