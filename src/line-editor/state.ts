// The edited text and all that a key may depend on, as one immutable value.

export interface EditState {
  /** What was typed; a line that goes on in the next row has a line feed there. */
  readonly text: string;
  /** Where the next character comes: an offset in UTF-16, always between graphemes. */
  readonly cursor: number;
  /** Killed texts, newest last. */
  readonly kills: readonly string[];
  /** What the last key did, where the next one asks for it. */
  readonly last: 'kill' | 'yank' | 'tab' | 'leave' | undefined;
  /** Where the yanked text begins and which of the kills it is. */
  readonly yank: { readonly from: number; readonly kill: number } | undefined;
  /** The way through history with Up and Down. */
  readonly walk: Walk | undefined;
  readonly search: Search | undefined;
  /** Candidates that are listed under the line. */
  readonly list: readonly string[];
}

export interface Walk {
  readonly prefix: string;
  /** Which entry is shown; the length of the history for what was typed. */
  readonly at: number;
  /** What was typed. */
  readonly text: string;
  readonly cursor: number;
}

export interface Search {
  readonly pattern: string;
  /** The entry that was found last; the length of the history before anything was. */
  readonly at: number;
  readonly found: boolean;
  /** The line as it was before. */
  readonly text: string;
  readonly cursor: number;
}

/** A line has at most so many characters (UTF-16), and so has a paste. */
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
  /** Names that fit and cannot be typed, as they may be shown. */
  readonly untypeable: readonly string[];
  /** Resolves when candidates that were not at hand may have come. */
  readonly later?: Promise<void>;
}

/** What the editor asks of the rest of the program. */
export interface EditorPorts {
  /** Newest last; it grows as lines are entered. Looked at with every key. */
  readonly history: readonly string[];
  /** What may stand between `from` and the cursor; quoted where needed. Answers at once. */
  complete(line: string, cursor: number): Offered;
  /** The rest of a line, to be shown in grey; '' for none. */
  hint(line: string): string;
  /** Reads the rows of a line: whether it goes on after each. */
  openRows(): { add(row: string): unknown };
}

/**
 * What a key asks for beyond a new state: `line` gives the text away, `interrupt` drops it, `leave` ends the shell, `warn` says
 * how to leave, `clear` clears the screen, `suspend` gives the terminal back to the shell above, `full` says that a text was too
 * long to be put in.
 */
export type Act = 'line' | 'interrupt' | 'warn' | 'leave' | 'clear' | 'suspend' | 'full';

export interface Step {
  readonly state: EditState;
  readonly act?: Act;
  /** What of a pasted text follows the line. */
  readonly rest?: string;
}
