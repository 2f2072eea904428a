// Looks things up beside a command: for questions, warnings and plans. Never throws, never waits for long.

import { decode } from '../wire/decode.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';
import type { Lookup } from './spec.ts';

/** Milliseconds that a look may take: it is only a help. */
const PATIENCE = 3000;

/** What looks things up through the session's connection; whatever cannot be had is undefined. */
export function lookupIn(session: Session, signal: AbortSignal): Lookup {
  return async (method, request) => {
    try {
      const { type, answer } = await send(session, method, request, false, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
      return decode(type, answer);
    } catch {
      return undefined;
    }
  };
}
