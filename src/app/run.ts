// One run of the program: a command line, piped lines or the shell. Heavy modules are loaded on first use.

import { parseProgramFlags } from '../args/command-tree.ts';
import { rootUsage } from '../args/help.ts';
import { needsOf, parse } from '../args/parse.ts';
import { type CommandLine, PROGRAM_FLAGS, ProgramFlagError, programUsage, splitCommandLine } from '../args/program-flags.ts';
import { type BuiltinContext, createBuiltinRunner } from '../builtins/index.ts';
import { IncompleteError, InputError, Interrupted, Refusal, RpcError, StartError, UnknownTopic, WriteFailed } from '../command/errors.ts';
import { describeFailure, EXIT_CODE } from '../command/exit-codes.ts';
import type { Registries } from '../command/registry.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../command/run-options.ts';
import type { Dialect } from '../command/spec.ts';
import { optionsFrom, resolveSettings, type Settings } from '../config/resolve.ts';
import type { BuiltinRunner } from '../invoke/builtin-runner.ts';
import type { Session } from '../invoke/session.ts';
import type { IO, QuestionIO } from '../io/io.ts';
import { askConfirmation, askPlainly, lazyPrompter } from '../io/load-prompts.ts';
import { unlessClosed } from '../io/write-outcome.ts';
import { writeHelp, writeMessage, writeSafe } from '../io/write-safe.ts';
import { listFiles } from '../platform/list-files.ts';
import { runtimeVersion } from '../platform/runtime.ts';
import { versionText } from '../platform/version.ts';
import { masterAddresses } from '../text/address.ts';
import { badByteOf } from '../text/bad-bytes.ts';
import { type CurrentSettings, openProfiles, profileTarget } from './profiles.ts';
import { openRegistries } from './registries.ts';
import { registryFor } from './resolve-line.ts';

/** Runs the program and returns its exit status. Throws only PipeClosed, WriteFailed and unexpected errors. */
export async function run(argv: readonly string[], io: IO): Promise<number> {
  const registries = openRegistries('one-shot');
  const registry = registries.initial;
  const { dialect } = registry;
  for (const [i, word] of argv.entries()) {
    const bad = badByteOf(word);
    if (!bad) continue;
    const how = 'Convert it to UTF-8, or pass the text in a file or as a piped line';
    await writeMessage(io.stderr, `argument ${i + 1} has ${bad.what}, at column ${bad.column}. Nothing was sent. ${how}\n`);
    return EXIT_CODE.usage;
  }
  let line: CommandLine;
  let values: ReadonlyMap<string, string>;
  try {
    rejectOnlyVersion(argv, io);
    line = splitCommandLine(argv, registry);
    values = parseProgramFlags(line.flags, registry);
  } catch (error) {
    if (!(error instanceof ProgramFlagError)) throw error;
    const named = argv.some((w) => dialect.commands.some((c) => c.name === w));
    const usage = named
      ? `${hint(error, argv, dialect)}Run 'dmctl -help' for the flags.\n`
      : `${error.message}\n${hint(error, argv, dialect)}${programUsage()}`;
    return await refuse(new StartError(error.message, usage), named, io);
  }
  const { help, words } = line;
  if (values.get('V') === 'true' || values.get('version') === 'true') {
    await io.stdout.write(versionText(runtimeVersion()));
    return EXIT_CODE.ok;
  }
  try {
    const secret = await password(values, io);
    if (secret !== undefined) return secret;
    if (help && words.length === 0) {
      // Scripts find the text of -h where the original prints it. A person who pipes it into a pager has it there too.
      const asOriginal = !argv.includes('--help') && !io.stderr.isTTY;
      await writeHelp(
        asOriginal ? io.stderr : io.stdout,
        `${programUsage()}\nWith a command, dmctl runs it and exits. Without one, it starts a prompt.\n\n${rootUsage(registry)}`,
      );
      return EXIT_CODE.ok;
    }
    return words.length > 0 ? await oneShot(help ? [...words, '--help'] : words, values, registries, io) : await lines(values, io);
  } catch (error) {
    if (error instanceof StartError) return await refuse(error, words.length > 0, io);
    if (error instanceof InputError || error instanceof Interrupted || error instanceof WriteFailed) return await fail(error, io);
    throw error;
  }
}

