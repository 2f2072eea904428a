// What the prompt keeps of the lines that are typed (-history).

export const HISTORY_MODES = ['all', 'redacted', 'none'] as const;
export type HistoryMode = (typeof HISTORY_MODES)[number];

/** Reads what the prompt keeps. Throws Error. */
export function parseHistory(text: string): HistoryMode {
  const mode = HISTORY_MODES.find((m) => m === text);
  if (mode) return mode;
  throw new Error(`invalid history: ${text}`);
}
