// The loop of the shell and of piped lines: an error never ends it, unless -strict was given.

import { findCommand, findInnermost } from '../args/find-command.ts';
import { OtherGeneration, Refusal, RpcError, WriteFailed } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';
import { LEAVE_WORDS } from '../command/registry.ts';
import { openContext } from '../invoke/context.ts';
import { report } from '../invoke/report.ts';
import type { Session } from '../invoke/session.ts';
import type { IO, Output } from '../io/io.ts';
import { unlessClosed, unsent } from '../io/write-outcome.ts';
import { writeMessage } from '../io/write-safe.ts';
import type { LineEditor } from '../line-editor/index.ts';
import { promptMark } from '../output/style.ts';
import { hasBadBytes } from '../text/bad-bytes.ts';
import { inOneLine } from '../text/sanitize.ts';
import { checkedBytes } from './bytes.ts';
import { lineWords } from './line.ts';
import { linesOf, refuseControls } from './piped.ts';
import { runRedirected, splitRedirection } from './redirect.ts';

export interface LoopOptions {
  readonly banner: string;
  /** Whether the first line that fails ends the run. */
  strict(): boolean;
  /** Runs a line and returns its status. `output`: where answers go instead of standard output. */
  execute(words: readonly string[], signal: AbortSignal, output?: Output): Promise<number>;
}

export interface ShellOptions extends LoopOptions {
  /** Whether the prompt has colors. */
  color(): boolean;
  /** The prompt's name for the cluster that the next line goes to; empty for none. */
  clusterName(): string;
  /** Receives each typed line before it runs. */
  remember(line: string): void;
}

const GOOD_BYE = 'dmctl exit\n';

/** Runs one line, named in messages; undefined if the line leaves the shell. */
async function runLine(
  typed: string,
  name: string,
  session: Session,
  { execute }: LoopOptions,
  person: boolean,
): Promise<number | undefined> {
  const stop = new AbortController();
  const unsubscribe = session.io.onInterrupt(() => stop.abort());
  try {
    refuseControls(typed);
    const { line, to } = splitRedirection(typed, session.registry);
    if (to && !person) refuseManyNames(line, session);
    const words = await checkedBytes(lineWords(person ? line : typed, session.registry), typed, name, session);
    if (words.length === 0) return EXIT_CODE.ok;
    if (words.length === 1 && LEAVE_WORDS.includes(words[0] as string)) return undefined;
    checkOutput(session.io, words[0] as string);
    if (to && person) return await runRedirected(to, words, session, (output) => execute(words, stop.signal, output));
    return await execute(words, stop.signal);
  } catch (error) {
    if (error instanceof Unseen) throw error;
    return await report(error, openContext(session, stop.signal));
  } finally {
    unsubscribe();
  }
}

/** In a pipe, | and > are plain words, as in the original. A command that takes many names would send them as names. */
function refuseManyNames(line: string, { registry }: Session): void {
  const words = lineWords(line, registry);
  const command = registry.dialect.commands.find((c) => c.name === words[findInnermost(words, registry)]);
  if (command?.bulk || command?.manyFiles) throw new Refusal('| and > work only at the prompt, not in piped lines. Nothing was sent');
}

/** A command was not run, because its output could not have been read. */
class Unseen extends WriteFailed {}

/** Throws Unseen if an output is known to fail. */
function checkOutput({ stdout, stderr }: IO, command: string): void {
  const failure = stdout.failure ?? (stderr.failure instanceof WriteFailed ? stderr.failure : undefined);
  if (failure) throw new Unseen(failure.message, `${command} and the lines after it were not run`);
}

/** Runs the lines of standard input without a prompt. Ctrl-C, input that is not text and a failing output end the run. */
export async function runPiped(session: Session, options: LoopOptions): Promise<number> {
  try {
    const status = await runLines(session, options);
    const lost = session.io.stdout.failure instanceof WriteFailed;
    return lost && status === EXIT_CODE.ok ? EXIT_CODE.failed : status;
  } catch (error) {
    return await report(error, openContext(session, new AbortController().signal));
  }
}

/** The name of the command of a line if the lines after it depend on it. */
function mustSucceed(line: string, { registry }: Session): string | undefined {
  const words = wordsOf(line, registry);
  const word = words[findCommand(words, registry.dialect.globalFlags)];
  return registry.builtins.find((c) => c.name === word)?.mustSucceed ? word : undefined;
}

/** The words of a line, also of one that was rejected because of its quotes. */
function wordsOf(line: string, registry: Session['registry']): readonly string[] {
  try {
    return lineWords(line, registry);
  } catch {
    return line.trim().split(/\s+/);
  }
}

async function runLines(session: Session, options: LoopOptions): Promise<number> {
  const { io } = session;
  const framed = await isFramed(session);
  if (framed) await unsent(io.stdout.write(options.banner), 'No line was run');
  for await (const { text, number } of linesOf(io.stdin.chunks(), () => session.registry)) {
    const status = await runLine(text, `line ${number}`, session, options, false);
    if (status === undefined) return EXIT_CODE.ok;
    if (status === EXIT_CODE.interrupted) return status;
    if (status === EXIT_CODE.ok) continue;
    if (options.strict() || hasBadBytes(text)) return status;
    const name = mustSucceed(text, session);
    if (name === undefined) continue;
    await writeMessage(io.stderr, `${name} failed, so the lines after line ${number} were not run\n`);
    return status;
  }
  if (framed) await unlessClosed(io.stdout.write(GOOD_BYE));
  return EXIT_CODE.ok;
}

/** Whether the lines get a banner: if the original prints one there, and no format was chosen, because then only answers are printed. */
async function isFramed(session: Session): Promise<boolean> {
  const { format, query, rpcTimeoutMs } = session.defaultOptions;
  if (format.kind !== 'auto' || query !== '') return false;
  const stop = new AbortController();
  const unsubscribe = session.io.onInterrupt(() => stop.abort());
  try {
    const { dialect } = await session.settle({ timeoutMs: rpcTimeoutMs, signal: stop.signal });
    return dialect.framesPipes ?? false;
  } catch (error) {
    if (error instanceof RpcError || error instanceof OtherGeneration) return session.registry.dialect.framesPipes ?? false;
    throw error;
  } finally {
    unsubscribe();
  }
}

/** Runs the lines typed at the prompt. Ctrl-C ends a running call and keeps the shell. */
export async function runShell(session: Session, editor: LineEditor, options: ShellOptions): Promise<number> {
  const { io } = session;
  await writeMessage(io.stdout, options.banner);
  try {
    for (;;) {
      const typed = await editor.read(promptMark(options.color(), session.reachable, inOneLine(options.clusterName())));
      if (typed.kind === 'end') break;
      if (typed.kind === 'interrupt') continue;
      options.remember(typed.text);
      const status = await runLine(typed.text, 'the line', session, options, true);
      if (status === undefined) return EXIT_CODE.ok;
      if (options.strict() && status !== EXIT_CODE.ok && status !== EXIT_CODE.interrupted) return status;
    }
    await io.stdout.write(`\n${GOOD_BYE}`);
    return EXIT_CODE.ok;
  } finally {
    editor.close();
  }
}
