// The loop of a watch. Rounds never overlap, and a failed round does not end the loop.

import { Interrupted, RpcError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { GRPC_CODE } from '../../command/grpc-code.ts';
import type { RunContext } from '../../invoke/context.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { pause } from '../interval.ts';
import type { Answer, WrappedCommand } from './wrapped-command.ts';

/** Receives the rounds. */
export interface Writer {
  /** A round starts. */
  asks(): void;
  /** A round has its answer. `tookMs`: after how many milliseconds. */
  answered(answer: Answer, tookMs: number): Promise<void>;
  /** A round failed. `what`: what failed. `why`: the reason, in one line. */
  failed(why: string, what: string): Promise<void>;
  /** There are no more rounds. */
  close(): Promise<void>;
}

export interface Pace {
  /** Milliseconds from the start of one round to the next. After a longer round, the next one starts at once. */
  readonly intervalMs: number;
  readonly count: number;
}

/** Runs the rounds. Returns the status of the last complete one. Throws errors of the command itself, and PipeClosed. */
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
    // A master that does not implement the call never will.
    if (!(error instanceof RpcError) || error.code === GRPC_CODE.unimplemented) throw error;
    await writer.failed(inOneLine(error.message), inOneLine(wrapped.failure));
    return EXIT_CODE.failed;
  }
}
