// `watch` runs a read-only command in a loop with another writer. It works with any wrapped command.

import { Refusal, TimedOut } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { RunOptions } from '../../command/run-options.ts';
import { optionsForLine } from '../../config/line-options.ts';
import type { BuiltinRunner } from '../../invoke/builtin-runner.ts';
import { type RunContext, withDeadline, withOptions, withSignal } from '../../invoke/context.ts';
import { optionsForCommand } from '../../invoke/submit.ts';
import { openDeadline } from '../../io/deadline.ts';
import { goQuote } from '../../text/quote.ts';
import type { Runner } from '../index.ts';
import { intervalOf, ranOut } from '../interval.ts';
import { openBlocks } from './blocks.ts';
import type { watch } from './command.ts';
import { rounds } from './rounds.ts';
import { openScreen } from './screen.ts';
import { WatchKeys } from './watch-keys.ts';
import { type WrappedCommand, wrapCommand } from './wrapped-command.ts';

const EVERY_MS = 2000;

/** The runner. Takes the runner of the built-in commands that can be wrapped. Throws Refusal. */
export const watcher =
  (runBuiltin: BuiltinRunner): Runner<typeof watch> =>
  async (parsed, context, world) => {
    const intervalMs = intervalOf(parsed, context.io.env, EVERY_MS);
    const count = countOf(parsed.flags.count);
    if (!world.wrapped) throw new Error('watch needs a wrapped command');
    const wrapped = wrapCommand(world.wrapped, runBuiltin);
    const { commandTimeoutMs: ownMs } = optionsForLine(wrapped.invocation.parsed, { ...context.options, commandTimeoutMs: undefined });
    const limit = ownMs === undefined ? undefined : openDeadline(ownMs);
    const limited = limit ? withDeadline(context, limit.signal, ownMs as number) : context;
    try {
      const stop = new AbortController();
      const onTerminal = onScreen(context);
      const keys = new WatchKeys(withOptions(limited, optionsForWatch(wrapped, context.options, onTerminal)), () => stop.abort());
      const watched = withSignal(keys.context, AbortSignal.any([limited.signal, stop.signal]));
      const screen = onTerminal ? openScreen(watched, { command: parsed.args.join(' '), intervalMs }) : undefined;
      const run = (): Promise<number> => rounds(wrapped, screen ?? openBlocks(watched), watched, { intervalMs, count });
      const status = await keys.during(screen, run);
      return limited.signal.aborted ? await ended(watched, ranOut(limited.signal)) : status;
    } finally {
      limit?.close();
    }
  };

/** Reports why a watch ended early, and returns the status. */
async function ended({ io, options }: RunContext, timedOut: boolean): Promise<number> {
  if (!timedOut) return EXIT_CODE.interrupted;
  if (!options.quiet) await io.stderr.write(`${new TimedOut(options.commandTimeoutMs ?? 0).message}\n`);
  return EXIT_CODE.timedOut;
}

function countOf(text: string): number {
  if (text === '') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal(`invalid --count ${goQuote(text)}. Nothing was sent. Use a number of rounds from 1`);
}

/** Whether there is a screen that can be drawn on and restored however the program ends. */
function onScreen({ io }: RunContext): boolean {
  return io.stdout.isTTY && io.terminal !== undefined && io.env.TERM !== 'dumb';
}

/** The format of answers: the wrapped command's own flags come first. On a screen, rows are the default. */
function optionsForWatch({ invocation, hasForms }: WrappedCommand, line: RunOptions, screen: boolean): RunOptions {
  const options = optionsForLine(invocation.parsed, line);
  const chosen = options.format.kind !== 'auto' || options.query !== '';
  if (chosen && !hasForms) throw new Refusal('this command has only one form of output. Nothing was sent. Leave out --output and --query');
  if (!hasForms) return options; // the command writes its text with its own options
  return screen && !chosen ? { ...options, format: { kind: 'table' } } : optionsForCommand(invocation, options);
}
