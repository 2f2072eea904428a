// A command that is run again and again: one of the dialect that changes nothing, or one of ours that only looks.

import { isRepeatable } from '../../args/find-command.ts';
import type { Invocation } from '../../args/parse.ts';
import { Refusal } from '../../command/errors.ts';
import type { BuiltinInvocation, BuiltinRunner } from '../../invoke/builtin-runner.ts';
import { type RunContext, withOptions, withOutput } from '../../invoke/context.ts';
import { mapDecodeErrors } from '../../invoke/invoke.ts';
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
  readonly invocation: Exclude<Invocation, { kind: 'help' }>;
  /** Whether its answers come in every form; else there is only its text. */
  readonly hasForms: boolean;
  /** What is said before the reason when it fails. */
  readonly failure: string;
  /** One round. Throws what the command throws; RpcError is a round that failed, everything else ends a watch. */
  ask(context: RunContext): Promise<Answer>;
}

/** Makes rounds of an invocation. Throws Refusal for a command that may change something. */
export function wrapCommand(invocation: Invocation, runBuiltin: BuiltinRunner): WrappedCommand {
  if (invocation.kind === 'help') throw new Refusal('help does not change; there is nothing to watch'); // it was shown before this
  if (!isRepeatable(invocation.command)) {
    const why = invocation.kind === 'call' ? 'it changes the cluster' : 'it is not there to look at something';
    throw new Refusal(`${invocation.command.name} cannot be watched: ${why}; nothing was sent`);
  }
  if (invocation.kind === 'builtin') return wrapBuiltin(invocation, runBuiltin);
  const { command, parsed } = invocation;
  let answered = false;
  return {
    invocation,
    hasForms: true,
    failure: command.failure?.(parsed) ?? '',
    ask: async (context) => {
      const result = await submit(command, parsed, answered ? silent(context) : context);
      answered = true;
      return { ...result, reading: (use) => mapDecodeErrors(result.type, use) };
    },
  };
}

/** Warnings, questions and the sign of life of a call are there once: after the first round the screen is the answer's. */
const silent = (context: RunContext): RunContext => withOptions(context, { quiet: true, confirmImpact: false });

/** One of ours writes its text itself: it is caught, to be shown as the writer of the watch wants. */
function wrapBuiltin(invocation: BuiltinInvocation, runBuiltin: BuiltinRunner): WrappedCommand {
  const onlyText = (): never => {
    throw new Error('it has no other form');
  };
  return {
    invocation,
    hasForms: false,
    failure: '',
    ask: async (context) => {
      const texts: (string | Buffer)[] = [];
      const { columns, rows } = context.io.stdout;
      const stdout = { write: async (text: string | Buffer) => void texts.push(text), isTTY: false, columns, rows };
      const options = optionsForCommand(invocation, context.options);
      const status = await runBuiltin(invocation, withOptions(withOutput(context, stdout), options));
      return {
        renderable: { json: onlyText, value: onlyText, view: onlyText },
        compat: () => texts,
        reading: async (use) => await use(),
        status: () => status,
      };
    },
  };
}
