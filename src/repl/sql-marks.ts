// Tracks quotes and comments of SQL piece by piece, by the rules of DM 1.0: a backslash escapes inside strings, `--` is a comment
// only before white space, and the content of `/*! … */` counts as if the marks were not there.

import { SPACES } from './tokenizer.ts';

type Mark = "'" | '"' | '`' | '/*';

const BEGINS = new RegExp(`['"\`#]|/\\*!?|\\*/|--(?=[${SPACES}]|$)`, 'g');
const STRING_ENDS = { "'": /[\\']/g, '"': /[\\"]/g } as const;

/** The first of two places, -1 for one that is not there. */
const firstOf = (a: number, b: number): number => (b < 0 ? a : a < 0 ? b : Math.min(a, b));

/** What SQL is open after the pieces so far. No token may be split between two pieces. */
export class SqlMarks {
  /** What is being read: a quote, a comment, a comment to the end of the row. */
  private inside: Mark | 'row' | undefined;
  private insideAt = 0;
  /** Where the open `/*!` begins. */
  private bangAt: number | undefined;
  private escaped = false;
  private fed = 0;

  feed(piece: string): void {
    for (let at = 0; at >= 0 && at < piece.length; ) at = this.inside === undefined ? this.begin(piece, at) : this.end(piece, at);
    this.fed += piece.length;
  }

  /** What is open, and where it starts. */
  open(): { readonly mark: Mark; readonly at: number } | undefined {
    if (this.inside !== undefined && this.inside !== 'row') return { mark: this.inside, at: this.insideAt };
    return this.bangAt === undefined ? undefined : { mark: '/*', at: this.bangAt };
  }

  /** Continues after the next mark; -1 if there is none. */
  private begin(piece: string, from: number): number {
    BEGINS.lastIndex = from;
    const [mark] = BEGINS.exec(piece) ?? [];
    if (mark === undefined) return -1;
    const at = BEGINS.lastIndex;
    if (mark === '/*!') this.bangAt ??= this.fed + at - mark.length;
    else if (mark === '*/') this.bangAt = undefined;
    else {
      this.inside = mark === '#' || mark === '--' ? 'row' : (mark as Mark);
      this.insideAt = this.fed + at - mark.length;
    }
    return at;
  }

  /** Continues after the end of the current quote or comment; -1 if it does not end here. */
  private end(piece: string, from: number): number {
    const at = this.endOf(piece, from);
    if (at >= 0) this.inside = undefined;
    return at;
  }

  private endOf(piece: string, from: number): number {
    const after = (end: string): number => (piece.indexOf(end, from) + 1 || -end.length) + end.length - 1;
    switch (this.inside) {
      case "'":
      case '"':
        return this.stringEnd(piece, from, STRING_ENDS[this.inside]);
      case '`':
        return after('`');
      case '/*':
        return after('*/');
      default:
        return this.bangAt === undefined ? after('\n') : firstOf(after('\n'), after('*/') - 2);
    }
  }

  private stringEnd(piece: string, from: number, ends: RegExp): number {
    ends.lastIndex = this.escaped ? from + 1 : from;
    this.escaped = false;
    for (let found = ends.exec(piece); found; found = ends.exec(piece)) {
      if (found[0] !== '\\') return ends.lastIndex;
      this.escaped = ends.lastIndex >= piece.length;
      ends.lastIndex += 1;
    }
    return -1;
  }
}
