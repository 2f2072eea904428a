// Splits an edited line at the cursor into the words before it and the word under it, by the rules of tokenizer.ts. Also
// quotes names by these rules.

import { LineReader, SPACE, type Word } from '../../repl/tokenizer.ts';

export interface WordAtCursor {
  /** The words before the one under the cursor, without their quotes. */
  readonly before: readonly string[];
  /** The typed part of the word under the cursor, without its quotes. */
  readonly word: string;
  /** Its start in the line. */
  readonly from: number;
  /** The quote that it starts with. */
  readonly quote: '' | '"' | "'";
}

/** Texts that close an open quote. The last is for a backslash at the end of double quotes, which would escape the quote. */
const ENDS = ['', "'", '"', '\\"'];

/** Splits the line; undefined inside a comment. */
export function wordAtCursor(line: string, cursor: number): WordAtCursor | undefined {
  const typed = line.slice(0, cursor);
  for (const end of ENDS) {
    const read = wordsOf(typed + end);
    if (read) return read === 'comment' ? undefined : cutWords(read, typed, end !== '');
  }
  return undefined;
}

/** All words; undefined if a quote is not closed. */
function wordsOf(text: string): Word[] | 'comment' | undefined {
  const reader = new LineReader(text);
  const words: Word[] = [];
  try {
    for (let word = reader.next(); word; word = reader.next()) words.push(word);
  } catch {
    return undefined;
  }
  return reader.rest() === '' ? words : 'comment';
}

function cutWords(words: readonly Word[], typed: string, open: boolean): WordAtCursor {
  const last = words.at(-1);
  if (!last || (!open && last.end < typed.length)) return { before: words.map((w) => w.text), word: '', from: typed.length, quote: '' };
  const first = typed[last.start];
  const quote = first === '"' || first === "'" ? first : '';
  return { before: words.slice(0, -1).map((w) => w.text), word: last.text, from: last.start, quote };
}

/** The name as typed: with the quote that was opened, or with quotes if it needs them. */
export function quoted(name: string, begun: WordAtCursor['quote'], closed = true): string {
  const close = (text: string, quote: string): string => `${quote}${text}${closed ? quote : ''}`;
  if (begun === '' && name !== '' && !SPACE.test(name) && !/^#|["']/.test(name)) return name;
  if (begun === "'" || (begun === '' && /["\\]/.test(name))) {
    if (!name.includes("'")) return close(name, "'");
  }
  return close(name.replace(/\\(?=["\\]|$)|"/g, '\\$&'), '"');
}