/** DM 1.0 does not know a lone --version, DM 2.0 prints it: a script gets the answer of DM 1.0, a person the version. */
function rejectOnlyVersion(argv: readonly string[], { stdout }: IO): void {
  if (argv.length === 1 && /^--?version$/.test(argv[0] as string) && !stdout.isTTY) {
    throw new ProgramFlagError('flag provided but not defined: -version');
  }
}

/** Reports an error that no command reports, and returns the status. */
async function fail(error: unknown, io: IO): Promise<number> {
  const outcome = describeFailure(error, 'one-shot');
  await writeMessage(io.stderr, outcome.text);
  return outcome.status;
}

/** -encrypt and -decrypt, which need nothing else; undefined if neither was given. An empty text counts as not given. */
async function password(values: ReadonlyMap<string, string>, io: IO): Promise<number | undefined> {
  const [plain, cipherText] = [values.get('encrypt'), values.get('decrypt')];
  if (!plain && !cipherText) return undefined;
  const [{ decrypt, encrypt }, { oneShotSecrets }] = await Promise.all([
    import('../builtins/password.ts'),
    import('../invoke/secret-input.ts'),
  ]);
  if (plain) await encrypt(plain, oneShotSecrets(io));
  else if (cipherText) await decrypt(cipherText, oneShotSecrets(io));
  return EXIT_CODE.ok;
}

/** The completion of a command line; loaded when a shell requests it. */
const candidates: BuiltinContext['candidates'] = async (...args) => (await import('./complete-words.ts')).candidates(...args);

/** Runs one command. Resolves only the settings that it needs: help and an invalid command line need none. */
async function oneShot(words: readonly string[], values: ReadonlyMap<string, string>, registries: Registries, io: IO): Promise<number> {
  const { execute, executeIn, openSession } = await import('./execute.ts');
  const { questions, onInterrupt } = io;
  const dumb = io.env.TERM === 'dumb';
  const guide = questions && !dumb ? { prompter: lazyPrompter({ terminal: questions, onInterrupt }), files: listFiles } : undefined;
  const needs = await needsOfWords(words, registries, guide !== undefined);
  const settings = await settingsFor(needs, values, io);
  const stop = new AbortController();
  onInterrupt(() => stop.abort()); // before that Ctrl-C ends the program
  const options = settings ? optionsFrom(settings, false, questions !== undefined) : DEFAULT_RUN_OPTIONS;
  const session = openSession(io, 'one-shot', registries, settings?.address ?? '', options, {
    ...(questions && { ask: asker(io, questions, dumb, stop.signal) }),
    ...(guide && { guide }),
    ...(settings && { profile: profileTarget(settings) }),
  });
  const profiles = openProfiles(values, io);
  try {
    const builtins: BuiltinRunner = createBuiltinRunner({
      program: PROGRAM_FLAGS,
      candidates,
      runLine: (line, context) => executeIn(line, context, builtins),
      profiles,
      ...(settings && { settings: () => settings.rows }),
    });
    return await execute(words, session, stop.signal, builtins);
  } finally {
    session.close();
  }
}

/** What a command line needs. optional: settings if they are valid. With them, help shows the commands of the master. */
type Needs = ReturnType<typeof needsOf> | 'optional' | 'nothing';

/** @param asks whether guided prompts can ask for missing arguments. They need what the command needs. */
async function needsOfWords(words: readonly string[], registries: Registries, asks: boolean): Promise<Needs> {
  try {
    const invocation = parse(words, await registryFor(words, registries.initial, registries));
    if (invocation.kind === 'help') return 'optional';
    return invocation.kind === 'builtin' && invocation.command.fixesSettings ? 'optional' : needsOf(invocation.command);
  } catch (error) {
    if (error instanceof UnknownTopic) return 'optional';
    return asks && error instanceof IncompleteError ? needsOf(error.command) : 'nothing';
  }
}

