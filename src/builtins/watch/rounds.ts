// The loop of a watch: rounds never overlap, and one that fails does not end it.

import { Interrupted, RpcError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { GRPC_CODE } from '../../command/grpc-code.ts';
import type { RunContext } from '../../invoke/context.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { pause } from '../interval.ts';
import type { Answer, WrappedCommand } from './wrapped-command.ts';

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
}

/** Runs the rounds; gives the status of the last that was not cut off. Throws what is wrong with the command itself, PipeClosed. */
export async function rounds(wrapped: WrappedCommand, writer: Writer, context: RunContext, { intervalMs, count }: Pace): Promise<number> {
  const { signal } = context;
  let last: number = EXIT_CODE.ok;
  try {
    for (let n = 1; ; n += 1) {
      const began = performance.now();
      const status = await round(wrapped, writer, context);
      if (signal.aborted && status === EXIT_CODE.interrupted) return last;
      last = status;
      if (signal.aborted || n >= count) return status;
      await pause(began + intervalMs - performance.now(), signal);
      if (signal.aborted) return status;
    }
  } finally {
    await writer.close();
  }
}

async function round(wrapped: WrappedCommand, writer: Writer, context: RunContext): Promise<number> {
  const began = performance.now();
  try {
    writer.asks();
    const answer = await wrapped.ask(context);
    return await answer.reading(async () => {
      await writer.answered(answer, Math.round(performance.now() - began));
      return answer.status();
    });
  } catch (error) {
    if (error instanceof Interrupted && context.signal.aborted) return EXIT_CODE.interrupted;
    // A master that does not know the call will not learn it.
    if (!(error instanceof RpcError) || error.code === GRPC_CODE.unimplemented) throw error;
    await writer.failed(inOneLine(error.message), inOneLine(wrapped.failure));
    return EXIT_CODE.failed;
  }
}
