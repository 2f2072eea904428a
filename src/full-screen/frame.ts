// The frame of a watch: as much of a text as fits on the screen, and the codes that draw it without flicker.

import { truncate, width } from '../text/width.ts';

const ESC = '\u001b[';

/**
 * Enters and leaves the alternate screen, without cursor and without line wrapping. The terminal sends a turn of the mouse wheel as
 * arrow keys (1007; its setting is saved and restored), so that the mouse still selects text.
 */
export const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l${ESC}?1007s${ESC}?1007h`;
export const LEAVE = `${ESC}?1007r${ESC}?7h${ESC}?25h${ESC}?1049l`;
/** Clears the screen. */
export const CLEAR = `${ESC}2J`;

/** The first lines of a text that fit, and the number of further lines. */
export interface Crop {
  readonly lines: readonly string[];
  readonly more: number;
}

/** Takes the first `rows` lines of a text in chunks. Only these are kept in memory. */
export function crop(chunks: Iterable<string | Buffer>, rows: number, safe: (text: string) => string): Crop {
  const lines: string[] = [];
  let count = 0;
  let open = '';
  for (const chunk of chunks) {
    const text = String(chunk);
    if (lines.length >= rows) {
      count += breaks(text);
      if (!text.endsWith('\n')) open = '…';
      else open = '';
      continue;
    }
    const parts = (open + text).split('\n');
    open = parts.pop() as string;
    count += parts.length;
    for (const part of parts.slice(0, rows - lines.length)) lines.push(safe(part).replaceAll('\t', '    '));
  }
  if (open !== '') {
    count += 1;
    if (lines.length < rows) lines.push(safe(open).replaceAll('\t', '    '));
  }
  return { lines, more: count - lines.length };
}

function breaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The lines, with those marked that differ from the line before at their place. */
export function markLines(lines: readonly string[], before: readonly string[], mark: (text: string) => string): string[] {
  return lines.map((line, i) => {
    const text = line.trimStart();
    return line === before[i] || text === '' ? line : line.slice(0, line.length - text.length) + mark(text);
  });
}

/** A line without colors. */
export function plain(line: string): string {
  return line.replace(COLOURS, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the colors to remove
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Cuts lines to the screen. A color that was cut does not affect what follows. */
export function fitLines(lines: readonly string[], columns: number, rows: number): string[] {
  return lines.slice(0, rows).map((line) => {
    const short = truncate(line, columns);
    return short === line || !line.includes(ESC) ? short : `${short}${ESC}0m`;
  });
}

/** The codes that draw exactly these lines, which fit, at once if the terminal can. */
export function paintFrame(lines: readonly string[], columns: number, rows: number): string {
  const drawn = lines.map((line) => (width(line) < columns ? `${line}${ESC}K` : line));
  const below = lines.length < rows ? `\r\n${ESC}J` : '';
  return `${ESC}?2026h${ESC}H${drawn.join('\r\n')}${below}${ESC}?2026l`;
}
