// What a failing output leaves untold: whether the call behind it was made.

import { Interrupted, NOT_SENT, PipeClosed, WriteFailed } from '../command/errors.ts';
import { EXIT_CODE } from '../command/exit-codes.ts';

/** Resolves also when nobody reads what was to be written: a run has its status all the same. */
export async function unlessClosed(writing: Promise<void>): Promise<void> {
  await writing.catch((error) => {
    if (!(error instanceof PipeClosed)) throw error;
  });
}

/** The same before a call: an output that fails ends the command there, and the message ends in `note`. */
export async function unsent(writing: Promise<void>, note = NOT_SENT): Promise<void> {
  await unlessClosed(writing).catch((error) => {
    throw error instanceof WriteFailed ? new WriteFailed(error.message, note) : error;
  });
}

/** The error of an answer that was not printed, or not to its end, with what the master said in it. */
export function afterSending(error: unknown, command: string, status: number): unknown {
  const note = `${command} was sent, and the DM-master answered "result": ${status === EXIT_CODE.ok}`;
  if (error instanceof WriteFailed) return new WriteFailed(error.message, note);
  return error instanceof Interrupted ? new Interrupted(note) : error;
}
