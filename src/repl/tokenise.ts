// A line into words. Quotes group and are taken off; a backslash is literal everywhere, save \" and \\ inside double
// quotes, so that patterns like ~(?i)ALTER\s+TABLE need none. White space is what Go's unicode.IsSpace says.

import { Refusal } from '../core/errors.ts';

export const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

export interface Word {
  readonly text: string;
  /** Where the word begins and ends in the line. */
  readonly start: number;
  readonly end: number;
}

/** Reads a line word by word, so that whoever reads can stop where the words end and a text begins. */
export class LineReader {
  private readonly line: string;
  private at = 0;

  constructor(line: string) {
    this.line = line;
  }

  /** The next word, or undefined at the end of the line or at a comment. Throws Refusal at an open quote. */
  next(): Word | undefined {
    const { line } = this;
    while (this.at < line.length && SPACE.test(line[this.at] as string)) this.at += 1;
    if (this.at >= line.length || line[this.at] === '#') return undefined;
    const start = this.at;
    let text = '';
    while (this.at < line.length && !SPACE.test(line[this.at] as string)) {
      const char = line[this.at] as string;
      if (char === "'" || char === '"') text += this.quoted(char);
      else {
        text += char;
        this.at += 1;
      }
    }
    return { text, start, end: this.at };
  }

  private quoted(quote: string): string {
    const { line } = this;
    const start = this.at;
    let text = '';
    for (this.at += 1; this.at < line.length; this.at += 1) {
      const char = line[this.at] as string;
      if (char === quote) {
        this.at += 1;
        return text;
      }
      const next = line[this.at + 1];
      if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
        text += next;
        this.at += 1;
      } else text += char;
    }
    throw new Refusal(`the quote ${quote} at column ${[...line.slice(0, start)].length + 1} is not closed; nothing was sent`);
  }

  /** What has not been read yet. */
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
