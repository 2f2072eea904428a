// Which lines the history keeps (-history).

import { goQuote } from '../text/quote.ts';

export const HISTORY_MODES = ['all', 'redacted', 'none'] as const;
export type HistoryMode = (typeof HISTORY_MODES)[number];

/** Reads a history mode. Throws Error. */
export function parseHistory(text: string): HistoryMode {
  const mode = HISTORY_MODES.find((m) => m === text);
  if (mode) return mode;
  throw new Error(`invalid history mode ${goQuote(text)}: use ${HISTORY_MODES.slice(0, -1).join(', ')} or ${HISTORY_MODES.at(-1)}`);
}
