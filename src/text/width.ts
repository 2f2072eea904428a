// How many cells of a terminal a text fills, and texts cut to a number of cells.

import truncated from 'fast-string-truncated-width';
import widthOf from 'fast-string-width';

/** Texts of which each character fills one cell. */
export const PLAIN = /^[\x20-\x7e]*$/;
const MARK = '…';

/** Cells of a text without control characters. */
export function width(text: string): number {
  return PLAIN.test(text) ? text.length : widthOf(text);
}

/** The text, or as much of it as fits into the cells together with the mark of a cut. */
export function truncate(text: string, cells: number): string {
  if (text.length <= cells && PLAIN.test(text)) return text;
  const { index, ellipsed } = truncated(text, { limit: cells, ellipsis: MARK, ellipsisWidth: 1 });
  return ellipsed ? `${text.slice(0, index)}${MARK}` : text.slice(0, index);
}

/** Lines of at most so many cells, broken at blanks where there are some; a word that is longer is broken. */
export function wrapText(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > cells) {
      lines.push(line);
      line = '';
    }
    while (width(word) > cells) {
      const at = Math.max(1, truncated(word, { limit: cells - width(line) - (line === '' ? 0 : 1) }).index);
      lines.push(`${line}${line === '' ? '' : ' '}${word.slice(0, at)}`);
      word = word.slice(at);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
