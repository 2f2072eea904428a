// Finds the start and end of words of two kinds: letters and digits (Alt-B, Alt-F, Alt-D), and non-space characters (Ctrl-W).

import { after, before } from './graphemes.ts';

export type InWord = (grapheme: string) => boolean;

export const letters: InWord = (grapheme) => /^[\p{L}\p{N}_]/u.test(grapheme);
export const notBlank: InWord = (grapheme) => !/^\s/.test(grapheme);

/** The start of the word at or before a place. */
export function wordStart(text: string, from: number, inWord: InWord): number {
  let at = from;
  let entered = false;
  while (at > 0) {
    const start = before(text, at);
    const inside = inWord(text.slice(start, at));
    if (entered && !inside) break;
    entered = inside;
    at = start;
  }
  return at;
}

/** The end of the word at or after a place. */
export function wordEnd(text: string, from: number, inWord: InWord): number {
  let at = from;
  let entered = false;
  while (at < text.length) {
    const end = after(text, at);
    const inside = inWord(text.slice(at, end));
    if (entered && !inside) break;
    entered = inside;
    at = end;
  }
  return at;
}
