// Which lines the history keeps (-history).

export const HISTORY_MODES = ['all', 'redacted', 'none'] as const;
export type HistoryMode = (typeof HISTORY_MODES)[number];

/** Reads a history mode. Throws Error. */
export function parseHistory(text: string): HistoryMode {
  const mode = HISTORY_MODES.find((m) => m === text);
  if (mode) return mode;
  throw new Error(`invalid history: ${text}`);
}
