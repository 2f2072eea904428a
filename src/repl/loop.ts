// The loop of the shell and of piped lines: an error never ends it, unless -strict was given.

import { execute, type OwnRunner, report } from '../core/execute.ts';
import { type IO, WriteFailed } from '../core/io.ts';
import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import { unlessClosed, unsent } from '../core/told.ts';
import { inOneLine } from '../print/sanitise.ts';
import { promptMark } from '../print/style.ts';
import { hasBadBytes } from '../text/bad-bytes.ts';
import { checkedBytes } from './bytes.ts';
import type { LineEditor } from './editor/index.ts';
import { lineWords } from './line.ts';
import { linesOf, refuseControls } from './piped.ts';

export interface LoopOptions {
  readonly banner: string;
  readonly strict: boolean;
  readonly runOwn: OwnRunner;
}

export interface ShellOptions extends LoopOptions {
  readonly colour: boolean;
  /** What the prompt calls the cluster that the next line goes to; empty for nothing. */
  clusterName(): string;
  /** Takes each line that was typed, before it runs. */
  remember(line: string): void;
}

const LEAVE = new Set(['exit', 'quit']);
const GOOD_BYE = 'dmctl exit\n';

/** Runs one line, which messages call by its name; undefined when the line asks to leave. */
async function runLine(line: string, name: string, session: Session, { runOwn }: LoopOptions): Promise<number | undefined> {
  const stop = new AbortController();
  const deaf = session.io.onInterrupt(() => stop.abort());
  try {
    refuseControls(line);
    const words = await checkedBytes(lineWords(line, session.catalogue), line, name, session);
    if (words.length === 0) return STATUS.fine;
    if (words.length === 1 && LEAVE.has(words[0] as string)) return undefined;
    checkOutput(session.io, words[0] as string);
    return await execute(words, session, stop.signal, runOwn);
  } catch (error) {
    if (error instanceof Unseen) throw error;
    return await report(error, session);
  } finally {
    deaf();
  }
}

/** A command was not run, since nobody could have read what it says. */
class Unseen extends WriteFailed {}

/** Throws Unseen when an output is known to fail. */
function checkOutput({ stdout, stderr }: IO, command: string): void {
  const failure = stdout.failure ?? (stderr.failure instanceof WriteFailed ? stderr.failure : undefined);
  if (failure) throw new Unseen(failure.message, `${command} and the lines after it were not run`);
}

/** Runs the lines of standard input, without a prompt. Ctrl-C ends the run, and so do input that is no text and an output that fails. */
export async function runPiped(session: Session, options: LoopOptions): Promise<number> {
  try {
    const status = await runLines(session, options);
    const lost = session.io.stdout.failure instanceof WriteFailed;
    return lost && status === STATUS.fine ? STATUS.failed : status;
  } catch (error) {
    return await report(error, session);
  }
}

async function runLines(session: Session, options: LoopOptions): Promise<number> {
  const { io } = session;
  // Where a form was chosen, standard output has nothing but answers.
  const framed = session.defaults.form.kind === 'auto' && session.defaults.query === '';
  if (framed) await unsent(io.stdout.write(options.banner), 'no line was run');
  for await (const { text, number } of linesOf(io.stdin.chunks(), session.catalogue)) {
    const status = await runLine(text, `line ${number}`, session, options);
    if (status === undefined) return STATUS.fine;
    if (status === STATUS.interrupted) return status;
    if (status !== STATUS.fine && (options.strict || hasBadBytes(text))) return status;
  }
  if (framed) await unlessClosed(io.stdout.write(GOOD_BYE));
  return STATUS.fine;
}

/** Runs the lines that are typed at the prompt. Ctrl-C ends a running call and keeps the shell. */
export async function runShell(session: Session, editor: LineEditor, options: ShellOptions): Promise<number> {
  const { io } = session;
  await io.stdout.write(options.banner);
  try {
    for (;;) {
      const typed = await editor.read(promptMark(options.colour, session.reachable, inOneLine(options.clusterName())));
      if (typed.kind === 'end') break;
      if (typed.kind === 'interrupt') continue;
      options.remember(typed.text);
      const status = await runLine(typed.text, 'the line', session, options);
      if (status === undefined) return STATUS.fine;
      if (options.strict && status !== STATUS.fine && status !== STATUS.interrupted) return status;
    }
    await io.stdout.write(`\n${GOOD_BYE}`);
    return STATUS.fine;
  } finally {
    editor.close();
  }
}
