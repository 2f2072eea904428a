// Parses --max-lag.

import type { LagLimit } from '../domain/lag-limit.ts';
import { goQuote } from '../text/quote.ts';
import { NOT_SENT, Refusal } from './errors.ts';
import { amountOf } from './row-selection.ts';

/** The limit that a text means; undefined if it means none. */
export function lagLimitOf(text: string): LagLimit | undefined {
  const unit = text.endsWith('B') ? 'B' : 's';
  try {
    return text === '' ? undefined : { unit, amount: amountOf(text, unit), text };
  } catch {
    return undefined;
  }
}

/**
 * Parses a limit: a duration, or a size of the binlog. Undefined for an empty text.
 * @throws Refusal for another text, and for seconds if this generation of DM does not report them
 */
export function parseLagLimit(
  text: string,
  { name, reportsLag }: { readonly name: string; readonly reportsLag?: boolean },
): LagLimit | undefined {
  const limit = lagLimitOf(text);
  if (text !== '' && !limit) {
    throw new Refusal(`invalid --max-lag ${goQuote(text)}. ${NOT_SENT}. Use a duration such as 30s, or a size such as 1MiB`);
  }
  if (limit?.unit === 's' && !reportsLag) {
    throw new Refusal(`--max-lag ${text}: ${name} does not report seconds. ${NOT_SENT}. Use bytes of the binlog, such as 1MiB`);
  }
  return limit;
}
