// Reports an error on the right stream and returns its status.

import { PipeClosed } from '../command/errors.ts';
import { describeFailure, EXIT_CODE, errorHint } from '../command/exit-codes.ts';
import { unlessClosed } from '../io/write-outcome.ts';
import { writeHelp, writeMessage, writeSafe } from '../io/write-safe.ts';
import { isRedirected, type RunContext } from './context.ts';
import { isStructured } from './invoke.ts';

/** Prints an error and returns its status. */
export async function report(error: unknown, context: RunContext, failure?: string): Promise<number> {
  if (error instanceof PipeClosed) throw error;
  const { io, options } = context;
  const outcome = describeFailure(error, isStructured(context) || isRedirected(context) ? 'one-shot' : context.session.mode, failure);
  // The text of a failed call is copied into explain, so its lines are not broken.
  const written = outcome.stream === 'stderr' && outcome.status === EXIT_CODE.usage ? writeHelp : writeSafe;
  await unlessClosed(written(io[outcome.stream], outcome.text));
  const hint = errorHint(error);
  if (hint && !options.quiet) await writeMessage(io.stderr, `${hint}\n`);
  if (io.env.DMCTL_DEBUG === '1' && error instanceof Error) await writeSafe(io.stderr, `${error.stack}\n`);
  return outcome.status;
}
