// Computes the shortest output that changes one layout into another. The terminal itself wraps a line that is longer than a
// row, so that it is copied as one line.

import { cursorTo, cursorUp } from '@inquirer/ansi';
import { before, floor, widthOf } from './graphemes.ts';
import { type Layout, NOTHING, type Place, type Row, row } from './layout.ts';

const ESC = '\u001b[';
const ERASE_ROW_END = `${ESC}K`;
const ERASE_BELOW = `${ESC}J`;
/** After a full row, the cursor waits behind the last column, which is not a position to move from. */
const BEHIND_THE_LAST = Number.POSITIVE_INFINITY;
const EMPTY_ROW = row('');

export type Dim = (text: string) => string;

/** Moves the cursor and tracks its position. */
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

  /** Writes the start of a row that continues the one above. The terminal wraps the line when more than a row is written. */
  wrapInto(row: number, above: Row, text: string, column: number): void {
    if (this.at.row !== row - 1 || this.at.column !== BEHIND_THE_LAST) {
      const line = above.text + above.tail;
      const last = before(line, line.length);
      this.to(row - 1, above.width - widthOf(line.slice(last)));
      this.out += line.slice(last);
    }
    this.out += text === '' ? ' ' : text;
    this.height = Math.max(this.height, row + 1);
    this.at = { row, column: text === '' ? 1 : column };
  }

  write(text: string, column: number): void {
    this.out += text;
    this.at = { row: this.at.row, column };
  }
}

/** Changes one layout into another with the same number of columns. */
export function repaint(from: Layout, to: Layout, columns: number, dim: Dim): string {
  const pen = new Pen(from.cursor, from.rows.length);
  for (const [i, wanted] of to.rows.entries()) {
    const old = from.rows[i];
    const end = wanted.width === columns ? BEHIND_THE_LAST : wanted.width;
    if (i > 0 && wanted.wrapped && !old?.wrapped) {
      pen.wrapInto(i, to.rows[i - 1] as Row, wanted.text + (wanted.tail === '' ? '' : dim(wanted.tail)), end);
    } else {
      if (!old) pen.to(i, 0);
      const change = changeOf(old ?? EMPTY_ROW, wanted, dim);
      if (!change) continue;
      pen.to(i, change.column);
      pen.write(change.text, change.end === columns ? BEHIND_THE_LAST : change.end);
    }
    if (wanted.width < (old?.width ?? 0)) pen.out += ERASE_ROW_END;
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

function changeOf(old: Row, wanted: Row, dim: Dim): Change | undefined {
  const paint = (text: string, from: number, to: number): string => {
    const split = Math.min(Math.max(wanted.text.length, from), to);
    return text.slice(from, split) + (split < to ? dim(text.slice(split, to)) : '');
  };
  const text = wanted.text + wanted.tail;
  if (old.lead !== wanted.lead) return { column: 0, text: wanted.lead + paint(text, 0, text.length), end: wanted.width };
  const previous = old.text + old.tail;
  const column = (length: number): number => wanted.leadWidth + widthOf(text.slice(0, length));
  if (previous === text) {
    if (old.text.length === wanted.text.length) return undefined;
    const [from, to] = [old.text.length, wanted.text.length].sort((a, b) => a - b) as [number, number];
    return { column: column(from), text: paint(text, from, to), end: column(to) };
  }
  let same = 0;
  const limit = Math.min(previous.length, text.length);
  while (same < limit && previous[same] === text[same] && same < old.text.length === same < wanted.text.length) same += 1;
  const from = Math.min(floor(previous, same), floor(text, same));
  return { column: column(from), text: paint(text, from, text.length), end: wanted.width };
}

/** Leaves the whole line on the screen. `cut`: only a part of it is visible, so it is written again. */
export function leave(from: Layout, { rows }: Layout, cut: boolean, end: string, columns: number, dim: Dim): string {
  const last = { row: rows.length - 1, column: rows.at(-1)?.width ?? 0 };
  if (!cut) return `${repaint(from, { rows, cursor: last }, columns, dim)}${end}\r\n`;
  const pen = new Pen(from.cursor, from.rows.length);
  pen.to(0, 0);
  const text = rows.map((r, i) => `${i > 0 && !r.wrapped ? '\r\n' : ''}${r.lead}${r.text}`).join('');
  return `${pen.out}${ERASE_BELOW}${text}${end}\r\n`;
}

/** Repaints after the number of columns changed, from a cursor that is `rowsAbove` rows below the first. */
export function repaintFrom(rowsAbove: number, to: Layout, columns: number, dim: Dim): string {
  return `${cursorUp(rowsAbove)}\r${ERASE_BELOW}${repaint(NOTHING, to, columns, dim)}`;
}
