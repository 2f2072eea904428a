// The times between rounds of what goes on until it is ended.

import { Refusal } from '../core/errors.ts';
import type { IO } from '../core/io.ts';
import type { Given } from '../core/spec.ts';

/** Milliseconds that are always left to the master. */
const LEAST = 200;
const MOST = 86_400_000;

/** Milliseconds from the beginning of a round to that of the next. Throws Refusal. $DMCTL_LEAST_INTERVAL is for measurements. */
export function intervalOf(given: Given, env: IO['env'], otherwise: number): number {
  const text = given.text('interval');
  if (text === '') return otherwise;
  const ms = /^(\d+\.?\d*|\.\d+)s?$/.test(text) ? Number.parseFloat(text) * 1000 : Number.NaN;
  const least = env.DMCTL_LEAST_INTERVAL === '0' ? 0 : LEAST;
  if (ms >= least && ms <= MOST) return ms;
  throw new Refusal(`--interval ${text}: a number of seconds is wanted, from ${LEAST / 1000} to a day, such as 5 or 0.5`);
}

/** Resolves after so many milliseconds, or at once when the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    signal.addEventListener('abort', done);
  });
}

/** Whether it was the time of --timeout that ran out, and not somebody who pressed Ctrl-C. */
export function ranOut(signal: AbortSignal): boolean {
  return (signal.reason as Error | undefined)?.name === 'TimeoutError';
}
