// Splits a line into words. Quotes group and are removed. A backslash is literal, except \" and \\ inside double
// quotes, so that patterns like ~(?i)ALTER\s+TABLE need no quotes. White space is defined as by Go's unicode.IsSpace.

import { NOT_SENT, Refusal } from '../command/errors.ts';

/** White space, for a class of a regular expression. */
export const SPACES = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
export const SPACE = new RegExp(`[${SPACES}]`);
/** Runs of characters, a part at a time: without a limit a run of megabytes would exhaust the stack of the expression. */
const SPACE_RUN = new RegExp(`[${SPACES}]{1,4096}`, 'y');
const BARE = new RegExp(`[^'"${SPACES}]{1,4096}`, 'y');
const IN_DOUBLE = /[^"\\]{1,4096}/y;

export interface Word {
  readonly text: string;
  /** Where the word begins and ends in the line. */
  readonly start: number;
  readonly end: number;
}

/** Reads a line word by word, so that a caller can stop where the words end and a verbatim text starts. */
export class LineReader {
  private readonly line: string;
  private at = 0;

  constructor(line: string) {
    this.line = line;
  }

  /** The next word, or undefined at the end of the line or at a comment. Throws Refusal at an open quote. */
  next(): Word | undefined {
    const { line } = this;
    this.run(SPACE_RUN);
    if (this.at >= line.length || line[this.at] === '#') return undefined;
    const start = this.at;
    let text = '';
    for (;;) {
      const char = line[this.at];
      if (char === "'") text += this.single();
      else if (char === '"') text += this.double();
      else {
        const bare = this.run(BARE);
        if (bare === '') return { text, start, end: this.at };
        text += bare;
      }
    }
  }

  /** Reads all following characters of a kind. */
  private run(kind: RegExp): string {
    const start = this.at;
    for (kind.lastIndex = start; kind.test(this.line); kind.lastIndex = this.at) this.at = kind.lastIndex;
    return this.line.slice(start, this.at);
  }

  private single(): string {
    const start = this.at;
    const end = this.line.indexOf("'", start + 1);
    if (end < 0) throw this.isOpen("'", start);
    this.at = end + 1;
    return this.line.slice(start + 1, end);
  }

  private double(): string {
    const { line } = this;
    const start = this.at;
    let text = '';
    this.at += 1;
    for (;;) {
      text += this.run(IN_DOUBLE);
      const char = line[this.at];
      if (char === undefined) throw this.isOpen('"', start);
      const next = line[this.at + 1];
      const escaped = char === '\\' && (next === '"' || next === '\\');
      this.at += escaped ? 2 : 1;
      if (char === '"') return text;
      text += escaped ? next : char;
    }
  }

  private isOpen(quote: string, start: number): Refusal {
    return new Refusal(`the quote ${quote} at column ${[...this.line.slice(0, start)].length + 1} is not closed. ${NOT_SENT}`);
  }

  /** The rest that has not been read. */
  rest(): string {
    return this.line.slice(this.at);
  }
}

/** The text without white space at both ends, by the same rule as words. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start] as string)) start += 1;
  while (end > start && SPACE.test(text[end - 1] as string)) end -= 1;
  return text.slice(start, end);
}
