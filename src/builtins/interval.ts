// The interval between rounds of watch and wait.

import { Refusal } from '../command/errors.ts';
import type { ParsedArgs } from '../command/spec.ts';
import { after } from '../io/deadline.ts';
import type { IO } from '../io/io.ts';
import { parseDuration } from '../text/duration.ts';
import { goQuote } from '../text/quote.ts';

/** The minimum pause in milliseconds, so that the master is never polled without a break. */
const MIN = 200;
const MAX = 86_400_000;

/** Milliseconds from the start of one round to the next. Throws Refusal. $DMCTL_LEAST_INTERVAL is for measurements. */
export function intervalOf(parsed: ParsedArgs<{ interval: string }>, env: IO['env'], otherwise: number): number {
  const text = parsed.flags.interval;
  if (text === '') return otherwise;
  const ms = millisecondsOf(text);
  const least = env.DMCTL_LEAST_INTERVAL === '0' ? 0 : MIN;
  if (ms >= least && ms <= MAX) return ms;
  throw new Refusal(
    `invalid --interval ${goQuote(text)}. Nothing was sent. Use seconds or a duration from ${MIN / 1000} s to one day, for example 5, 0.5 or 1m30s`,
  );
}

/** Parses a number of seconds or a duration. NaN if it is neither. */
function millisecondsOf(text: string): number {
  if (/^(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text) * 1000;
  try {
    return parseDuration(text);
  } catch {
    return Number.NaN;
  }
}

/** Resolves after so many milliseconds, or at once if the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      stopTimer();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stopTimer = after(ms, done);
    signal.addEventListener('abort', done);
  });
}

/** Whether --timeout ended it, and not Ctrl-C. */
export function ranOut(signal: AbortSignal): boolean {
  return (signal.reason as Error | undefined)?.name === 'TimeoutError';
}
