// Graphemes, which people see as one character, and the terminal cells that they fill. Places in a text are UTF-16 offsets
// between graphemes.

import stringWidth from 'fast-string-width';

let made: Intl.Segmenter | undefined;
/** Created on first use, because that takes some milliseconds and ASCII does not need it. */
const segmenter = (): Intl.Segmenter => {
  made ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return made;
};

/** The maximum length of a grapheme in UTF-16. Longer ones are cut. */
const LONGEST = 256;
/** Most are shorter than this, and the work grows with the length of the examined text. */
const USUAL = 16;
const LINE_FEED = 0x0a;

/** Characters that never combine with each other: printable ASCII and the common Chinese characters. */
const isAscii = (code: number): boolean => code >= 0x20 && code < 0x7f;
const isPlain = (code: number): boolean => isAscii(code) || (code >= 0x4e00 && code <= 0x9fff);
const isPlainAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return isPlain(code) || code === LINE_FEED;
};

/** The end of a run of ASCII characters, each a grapheme of one cell, with at most `most` of them. */
export function plainEnd(text: string, at: number, most: number): number {
  const limit = Math.min(text.length, at + most);
  let end = at;
  while (end < limit && isAscii(text.charCodeAt(end))) end += 1;
  return end > at && end < text.length && !isPlainAt(text, end) ? end - 1 : end; // the next character may combine with the last
}

/** The end of the grapheme that starts at a place. */
export function after(text: string, at: number): number {
  if (at + 1 >= text.length) return text.length;
  if (isPlainAt(text, at) && isPlainAt(text, at + 1)) return at + 1;
  const length = firstLength(text.slice(at, at + USUAL));
  return at + (length < USUAL ? length : firstLength(text.slice(at, at + LONGEST)));
}

function firstLength(text: string): number {
  for (const { segment } of segmenter().segment(text)) return segment.length;
  return 0;
}

/** The start of the grapheme that ends at a place. */
export function before(text: string, at: number): number {
  if (at <= 1) return 0;
  if (isPlainAt(text, at - 1) && isPlainAt(text, at - 2)) return at - 1;
  const start = safeStart(text, at - 1);
  let last = start;
  for (const { index } of segmenter().segment(text.slice(start, at))) last = start + index;
  return last;
}

/** The nearest place between graphemes at or after the given one. */
export function ceiling(text: string, at: number): number {
  let place = safeStart(text, at);
  while (place < at) place = after(text, place);
  return place;
}

/** The nearest place between graphemes at or before the given one. */
export function floor(text: string, at: number): number {
  const place = ceiling(text, at);
  return place > at ? before(text, place) : place;
}

/** A place at or before the given one that is certainly between graphemes, at most one grapheme's maximum length back. */
function safeStart(text: string, at: number): number {
  const limit = Math.max(0, at - LONGEST);
  let place = Math.min(at, text.length);
  while (place > limit && !(isPlainAt(text, place - 1) && (place === text.length || isPlainAt(text, place)))) place -= 1;
  return place;
}

export interface Shown {
  readonly text: string;
  readonly width: number;
}

/** Characters that are invisible or affect the terminal: direction marks, foreign line ends, bytes that are not UTF-8. */
const UNSEEN = /^[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u0080-\u009f]/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const JAMO = /^[\u1100-\u115f]/;
const UNKNOWN: Shown = { text: '\ufffd', width: 1 };

/** The displayed form of a grapheme. A control character becomes ^C, and anything else that is invisible becomes �. */
export function shown(grapheme: string): Shown {
  const code = grapheme.charCodeAt(0);
  if (isPlain(code) && grapheme.length === 1) return { text: grapheme, width: code < 0x7f ? 1 : 2 };
  if (grapheme === '\t') return { text: ' ', width: 1 };
  if (code < 0x20 || code === 0x7f) return { text: `^${String.fromCharCode(code ^ 0x40)}`, width: 2 };
  if (UNSEEN.test(grapheme)) return UNKNOWN;
  // Joiners fill no cell. A syllable of Jamo fills two, however many parts it has.
  const width = JAMO.test(grapheme) ? 2 : stringWidth(PICTURE.test(grapheme) ? grapheme : grapheme.replace(/\p{Cf}/gu, ''));
  return width === 0 ? UNKNOWN : { text: grapheme, width };
}

/** Cells of a text that is shown unchanged. Color codes fill none. */
export function widthOf(text: string): number {
  if (plainEnd(text, 0, text.length) === text.length) return text.length;
  if (text.includes('\u001b')) return stringWidth(text);
  let width = 0;
  for (let at = 0; at < text.length; ) {
    const end = after(text, at);
    width += shown(text.slice(at, end)).width;
    at = end;
  }
  return width;
}
