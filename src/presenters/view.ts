// What a person is shown, before it is text: rows under columns, notes below them, and a last line that counts.

import type { AdviceOf } from '../domain/error-catalog.ts';

/** The state of a thing. Each tone has a mark and a color (output/style.ts), so that nothing depends on color alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'held' | 'none';

/** A value of a row; with a tone it gets a mark before it. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Only where everything is wanted (-output wide). */
  readonly wide?: boolean;
  /** Narrow terminals go without it, the highest first; without a rank it always stays. */
  readonly rank?: number;
  /** Whether its values may be cut where the room is short; else they stay whole. */
  readonly cut?: boolean;
}

export interface Row {
  /** What it is about, the same in every answer: how a watch tells which values changed. */
  readonly key: string;
  /** What -output name prints of it: what a further command is given; empty for nothing. */
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** Something to read beside the rows: one line first, details after. */
export interface Note {
  readonly tone: Tone;
  readonly line: string;
  readonly details?: readonly Detail[];
}

export interface Detail {
  readonly label: string;
  readonly text: string;
  /** Only where everything is wanted (-output wide). */
  readonly wide?: boolean;
}

/** A note that is made when it is shown, with what the dialect advises about errors. */
export type LazyNote = (adviceOf: AdviceOf) => Note;

export interface View {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Those that take work are made when they are shown: a large cluster may have thousands. */
  readonly notes?: readonly (Note | LazyNote)[];
  /** The last line. */
  readonly footer?: string;
}

/** The text of a value. */
export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}
