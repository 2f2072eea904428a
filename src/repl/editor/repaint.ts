// The least that a terminal has to be sent so that it shows another layout. Rows end where the layout ends them, with a
// line break of their own: so a terminal that gets wider joins nothing, and one that gets narrower breaks each row alone.

import { cursorTo, cursorUp } from '@inquirer/ansi';
import { floor, widthOf } from './graphemes.ts';
import { type Layout, NOTHING, type Place, type Row, row } from './layout.ts';

const ESC = '\u001b[';
const ERASE_ROW_END = `${ESC}K`;
const ERASE_BELOW = `${ESC}J`;
/** After a full row a terminal's cursor waits behind the last column: nowhere that can be counted from. */
const BEHIND_THE_LAST = Number.POSITIVE_INFINITY;
const EMPTY_ROW = row('');

export type Faint = (text: string) => string;

/** Moves the cursor and counts where it is. */
class Pen {
  out = '';
  private at: Place;
  private height: number;

  constructor(at: Place, height: number) {
    this.at = at;
    this.height = height;
  }

  to(row: number, column: number): void {
    if (row >= this.height) {
      this.to(this.height - 1, this.at.row === this.height - 1 ? this.at.column : 0);
      this.out += '\r\n'.repeat(row - this.height + 1);
      this.height = row + 1;
      this.at = { row, column: 0 };
    }
    const down = row - this.at.row;
    if (down < 0) this.out += cursorUp(-down);
    if (down > 0) this.out += `${ESC}${down}B`;
    if (column !== this.at.column) this.out += column === 0 ? '\r' : column === this.at.column - 1 && down === 0 ? '\b' : cursorTo(column);
    this.at = { row, column };
  }

  write(text: string, column: number): void {
    this.out += text;
    this.at = { row: this.at.row, column };
  }
}

/** From one layout to another, at the same number of columns. */
export function repaint(from: Layout, to: Layout, columns: number, faint: Faint): string {
  const pen = new Pen(from.cursor, from.rows.length);
  for (const [i, wanted] of to.rows.entries()) {
    const old = from.rows[i] ?? EMPTY_ROW;
    if (i >= from.rows.length) pen.to(i, 0);
    const change = changeOf(old, wanted, faint);
    if (!change) continue;
    pen.to(i, change.column);
    pen.write(change.text, change.end === columns ? BEHIND_THE_LAST : change.end);
    if (wanted.width < old.width) pen.out += ERASE_ROW_END;
  }
  if (from.rows.length > to.rows.length) {
    pen.to(to.rows.length, 0);
    pen.out += ERASE_BELOW;
  }
  pen.to(to.cursor.row, to.cursor.column);
  return pen.out;
}

interface Change {
  readonly column: number;
  readonly text: string;
  readonly end: number;
}

function changeOf(old: Row, wanted: Row, faint: Faint): Change | undefined {
  const paint = (text: string, from: number, to: number): string => {
    const split = Math.min(Math.max(wanted.text.length, from), to);
    return text.slice(from, split) + (split < to ? faint(text.slice(split, to)) : '');
  };
  const text = wanted.text + wanted.tail;
  if (old.lead !== wanted.lead) return { column: 0, text: wanted.lead + paint(text, 0, text.length), end: wanted.width };
  const before = old.text + old.tail;
  const column = (length: number): number => wanted.leadWidth + widthOf(text.slice(0, length));
  if (before === text) {
    if (old.text.length === wanted.text.length) return undefined;
    const [from, to] = [old.text.length, wanted.text.length].sort((a, b) => a - b) as [number, number];
    return { column: column(from), text: paint(text, from, to), end: column(to) };
  }
  let same = 0;
  const limit = Math.min(before.length, text.length);
  while (same < limit && before[same] === text[same] && same < old.text.length === same < wanted.text.length) same += 1;
  const from = Math.min(floor(before, same), floor(text, same));
  return { column: column(from), text: paint(text, from, text.length), end: wanted.width };
}

/** Leaves what is shown to the terminal: the whole line, wrapped by the terminal itself so that it can be copied as one. */
export function leave(from: Layout, whole: Layout, end: string, columns: number, faint: Faint): string {
  const { rows } = whole;
  if (!rows.some((r) => r.wrapped)) {
    const last = { row: rows.length - 1, column: rows.at(-1)?.width ?? 0 };
    return `${repaint(from, { rows, cursor: last }, columns, faint)}${end}\r\n`;
  }
  const pen = new Pen(from.cursor, from.rows.length);
  pen.to(0, 0);
  const text = rows.map((r, i) => `${i > 0 && !r.wrapped ? '\r\n' : ''}${r.lead}${r.text}`).join('');
  return `${pen.out}${ERASE_BELOW}${text}${end}\r\n`;
}

/** After the terminal has other columns: from a cursor that is so many rows under the first. */
export function repaintFrom(rowsAbove: number, to: Layout, columns: number, faint: Faint): string {
  return `${cursorUp(rowsAbove)}\r${ERASE_BELOW}${repaint(NOTHING, to, columns, faint)}`;
}
