// What has to be answered with yes before the call of a command is made, such as the check before a start.

import { verify } from '../wire/scan.ts';
import { RpcError } from './errors.ts';
import { type Asked, answerTo, reading } from './execute.ts';
import { STATUS } from './outcome.ts';
import type { Session } from './session.ts';
import type { Before, Given } from './spec.ts';

/** Asks. Gives the answer where it is a no, after saying what that means; undefined for a yes. Throws RpcError, Interrupted. */
export async function askBefore(before: Before, given: Given, session: Session, signal: AbortSignal): Promise<Asked | undefined> {
  const { command, request, otherwise } = before;
  const asked = await answerTo(command, given, request, session, signal, command.name)
    .then((got) => reading(got.type, () => verify(got.type, got.answer)).then(() => got))
    .catch((error) => {
      throw error instanceof RpcError ? new RpcError(error.code, `${command.failure?.(given) ?? ''}${error.message}`) : error;
    });
  if (asked.status() === STATUS.fine) return undefined;
  await session.io.stderr.write(`${command.name} did not pass; ${otherwise}\n`);
  return asked;
}
