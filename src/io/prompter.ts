// The questions that guided prompts ask; prompts.ts asks them on a terminal.

/** Something to choose. */
export interface Choice {
  readonly value: string;
  /** The value with what helps to choose, safe to show. */
  readonly label: string;
  /** The value alone, safe to show. */
  readonly short: string;
}

/** Asks questions. Every one throws Cancelled when it is left, and when its signal is raised. */
export interface Prompter {
  /** One of a few. */
  select(message: string, choices: readonly Choice[], signal: AbortSignal): Promise<string>;
  /** At least one of a few. */
  checkbox(message: string, choices: readonly Choice[], signal: AbortSignal): Promise<readonly string[]>;
  /**
   * One of many, found by what is typed.
   * @param source what there is for a text
   * @param isWhole whether a value is an answer; else it is taken as what was typed, as a folder is
   */
  search(
    message: string,
    source: (typed: string) => readonly Choice[],
    signal: AbortSignal,
    isWhole?: (value: string) => boolean,
  ): Promise<string>;
  /** A text, not empty, without white space at its ends. `suggested` stands there to be edited. */
  input(message: string, suggested: string, signal: AbortSignal): Promise<string>;
}
