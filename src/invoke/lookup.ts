// Looks things up beside a command: for questions, warnings and plans. Never throws, never waits for long.

import type { Lookup } from '../command/spec.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import { type RunContext, withSignal } from './context.ts';

/** Milliseconds that a look may take: it is only a help. */
const DELAY_MS = 3000;

/** What looks things up through the session's connection; whatever cannot be had is undefined. */
export function createLookup(context: RunContext): Lookup {
  return async (method, request) => {
    try {
      const until = AbortSignal.any([context.signal, AbortSignal.timeout(DELAY_MS)]);
      const { type, answer } = await send(withSignal(context, until), method, request, false);
      return decode(type, answer);
    } catch {
      return undefined;
    }
  };
}
