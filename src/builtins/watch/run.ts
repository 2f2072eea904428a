// A watch is the same command in a loop with a different writer. It does not know which command it carries.

import { Refusal, TimedOut } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { optionsForLine } from '../../config/line-options.ts';
import type { BuiltinRunner } from '../../invoke/builtin-runner.ts';
import type { Session } from '../../invoke/session.ts';
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

/** The runner, given what runs those of our own commands that can be wrapped. Throws Refusal. */
export const watcher =
  (runBuiltin: BuiltinRunner): Runner<typeof watch> =>
  async (parsed, session, signal, context) => {
    const intervalMs = intervalOf(parsed, session.io.env, EVERY_MS);
    const count = countOf(parsed.flags.count);
    if (!context.wrapped) throw new Error('watch wraps a command');
    const stop = new AbortController();
    const keys = new WatchKeys(session, () => stop.abort());
    const watched = keys.session;
    const wrapped = wrapCommand(context.wrapped, watched, runBuiltin);
    const { commandTimeoutMs: limitMs } = optionsForLine(wrapped.parsed, { ...session.options, commandTimeoutMs: undefined });
    const limit = limitMs === undefined ? undefined : openDeadline(limitMs);
    const until = limit ? AbortSignal.any([signal, limit.signal]) : signal;
    const onTerminal = onScreen(session);
    settle(wrapped, watched, onTerminal);
    const { quiet } = watched.options;
    const screen = onTerminal ? openScreen(watched, { command: parsed.args.join(' '), intervalMs }) : undefined;
    const pace = { intervalMs, count, signal: AbortSignal.any([until, stop.signal]) };
    const run = (): Promise<number> => rounds(wrapped, screen ?? openBlocks(watched), pace);
    const status = await keys.during(screen, run).finally(() => limit?.close());
    if (!until.aborted) return status;
    if (!ranOut(until)) return EXIT_CODE.interrupted;
    if (!quiet) await session.io.stderr.write(`${new TimedOut(limitMs ?? watched.options.commandTimeoutMs ?? 0).message}\n`);
    return EXIT_CODE.timedOut;
  };

function countOf(text: string): number {
  if (text === '') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal(`--count ${goQuote(text)}: a number of rounds from 1 is wanted`);
}

/** Whether there is a screen to draw on, and one that is given back however the program ends. */
function onScreen({ io }: Session): boolean {
  return io.stdout.isTTY && io.terminal !== undefined && io.env.TERM !== 'dumb';
}

/** Settles how answers are shown: what the wrapped command's own flags say counts, and on a screen rows are what is looked at. */
function settle(wrapped: WrappedCommand, session: Session, screen: boolean): void {
  session.options = wrapped.options(optionsForLine(wrapped.parsed, session.options));
  const { format, query } = session.options;
  const chosen = format.kind !== 'auto' || query !== '';
  if (chosen && !wrapped.hasForms) throw new Refusal('of this command only its text can be watched; leave out --output and --query');
  if (screen && wrapped.hasForms && !chosen) session.options = { ...session.options, format: { kind: 'table' } };
}
