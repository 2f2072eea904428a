// Computes the width of texts in terminal cells, and truncates and wraps texts.

import widthOf from 'fast-string-width';

/** Texts in which each character fills one cell. */
export const PLAIN = /^[\x20-\x7e]*$/;
const MARK = '…';

/** Cells of a text without control characters. */
export function width(text: string): number {
  return PLAIN.test(text) ? text.length : widthOf(text);
}

/** Made on first use: it loads data for some 20 ms, which a start does not need. */
let clusters: Intl.Segmenter | undefined;

/** The maximum number of code units of a cluster. The rest of a longer one counts as a separate cluster. */
const LONGEST_CLUSTER = 64;

/** ASCII, Latin, Greek and Cyrillic letters fill one cell. Chinese, Japanese and Korean ones fill two. */
function cellsOfLetter(code: number): 1 | 2 | undefined {
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xc0 && code <= 0x24f) || (code >= 0x391 && code <= 0x3c9)) return 1;
  if (code >= 0x410 && code <= 0x44f) return 1;
  const wide = (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3041 && code <= 0x3096) || (code >= 0xac00 && code <= 0xd7a3);
  return wide ? 2 : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a code for a color starts with ESC
const COLOR_CODE = /\u001b\[[0-9;]*m/y;

/** The end of a color code at an index, which fills no cell; -1 if there is none. */
function endOfColorCode(text: string, start: number): number {
  COLOR_CODE.lastIndex = start;
  return COLOR_CODE.test(text) ? COLOR_CODE.lastIndex : -1;
}

/** The end of the cluster at an index, and its cells. Most clusters are letters, which need no segmenter. */
function clusterAt(text: string, start: number): { readonly end: number; readonly cells: number } {
  if (text.charCodeAt(start) === 0x1b) {
    const end = endOfColorCode(text, start);
    if (end >= 0) return { end, cells: 0 };
  }
  const cells = cellsOfLetter(text.charCodeAt(start));
  const next = start + 1;
  if (cells !== undefined && (next >= text.length || cellsOfLetter(text.charCodeAt(next)) !== undefined)) return { end: next, cells };
  clusters ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const { segment } = clusters.segment(text.slice(start, start + LONGEST_CLUSTER)).containing(0) as Intl.SegmentData;
  return { end: start + segment.length, cells: width(segment) };
}

/**
 * The end of the part from `start` that fits into the cells. Clusters, such as a letter with its accents, stay whole.
 * (fast-string-truncated-width 3.0.3 miscounts letters such as Ж, so it is not used.)
 */
function endOfPart(text: string, start: number, cells: number): number {
  let at = start;
  for (let used = 0; at < text.length; ) {
    const cluster = clusterAt(text, at);
    used += cluster.cells;
    if (used > cells) return at;
    at = cluster.end;
  }
  return at;
}

/** The text, or as much of it as fits into the cells together with the truncation mark. */
export function truncate(text: string, cells: number): string {
  if (PLAIN.test(text)) {
    if (text.length <= cells) return text;
    return cells < 1 ? '' : `${text.slice(0, cells - 1)}${MARK}`;
  }
  if (cells < 1) return '';
  return endOfPart(text, 0, cells) === text.length ? text : `${text.slice(0, endOfPart(text, 0, cells - 1))}${MARK}`;
}

/** Lines of at most `cells` cells, broken at spaces where possible. A longer word is broken. */
export function wrapText(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > cells) {
      lines.push(line);
      line = '';
    }
    const parts = brokenWord(word, cells);
    const rest = parts.pop() as string;
    for (const part of parts) lines.push(part); // a spread of a very large array would exhaust the stack
    line = line === '' ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}

/** The word in parts that fit. A cluster that does not fit is a part of its own. */
function brokenWord(word: string, cells: number): string[] {
  if (width(word) <= cells) return [word];
  const parts: string[] = [];
  for (let start = 0; start < word.length; ) {
    const end = Math.max(endOfPart(word, start, cells), clusterAt(word, start).end);
    parts.push(word.slice(start, end));
    start = end;
  }
  return parts;
}
