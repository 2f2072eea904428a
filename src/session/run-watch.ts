// A watch is the same command in a loop with a different writer. It does not know which command it carries.

import { openDeadline } from '../core/deadline.ts';
import { Refusal, TimedOut } from '../core/errors.ts';
import type { OwnRunner } from '../core/execute.ts';
import { lineManners } from '../core/manners.ts';
import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Given } from '../core/spec.ts';
import { parseDuration } from '../text/duration.ts';
import { goQuote } from '../text/quote.ts';
import type { Runner } from './index.ts';
import { intervalOf, ranOut } from './interval.ts';
import { openBlocks } from './watching/blocks.ts';
import { type Carried, carry } from './watching/carry.ts';
import { rounds } from './watching/rounds.ts';
import { openScreen } from './watching/screen.ts';
import { WatchKeys } from './watching/watch-keys.ts';

const EVERY_MS = 2000;

/** The runner, given what runs those of our own commands that can be carried. Throws Refusal. */
export const watcher =
  (runOwn: OwnRunner): Runner =>
  async (given, session, signal) => {
    const intervalMs = intervalOf(given, session.io.env, EVERY_MS);
    const count = countOf(given.text('count'));
    const stop = new AbortController();
    const keys = new WatchKeys(session, () => stop.abort());
    const watched = keys.session;
    const carried = carry(given.args, watched, runOwn);
    const limitMs = carried.given.text('timeout') === '' ? undefined : parseDuration(carried.given.text('timeout'));
    const limit = limitMs === undefined ? undefined : openDeadline(limitMs);
    const until = limit ? AbortSignal.any([signal, limit.signal]) : signal;
    const onTerminal = onScreen(session);
    settle(carried, watched, onTerminal);
    const { quiet } = watched.manners;
    const screen = onTerminal ? openScreen(watched, { command: given.args.join(' '), intervalMs }) : undefined;
    const pace = { intervalMs, count, signal: AbortSignal.any([until, stop.signal]) };
    const run = (): Promise<number> => rounds(carried, screen ?? openBlocks(watched), pace);
    const status = await keys.during(screen, run).finally(() => limit?.close());
    if (!until.aborted) return status;
    if (!ranOut(until)) return STATUS.interrupted;
    if (!quiet) await session.io.stderr.write(`${new TimedOut(limitMs ?? watched.manners.limitMs ?? 0).message}\n`);
    return STATUS.timedOut;
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

/** Settles how answers are shown: what the carried command's own flags say counts, and on a screen rows are what is looked at. */
function settle(carried: Carried, session: Session, screen: boolean): void {
  session.manners = carried.manners(lineManners(carried.given as Given, session.manners));
  const { form, query } = session.manners;
  const chosen = form.kind !== 'auto' || query !== '';
  if (chosen && !carried.hasForms) throw new Refusal('of this command only its text can be watched; leave out --output and --query');
  if (screen && carried.hasForms && !chosen) session.manners = { ...session.manners, form: { kind: 'table' } };
}
