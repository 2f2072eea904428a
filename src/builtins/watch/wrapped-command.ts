// A command that is run repeatedly: a read-only command of the dialect or a read-only built-in command.

import { isRepeatable } from '../../args/find-command.ts';
import type { Invocation } from '../../args/parse.ts';
import { Refusal } from '../../command/errors.ts';
import type { BuiltinInvocation, BuiltinRunner } from '../../invoke/builtin-runner.ts';
import { type RunContext, withOptions, withOutput } from '../../invoke/context.ts';
import { mapDecodeErrors } from '../../invoke/invoke.ts';
import { optionsForCommand, submit } from '../../invoke/submit.ts';
import type { Renderable } from '../../output/renderer.ts';

/** The result of a round. */
export interface Answer {
  readonly renderable: Renderable;
  compat(): Iterable<string | Buffer>;
  /** Decodes the bytes when they are shown. Throws RpcError if they are not the expected message. */
  reading<T>(use: () => T | Promise<T>): Promise<T>;
  /** The exit status if the run ended with it. */
  status(): number;
}

export interface WrappedCommand {
  readonly invocation: Exclude<Invocation, { kind: 'help' }>;
  /** Whether its answers have all formats. Otherwise they have only text. */
  readonly hasForms: boolean;
  /** The text before the reason when it fails. */
  readonly failure: string;
  /** Runs one round. Throws the command's errors. An RpcError is a failed round. Any other error ends the watch. */
  ask(context: RunContext): Promise<Answer>;
}

/** Runs rounds of an invocation. Throws Refusal for a command that may change something. */
export function wrapCommand(invocation: Invocation, runBuiltin: BuiltinRunner): WrappedCommand {
  if (invocation.kind === 'help') throw new Refusal('help cannot be watched: it does not change'); // it was already shown
  if (!isRepeatable(invocation.command)) {
    const why = invocation.kind === 'call' ? 'it changes the cluster' : 'it does not show a state';
    throw new Refusal(`${invocation.command.name} cannot be watched: ${why}. Nothing was sent`);
  }
  if (invocation.kind === 'builtin') return wrapBuiltin(invocation, runBuiltin);
  const { command, parsed } = invocation;
  if (command.manyFiles && (parsed.args.length > 1 || parsed.args[0] === '-'))
    throw new Refusal(`watch runs ${command.name} for one file that it can read in each round. Nothing was sent. Name one file`);
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

/** Warnings, questions and the spinner appear once: after the first round the screen belongs to the answer. */
const silent = (context: RunContext): RunContext => withOptions(context, { quiet: true, confirmImpact: false });

/** A built-in command writes its own text, which is captured for the watch's writer. */
function wrapBuiltin(invocation: BuiltinInvocation, runBuiltin: BuiltinRunner): WrappedCommand {
  const onlyText = (): never => {
    throw new Error('the command has only text');
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
