// A command that is run again and again: one of the dialect that changes nothing, or one of ours that only looks.

import { isRepeatable } from '../../args/find-command.ts';
import type { Invocation } from '../../args/parse.ts';
import { Refusal } from '../../command/errors.ts';
import type { RunOptions } from '../../command/run-options.ts';
import type { ParsedArgs } from '../../command/spec.ts';
import type { BuiltinRunner } from '../../invoke/builtin-runner.ts';
import { mapDecodeErrors } from '../../invoke/invoke.ts';
import type { Session } from '../../invoke/session.ts';
import { optionsForCommand, submit } from '../../invoke/submit.ts';
import type { Renderable } from '../../output/renderer.ts';

/** What came of a round. */
export interface Answer {
  readonly renderable: Renderable;
  compat(): Iterable<string | Buffer>;
  /** Looks at the bytes as it is shown. Throws RpcError when they are no such message. */
  reading<T>(use: () => T | Promise<T>): Promise<T>;
  /** The status of a run that ended with it. */
  status(): number;
}

export interface WrappedCommand {
  readonly parsed: ParsedArgs;
  /** Whether its answers come in every form; else there is only its text. */
  readonly hasForms: boolean;
  /** What is said before the reason when it fails. */
  readonly failure: string;
  options(line: RunOptions): RunOptions;
  /** One round. Throws what the command throws; RpcError is a round that failed, everything else ends a watch. */
  ask(signal: AbortSignal): Promise<Answer>;
}

/** Makes rounds of an invocation. Throws Refusal for a command that may change something. */
export function wrapCommand(invocation: Invocation, session: Session, runBuiltin: BuiltinRunner): WrappedCommand {
  if (invocation.kind === 'help') throw new Refusal('help does not change; there is nothing to watch'); // it was shown before this
  if (!isRepeatable(invocation.command)) {
    const why = invocation.kind === 'call' ? 'it changes the cluster' : 'it is not there to look at something';
    throw new Refusal(`${invocation.command.name} cannot be watched: ${why}; nothing was sent`);
  }
  if (invocation.kind === 'builtin') {
    return wrapBuiltin((signal, to) => runBuiltin(invocation, to, signal), session, invocation.parsed);
  }
  const { command, parsed } = invocation;
  return {
    parsed,
    hasForms: true,
    failure: command.failure?.(parsed) ?? '',
    options: (line) => optionsForCommand(command, parsed, line),
    ask: async (signal) => {
      const result = await submit(command, parsed, session, signal);
      silence(session);
      return { ...result, reading: (use) => mapDecodeErrors(result.type, use) };
    },
  };
}

/** Warnings, questions and the sign of life of a call are there once: after the first round the screen is the answer's. */
function silence(session: Session): void {
  session.options = { ...session.options, quiet: true, confirmImpact: false };
}

/** One of ours writes its text itself: it is caught, to be shown as the writer of the watch wants. */
function wrapBuiltin(run: (signal: AbortSignal, to: Session) => Promise<number>, session: Session, parsed: ParsedArgs): WrappedCommand {
  const onlyText = (): never => {
    throw new Error('it has no other form');
  };
  return {
    parsed,
    hasForms: false,
    failure: '',
    options: (line) => line,
    ask: async (signal) => {
      const texts: (string | Buffer)[] = [];
      const { columns, rows } = session.io.stdout;
      const stdout = { write: async (text: string | Buffer) => void texts.push(text), isTTY: false, columns, rows };
      const io = Object.create(session.io, { stdout: { value: stdout } }) as Session['io'];
      const status = await run(signal, Object.create(session, { io: { value: io } }) as Session);
      return {
        renderable: { json: onlyText, value: onlyText, view: onlyText },
        compat: () => texts,
        reading: async (use) => await use(),
        status: () => status,
      };
    },
  };
}
