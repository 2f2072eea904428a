// What has to be answered with yes before the call of a command is made, such as the check before a start.

import { saysFalse } from '../wire/result.ts';
import { verify } from '../wire/scan.ts';
import { RpcError } from './errors.ts';
import { report, showAnswer, unreadable } from './execute.ts';
import { STATUS } from './outcome.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';
import type { Show } from './show.ts';
import type { Before, Given } from './spec.ts';

/** Asks. Of a yes nothing is shown; a no is shown as its own command shows it. Gives the status. Throws Interrupted. */
export async function saysYes(before: Before, given: Given, session: Session, signal: AbortSignal, show: Show): Promise<number> {
  const { command, request, otherwise } = before;
  try {
    const { type, answer } = await send(session, command.method, request, command.changes, signal, command.name);
    try {
      verify(type, answer);
    } catch (error) {
      throw unreadable(type, error);
    }
    if (!saysFalse(type, answer)) return STATUS.fine;
    await showAnswer(command, given, type, answer, show);
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    await report(error, session, command.failure?.(given));
  }
  await session.io.stderr.write(`${command.name} did not pass; ${otherwise}\n`);
  return STATUS.failed;
}
