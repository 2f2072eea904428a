// The edited text and everything else that a key may depend on, as one immutable value.

export interface EditState {
  /** The typed text. A line feed separates the rows of a line. */
  readonly text: string;
  /** The position for the next character: a UTF-16 offset, always between graphemes. */
  readonly cursor: number;
  /** Killed texts, newest last. */
  readonly kills: readonly string[];
  /** The effect of the last key, if the next one depends on it. */
  readonly last: 'kill' | 'yank' | 'tab' | 'leave' | undefined;
  /** The start of the yanked text and its index in the kills. */
  readonly yank: { readonly from: number; readonly kill: number } | undefined;
  /** The position in the history of Up and Down. */
  readonly walk: Walk | undefined;
  readonly search: Search | undefined;
  /** Candidates listed under the line. */
  readonly list: readonly string[];
}

export interface Walk {
  readonly prefix: string;
  /** The index of the entry shown; the length of the history for the typed text. */
  readonly at: number;
  /** The typed text. */
  readonly text: string;
  readonly cursor: number;
}

export interface Search {
  readonly pattern: string;
  /** The index of the last match; the length of the history before the first match. */
  readonly at: number;
  readonly found: boolean;
  /** The line before the search. */
  readonly text: string;
  readonly cursor: number;
}

/** The maximum length of a line and of a paste, in UTF-16. */
export const LONGEST = 16 << 20;

export const EMPTY: EditState = {
  text: '',
  cursor: 0,
  kills: [],
  last: undefined,
  yank: undefined,
  walk: undefined,
  search: undefined,
  list: [],
};

export interface Offered {
  readonly from: number;
  readonly candidates: readonly string[];
  /** Names that match but cannot be typed, in their displayed form. */
  readonly untypeable: readonly string[];
  /** Resolves when further candidates may be available. */
  readonly later?: Promise<void>;
}

/** What the editor needs from the rest of the program. */
export interface EditorPorts {
  /** The history, newest last. It grows as lines are entered and is read with every key. */
  readonly history: readonly string[];
  /** The candidates for the text between `from` and the cursor, quoted if needed. Returns at once. */
  complete(line: string, cursor: number): Offered;
  /** The hint for a line, shown in gray; '' for none. */
  hint(line: string): string;
  /** Reads the rows of a line and returns for each whether the line continues after it. */
  openRows(): { add(row: string): unknown };
}

/**
 * The action of a key beyond a new state: `line` submits the text, `interrupt` drops it, `leave` ends the shell, `warn` shows
 * how to leave, `clear` clears the screen, `suspend` returns the terminal to the parent shell, `full` reports that a text was
 * too long to insert.
 */
export type Act = 'line' | 'interrupt' | 'warn' | 'leave' | 'clear' | 'suspend' | 'full';

export interface Step {
  readonly state: EditState;
  readonly act?: Act;
  /** The pasted text after the line. */
  readonly rest?: string;
}
