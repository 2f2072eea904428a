// The interface of the questions of guided prompts. prompts.ts implements it on a terminal.

/** One option of a list. */
export interface Choice {
  readonly value: string;
  /** The value with a description, safe to show. */
  readonly label: string;
  /** The value alone, safe to show. */
  readonly short: string;
}

/** Asks questions. Each throws Cancelled when the user leaves it and when its signal is aborted. */
export interface Prompter {
  /** Selects one of a few. */
  select(message: string, choices: readonly Choice[], signal: AbortSignal): Promise<string>;
  /** Selects at least one of a few. */
  checkbox(message: string, choices: readonly Choice[], signal: AbortSignal): Promise<readonly string[]>;
  /**
   * Selects one of many by typing.
   * @param source returns the choices for a text
   * @param isWhole whether a value is a complete answer. If not, it replaces the typed text, as a folder does.
   */
  search(
    message: string,
    source: (typed: string) => readonly Choice[],
    signal: AbortSignal,
    isWhole?: (value: string) => boolean,
  ): Promise<string>;
  /** Asks for a non-empty text without white space at its ends. `suggested` is the initial text, which can be edited. */
  input(message: string, suggested: string, signal: AbortSignal): Promise<string>;
}
