// What a person takes for one character, and how many cells of a terminal it fills. Places in a text are offsets in
// UTF-16 that stand between graphemes.

import stringWidth from 'fast-string-width';

let made: Intl.Segmenter | undefined;
/** Made when first needed: it costs a start some milliseconds, and ASCII needs none. */
const segmenter = (): Intl.Segmenter => {
  made ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return made;
};

/** A grapheme is not longer than this (UTF-16): what stacks up more is cut. */
const LONGEST = 256;
/** Few are longer than this, and the work grows with the text that is looked at. */
const USUAL = 16;
const LINE_FEED = 0x0a;

/** Characters that never join with one of their kind: printable ASCII and the common Chinese characters. */
const isAscii = (code: number): boolean => code >= 0x20 && code < 0x7f;
const isPlain = (code: number): boolean => isAscii(code) || (code >= 0x4e00 && code <= 0x9fff);
const isPlainAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return isPlain(code) || code === LINE_FEED;
};

/** The end of the ASCII characters from a place that each are a grapheme of one cell, at most `most` of them. */
export function plainEnd(text: string, at: number, most: number): number {
  const limit = Math.min(text.length, at + most);
  let end = at;
  while (end < limit && isAscii(text.charCodeAt(end))) end += 1;
  return end > at && end < text.length && !isPlainAt(text, end) ? end - 1 : end; // what follows may join the last
}

/** The end of the grapheme that begins at a place. */
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

/** The beginning of the grapheme that ends at a place. */
export function before(text: string, at: number): number {
  if (at <= 1) return 0;
  if (isPlainAt(text, at - 1) && isPlainAt(text, at - 2)) return at - 1;
  const start = safeStart(text, at - 1);
  let last = start;
  for (const { index } of segmenter().segment(text.slice(start, at))) last = start + index;
  return last;
}

/** The nearest place between graphemes that is not before the given one. */
export function ceiling(text: string, at: number): number {
  let place = safeStart(text, at);
  while (place < at) place = after(text, place);
  return place;
}

/** The nearest place between graphemes that is not behind the given one. */
export function floor(text: string, at: number): number {
  const place = ceiling(text, at);
  return place > at ? before(text, place) : place;
}

/** A place at or before the given one that is certainly between graphemes, or as far back as graphemes go. */
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

/** Marks of the text's direction and the like, ends of lines that are none of ours, bytes that are not UTF-8: invisible, or worse. */
const UNSEEN = /^[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u0080-\u009f]/u;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const JAMO = /^[\u1100-\u115f]/;
const UNKNOWN: Shown = { text: '\ufffd', width: 1 };

/** How a grapheme is shown. What would steer the terminal or be invisible is made visible: ^C, and � for the rest. */
export function shown(grapheme: string): Shown {
  const code = grapheme.charCodeAt(0);
  if (isPlain(code) && grapheme.length === 1) return { text: grapheme, width: code < 0x7f ? 1 : 2 };
  if (grapheme === '\t') return { text: ' ', width: 1 };
  if (code < 0x20 || code === 0x7f) return { text: `^${String.fromCharCode(code ^ 0x40)}`, width: 2 };
  if (UNSEEN.test(grapheme)) return UNKNOWN;
  // Joiners have no cell of their own; a syllable of Jamo has two, however many parts it has.
  const width = JAMO.test(grapheme) ? 2 : stringWidth(PICTURE.test(grapheme) ? grapheme : grapheme.replace(/\p{Cf}/gu, ''));
  return width === 0 ? UNKNOWN : { text: grapheme, width };
}

/** Cells of a text that is shown as it stands; colors count nothing. */
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