async function settingsFor(needs: Needs, values: ReadonlyMap<string, string>, io: IO): Promise<Settings | undefined> {
  if (needs === 'nothing') return undefined;
  if (needs !== 'optional') return await resolveSettings(values, io, needs === 'master');
  try {
    return await resolveSettings(values, { ...io, stderr: SILENT }, false);
  } catch (error) {
    if (error instanceof StartError) return undefined; // a command must not fail for what it does not need
    throw error;
  }
}

const SILENT: IO['stderr'] = { write: async () => {}, isTTY: false, columns: undefined, rows: undefined };

/** Runs the lines of a pipe or of the shell. */
async function lines(values: ReadonlyMap<string, string>, io: IO): Promise<number> {
  const settings = await resolveSettings(values, io);
  const banner = `Welcome to dmctl\n${versionText(runtimeVersion())}`;
  if (io.stdin.isTTY && io.terminal) {
    const { runInteractive } = await import('./interactive.ts');
    return await runInteractive(io, io.terminal, values, settings, banner);
  }
  const { execute, openSession } = await import('./execute.ts');
  const { runPiped } = await import('../repl/loop.ts');
  const current: CurrentSettings = { settings };
  const optionsOf = (of: Settings): RunOptions => optionsFrom(of, false);
  const session = openSession(io, 'lines', openRegistries('lines'), settings.address, optionsOf(settings), {
    profile: profileTarget(settings),
  });
  const profiles = openProfiles(values, io, { current, session: () => session, optionsOf });
  try {
    await requireMasterOfList(session);
    const runBuiltin = createBuiltinRunner({ profiles, settings: () => current.settings.rows });
    return await runPiped(session, {
      banner,
      strict: () => current.settings.get('strict'),
      execute: (words, signal) => execute(words, session, signal, runBuiltin),
    });
  } finally {
    session.close();
  }
}

/** DM 1.0 rejects a list of addresses at the start. Piped lines that no master of a list takes are not begun. Throws StartError. */
async function requireMasterOfList(session: Session): Promise<void> {
  const { address, defaultOptions } = session;
  if (masterAddresses(address).addresses.length < 2) return;
  try {
    await session.settle({ timeoutMs: defaultOptions.rpcTimeoutMs });
  } catch (error) {
    if (!(error instanceof RpcError || error instanceof Refusal)) throw error;
    throw new StartError(`specify master addr ${address}: address ${address}: too many colons in address`, `${error.message}\n`);
  }
}

function asker({ onInterrupt }: IO, terminal: QuestionIO, dumb: boolean, signal: AbortSignal): (question: string) => Promise<boolean> {
  return (question) => (dumb ? askPlainly(question, terminal, signal) : askConfirmation(question, { terminal, onInterrupt }));
}

/** The original prints this on standard output without a line break; with a command, it goes to standard error. */
async function refuse(error: StartError, oneShotMode: boolean, io: IO): Promise<number> {
  const text = `parse cmd flags err: ${error.message}`;
  if (oneShotMode) await writeHelp(io.stderr, `${text}\n${error.usage}`);
  else {
    await unlessClosed(writeSafe(io.stdout, io.stdout.isTTY ? `${text}\n` : text));
    await writeHelp(io.stderr, error.usage);
  }
  return EXIT_CODE.usage;
}

/** People often put the flags of a command before the command. */
function hint(error: ProgramFlagError, argv: readonly string[], dialect: Dialect): string {
  const name = /not defined: -(.*)$/.exec(error.message)?.[1];
  if (name === undefined) return '';
  if (name === 'w' || name === 'worker') return 'On the command line, write -w after the command.\n';
  const near = PROGRAM_FLAGS.find((f) => f.name.startsWith(name) || name.startsWith(f.name) || f.name.toLowerCase() === name.toLowerCase());
  if (near && name.length > 0 && near.name !== name) return `Did you mean -${near.name}?\n`;
  return dialect.commands.some((c) => argv.includes(c.name) && c.flags.some((f) => f.name === name || f.short === name))
    ? 'Write the flags of a command after its name.\n'
    : '';
}
