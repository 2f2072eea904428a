// Looks things up beside a command: for questions, warnings and plans. Never throws, never waits for long.

import type { Lookup } from '../command/spec.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import type { Session } from './session.ts';

/** Milliseconds that a look may take: it is only a help. */
const DELAY_MS = 3000;

/** What looks things up through the session's connection; whatever cannot be had is undefined. */
export function createLookup(session: Session, signal: AbortSignal): Lookup {
  return async (method, request) => {
    try {
      const { type, answer } = await send(session, method, request, false, AbortSignal.any([signal, AbortSignal.timeout(DELAY_MS)]));
      return decode(type, answer);
    } catch {
      return undefined;
    }
  };
}
