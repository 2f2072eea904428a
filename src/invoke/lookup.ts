// Fetches context for questions, warnings and plans. Never throws, and never waits long.

import type { Lookup } from '../command/spec.ts';
import { decode } from '../wire/decode.ts';
import { send } from './call.ts';
import { type RunContext, withSignal } from './context.ts';

/** The timeout in milliseconds: context is optional. */
const DELAY_MS = 3000;

/** Fetches through the session's connection. Returns undefined for what is unavailable. */
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
