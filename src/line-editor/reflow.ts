// Where the cursor is after the terminal got other columns. Many terminals then break all lines anew and keep the cursor at
// its character; others leave rows as they are or cut them; xterm.js (Visual Studio Code) does so with the line of the
// cursor alone. No terminal says which, so it is asked for its name and for the column of its cursor. Pure functions.

import { after, shown } from './graphemes.ts';
import { contentOf, type Layout, layOut, type Place, type Row } from './layout.ts';

const NO_PROMPTS = { first: '', next: '' };
const XTERM_JS = /^0;276;/;
/** Of terminals that break no line anew: what xterm.js, xterm and screen answer to "who are you?". */
const STAYS = /^(?:0;276|41|83);/;

export interface Answers {
  /** What the terminal says it is; undefined where it says nothing. */
  readonly name: string | undefined;
  /** The column of its cursor, from 0. */
  readonly column: number | undefined;
}

/** The rows of each line that the terminal has broken by itself. */
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

/** Where the cursor is, counted from the first row, in a terminal that breaks all lines anew. */
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

/** Rows that xterm.js adds when it breaks the other lines; it moves the cursor by them wherever they are. */
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

/** Whether all terminals have the cursor in the same row. */
export function isCertain(layout: Layout, columns: number): boolean {
  return flowed(layout, columns).row === layout.cursor.row && added(layout, columns) === 0;
}

/** How many rows are above that of the cursor. */
export function rowsAbove(layout: Layout, columns: number, { name = '', column }: Answers): number {
  const flow = flowed(layout, columns);
  const stays = Math.min(layout.cursor.column, columns - 1);
  const told = column !== undefined && flow.column !== stays && (column === flow.column || column === stays);
  const flows = told ? column === flow.column : name !== '' && !STAYS.test(name);
  if (flows) return flow.row;
  return layout.cursor.row + (XTERM_JS.test(name) ? added(layout, columns) : 0);
}
