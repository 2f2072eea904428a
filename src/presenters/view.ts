// What a person sees, before it becomes text: rows in columns, notes below them, and a summary line.

import type { AdviceOf } from '../domain/error-catalog.ts';

/** The state of a thing. Each tone has a mark and a color (output/style.ts), so that nothing depends on color alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'held' | 'none';

/** A value of a row. With a tone, a mark is shown before it. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Only shown with -output wide. */
  readonly wide?: boolean;
  /** Narrow terminals drop the column with the highest rank first. A column without a rank always stays. */
  readonly rank?: number;
  /** Whether its values may be cut if space is short. */
  readonly cut?: boolean;
}

export interface Row {
  /** Identifies the row across answers, so that watch knows which values changed. */
  readonly key: string;
  /** What -output name prints for it, as input for another command. Empty for nothing. */
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** Text below the rows: one line first, then details. */
export interface Note {
  readonly tone: Tone;
  readonly line: string;
  readonly details?: readonly Detail[];
}

export interface Detail {
  readonly label: string;
  readonly text: string;
  /** Whether the text is a command that can be copied, so that it stays in one line. */
  readonly command?: boolean;
  /** Only shown with -output wide. */
  readonly wide?: boolean;
}

/** A note that is built when it is shown, with the dialect's advice about errors. */
export type LazyNote = (adviceOf: AdviceOf) => Note;

export interface View {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Expensive notes are built when they are shown: a large cluster may have thousands. */
  readonly notes?: readonly (Note | LazyNote)[];
  /** The summary line. */
  readonly footer?: string;
}

/** The text of a value. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
