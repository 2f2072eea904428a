// Parses --max-lag.

import type { LagLimit } from '../domain/lag-limit.ts';
import { goQuote } from '../text/quote.ts';
import { NOT_SENT, Refusal } from './errors.ts';
import { amountOf } from './row-selection.ts';

/**
 * Parses a limit: a duration, or a size of the binlog. Undefined for an empty text.
 * @param reportsSeconds whether this generation of DM reports seconds
 * @throws Refusal
 */
export function parseLagLimit(
  text: string,
  { name, reportsLag }: { readonly name: string; readonly reportsLag?: boolean },
): LagLimit | undefined {
  if (text === '') return undefined;
  const unit = /B$/.test(text) ? 'B' : 's';
  if (unit === 's' && !reportsLag) {
    throw new Refusal(`--max-lag ${text}: ${name} does not report seconds. ${NOT_SENT}. Use bytes of the binlog, such as 1MiB`);
  }
  try {
    return { unit, amount: amountOf(text, unit), text };
  } catch {
    throw new Refusal(`invalid --max-lag ${goQuote(text)}. ${NOT_SENT}. Use a duration such as 30s, or a size such as 1MiB`);
  }
}
