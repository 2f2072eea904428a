// What a person sees, before it becomes text: rows in columns, notes below them, and a summary line.

import type { AdviceOf } from '../domain/error-catalog.ts';

/** The state of a thing. Each tone has a mark and a color (output/style.ts), so that nothing depends on color alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'held' | 'none';

/** A value of a row. With a tone, a mark is shown before it. */
export type Cell =
  | string
  | {
      readonly text: string;
      readonly tone: Tone;
      /** What it is sorted and compared by, if that is a number: in the unit of its column. */
      readonly amount?: number | undefined;
      /** Another word that --filter finds it by. */
      readonly also?: string;
    };

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Only shown with -output wide. */
  readonly wide?: boolean;
  /** Narrow terminals drop the column with the highest rank first. A column without a rank always stays. */
  readonly rank?: number;
  /** Whether its values may be cut if space is short. */
  readonly cut?: boolean;
  /** The unit of its amounts: seconds, bytes, a share, or a plain number. */
  readonly unit?: Unit;
  /** Another name for --columns, --sort-by and --filter. */
  readonly alias?: string;
}

export type Unit = 's' | 'B' | '%' | '';

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

/** A note about rows, which --filter hides together with them. */
export interface RowNote {
  /** Their keys. */
  readonly rows: readonly string[];
  readonly note: Note | LazyNote;
}

/** A note that is built when it is shown, with the dialect's advice about errors. */
export type LazyNote = (adviceOf: AdviceOf) => Note;

export interface View {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Expensive notes are built when they are shown: a large cluster may have thousands. */
  readonly notes?: readonly (Note | LazyNote | RowNote)[];
  /** The summary line. */
  readonly footer?: string;
}

/** The text of a value. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** The name of a column for --columns, --sort-by and --filter, and in the first line of CSV. */
export function columnName({ title }: Column): string {
  return title.toLowerCase().replaceAll(' ', '-');
}
