// A command that is run again and again: one of the dialect that changes nothing, or one of ours that only looks.

import { parseWithCommander } from '../../args/commander.ts';
import { isRepeatable } from '../../args/find-command.ts';
import { parse } from '../../args/parse.ts';
import { Refusal } from '../../command/errors.ts';
import type { ParsedArgs } from '../../command/spec.ts';
import { type BuiltinRunner, mapDecodeErrors, optionsForCommand, submit } from '../../invoke/execute.ts';
import type { RunOptions } from '../../invoke/run-options.ts';
import type { Session } from '../../invoke/session.ts';
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
  readonly given: ParsedArgs;
  /** Whether its answers come in every form; else there is only its text. */
  readonly hasForms: boolean;
  /** What is said before the reason when it fails. */
  readonly failure: string;
  options(line: RunOptions): RunOptions;
  /** One round. Throws what the command throws; RpcError is a round that failed, everything else ends a watch. */
  ask(signal: AbortSignal): Promise<Answer>;
}

/** The command of the words. Throws Refusal for one that may change something, UsageError. */
export function wrapCommand(words: readonly string[], session: Session, runOwn: BuiltinRunner): WrappedCommand {
  const parsed = parse(words, session.registry);
  if (parsed.kind === 'help') throw new Refusal('help does not change; there is nothing to watch'); // it was shown before this
  const { command } = parsed;
  if (!isRepeatable(command)) {
    const why = parsed.kind === 'call' ? 'it changes the cluster' : 'it is not there to look at something';
    throw new Refusal(`${command.name} cannot be watched: ${why}; nothing was sent`);
  }
  const given = parseWithCommander(command.name, parsed.scanned, parsed.flags);
  if (parsed.kind === 'own') return wrapBuiltin((signal, to) => runOwn(parsed.command, given, to, signal), session, given);
  return {
    given,
    hasForms: true,
    failure: parsed.command.failure?.(given) ?? '',
    options: (line) => optionsForCommand(parsed.command, given, line),
    ask: async (signal) => {
      const asked = await submit(parsed.command, given, session, signal);
      silence(session);
      return { ...asked, reading: (use) => mapDecodeErrors(asked.type, use) };
    },
  };
}

/** Warnings, questions and the sign of life of a call are there once: after the first round the screen is the answer's. */
function silence(session: Session): void {
  session.options = { ...session.options, quiet: true, confirmImpact: false };
}

/** One of ours writes its text itself: it is caught, to be shown as the writer of the watch wants. */
function wrapBuiltin(run: (signal: AbortSignal, to: Session) => Promise<number>, session: Session, given: ParsedArgs): WrappedCommand {
  const onlyText = (): never => {
    throw new Error('it has no other form');
  };
  return {
    given,
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
