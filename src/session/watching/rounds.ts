// The loop of a watch: rounds never overlap, and one that fails does not end it.

import { Interrupted, RpcError } from '../../core/errors.ts';
import { STATUS } from '../../core/outcome.ts';
import { inOneLine } from '../../print/sanitise.ts';
import { pause } from '../interval.ts';
import type { Answer, Carried } from './carry.ts';

/** Where the rounds go. */
export interface Writer {
  /** A round begins. */
  asks(): void;
  /** It has its answer, after so many milliseconds. */
  answered(answer: Answer, tookMs: number): Promise<void>;
  /** It has none, and why, in one line; `what` says before that what could not be done. */
  failed(why: string, what: string): Promise<void>;
  /** There are no more. */
  close(): Promise<void>;
}

export interface Pace {
  /** Milliseconds from the beginning of a round to that of the next; a round that takes longer has the next right after it. */
  readonly intervalMs: number;
  readonly count: number;
  readonly signal: AbortSignal;
}

const UNIMPLEMENTED = 12;

/** Runs the rounds; gives the status of the last that was not cut off. Throws what is wrong with the command itself, PipeClosed. */
export async function rounds(carried: Carried, writer: Writer, { intervalMs, count, signal }: Pace): Promise<number> {
  let last: number = STATUS.fine;
  try {
    for (let n = 1; ; n += 1) {
      const began = performance.now();
      const status = await round(carried, writer, signal);
      if (signal.aborted && status === STATUS.interrupted) return last;
      last = status;
      if (signal.aborted || n >= count) return status;
      await pause(began + intervalMs - performance.now(), signal);
      if (signal.aborted) return status;
    }
  } finally {
    await writer.close();
  }
}

async function round(carried: Carried, writer: Writer, signal: AbortSignal): Promise<number> {
  const began = performance.now();
  try {
    writer.asks();
    const answer = await carried.ask(signal);
    return await answer.reading(async () => {
      await writer.answered(answer, Math.round(performance.now() - began));
      return answer.status();
    });
  } catch (error) {
    if (error instanceof Interrupted && signal.aborted) return STATUS.interrupted;
    // A master that does not know the call will not learn it.
    if (!(error instanceof RpcError) || error.code === UNIMPLEMENTED) throw error;
    await writer.failed(inOneLine(error.message), inOneLine(carried.failure));
    return STATUS.failed;
  }
}
