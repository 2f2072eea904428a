// Adds to an output error whether the call behind the output was made.

import { Interrupted, NOT_SENT, PipeClosed, WriteFailed } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';

/** Also resolves when the reader of the output is gone, because the command still has its status. */
export async function unlessClosed(writing: Promise<void>): Promise<void> {
  await writing.catch((error) => {
    if (!(error instanceof PipeClosed)) throw error;
  });
}

/** For output before a call: a failing output ends the command, and the message ends with `note`. */
export async function unsent(writing: Promise<void>, note = NOT_SENT): Promise<void> {
  await unlessClosed(writing).catch((error) => {
    throw error instanceof WriteFailed ? new WriteFailed(error.message, note) : error;
  });
}

/** The error of an answer that was not printed completely, with the master's message in it. */
export function afterSending(error: unknown, command: string, status: number): unknown {
  const note = `${command} was sent, and the DM-master answered "result": ${status === EXIT_CODE.ok}`;
  if (error instanceof WriteFailed) return new WriteFailed(error.message, note);
  return error instanceof Interrupted ? new Interrupted(note) : error;
}
