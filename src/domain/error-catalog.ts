// The errors of a generation of DM: codes, ranges of codes, and what to do about each.

import type { DmError } from './dm-error.ts';

export interface CodeEntry {
  readonly code: number;
  /** The meaning: one line without a full stop. */
  readonly title: string;
  /** What to do next, most useful first, one line each. */
  readonly next: readonly string[];
  /** The commands for it, in this order. */
  readonly commands?: readonly string[];
}

/** A range of related codes, for codes that the table does not have. */
export interface CodeRange {
  /** The first and the last code. */
  readonly from: number;
  readonly to: number;
  /** The subject of the codes, for a heading. */
  readonly name: string;
  /** The class as DM writes it. Errors from the check of a task file have the class dm-master, with any code. */
  readonly classes: readonly string[];
  readonly title: string;
  readonly next: readonly string[];
}

export interface Advice {
  /** Whether it is about this code or text, or about all codes of the range. */
  readonly of: 'code' | 'text' | 'range';
  readonly title: string;
  readonly next: readonly string[];
  readonly commands: readonly string[];
}

/** Advice about an error. Undefined if there is none. */
export type AdviceOf = (error: DmError) => Advice | undefined;

export interface ErrorCatalog {
  readonly codes: readonly CodeEntry[];
  readonly ranges: readonly CodeRange[];
  /** The entry of a code, if the catalog has one. */
  entryOf(code: number): CodeEntry | undefined;
  /** Advice about a code without an entry, or about a class of errors. */
  rangeOf(code: number | undefined, className?: string): CodeRange | undefined;
  readonly adviceOf: AdviceOf;
}
