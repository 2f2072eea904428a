// Finds the cursor after the number of columns changed. Many terminals wrap all lines again and keep the cursor at its
// character. Others leave rows unchanged or cut them. xterm.js (Visual Studio Code) leaves only the line of the cursor
// unchanged. No terminal reports this directly, so it is asked for its name and the column of its cursor. Pure functions.

import { after, shown } from './graphemes.ts';
import { contentOf, type Layout, layOut, type Place, type Row } from './layout.ts';

const NO_PROMPTS = { first: '', next: '' };
const XTERM_JS = /^0;276;/;
/** The reported names of terminals that do not wrap the line of the cursor again: xterm.js, xterm and screen. */
const STAYS = /^(?:0;276|41|83);/;

export interface Answers {
  /** The name that the terminal reports; undefined if it reports none. */
  readonly name: string | undefined;
  /** The column of its cursor, from 0. */
  readonly column: number | undefined;
}

/** The rows of each line that the terminal wrapped. */
function linesOf(rows: readonly Row[]): Row[][] {
  const lines: Row[][] = [];
  for (const r of rows) {
    if (r.wrapped && lines.length > 0) lines.at(-1)?.push(r);
    else lines.push([r]);
  }
  return lines;
}

const joined = (line: readonly Row[]): string => line.map(contentOf).join('');
const heightOf = (line: readonly Row[], columns: number): number => layOut(NO_PROMPTS, joined(line), -1, '', columns).rows.length;

/** The row of the cursor, counted from the first row, in a terminal that wraps all lines again. */
function flowed({ rows, cursor }: Layout, columns: number): Place {
  let above = 0;
  let first = 0;
  for (const line of linesOf(rows)) {
    if (cursor.row >= first + line.length) {
      above += heightOf(line, columns);
      first += line.length;
      continue;
    }
    const content = joined(line);
    let at = joined(line.slice(0, cursor.row - first)).length;
    for (let width = 0; at < content.length && width < cursor.column; ) {
      const end = after(content, at);
      width += shown(content.slice(at, end)).width;
      at = end;
    }
    const place = layOut(NO_PROMPTS, content, at, '', columns).cursor;
    return { row: above + place.row, column: place.column };
  }
  return cursor;
}

/** The number of rows that xterm.js adds when it wraps the other lines. It moves the cursor by that number in any case. */
function added({ rows, cursor }: Layout, columns: number): number {
  let first = 0;
  let sum = 0;
  for (const line of linesOf(rows)) {
    const ofCursor = cursor.row >= first && cursor.row < first + line.length;
    if (!ofCursor) sum += Math.max(0, heightOf(line, columns) - line.length);
    first += line.length;
  }
  return sum;
}

/** Whether the cursor is in the same row in all terminals. */
export function isCertain(layout: Layout, columns: number): boolean {
  return flowed(layout, columns).row === layout.cursor.row && added(layout, columns) === 0;
}

/** The number of rows above the cursor. */
export function rowsAbove(layout: Layout, columns: number, { name = '', column }: Answers): number {
  const flow = flowed(layout, columns);
  const stays = Math.min(layout.cursor.column, columns - 1);
  const told = column !== undefined && flow.column !== stays && (column === flow.column || column === stays);
  const flows = told ? column === flow.column : name !== '' && !STAYS.test(name);
  if (flows) return flow.row;
  return layout.cursor.row + (XTERM_JS.test(name) ? added(layout, columns) : 0);
}
