// What a generation of DM knows of its errors: their codes, the ranges of codes, and what to do about each.

import type { DmError } from './dm-error.ts';

export interface CodeEntry {
  readonly code: number;
  /** What it means: a line, without a full stop. */
  readonly title: string;
  /** What to do next, the most useful first: a line each. */
  readonly next: readonly string[];
  /** What to type for it, in this order. */
  readonly commands?: readonly string[];
}

/** Codes that belong together: what can be said of one that the table does not have. */
export interface CodeRange {
  /** The first and the last code. */
  readonly from: number;
  readonly to: number;
  /** What the codes are about, for a heading. */
  readonly name: string;
  /** How DM writes the class of these errors. Errors that pass the checks of a task file say dm-master whatever their code. */
  readonly classes: readonly string[];
  readonly title: string;
  readonly next: readonly string[];
}

export interface Advice {
  /** How sure it is: of this very code or text, or of all codes around it. */
  readonly of: 'code' | 'text' | 'range';
  readonly title: string;
  readonly next: readonly string[];
  readonly commands: readonly string[];
}

/** What to say of an error beyond its own words; undefined where nothing is known. */
export type AdviceOf = (error: DmError) => Advice | undefined;

export interface ErrorCatalog {
  readonly codes: readonly CodeEntry[];
  readonly ranges: readonly CodeRange[];
  /** The entry of a code, where the catalog has one. */
  entryOf(code: number): CodeEntry | undefined;
  /** What can be said of a code without an entry, or of a class of errors. */
  rangeOf(code: number | undefined, className?: string): CodeRange | undefined;
  readonly adviceOf: AdviceOf;
}
