// A view as text: a table without lines, notes below it, and a last line that counts.

import { type Cell, type Column, type Note, textOf, type View } from '../views/shape.ts';
import { type Fitted, fit, GAP } from './layout.ts';
import { inOneLine } from './sanitise.ts';
import { markOf, type Paint } from './style.ts';
import { cut, width, wrapped } from './width.ts';

export interface Screen {
  /** Cells in a line of the terminal; undefined where there is none, and then nothing has to fit. */
  readonly columns: number | undefined;
  readonly paint: Paint;
  /** Whether everything is wanted, and whole. */
  readonly wide: boolean;
  /** The view that was shown before, whose differences are marked. */
  readonly before?: View | undefined;
}

/** Cells of a cut column where nothing has to fit. */
const CAP = 64;
/** Notes that a table shows; wide shows all. */
const MOST_NOTES = 6;
/** Rows that are joined before they are given out. */
const ROWS = 512;

/** The text in chunks. */
export function* tableText(view: View, screen: Screen): Generator<string> {
  yield* rowsText(view, screen);
  const { notes = [], footer = '' } = view;
  const shown = screen.wide ? notes : notes.slice(0, MOST_NOTES);
  if (shown.length > 0 && view.rows.length > 0) yield '\n';
  for (const note of shown) yield noteText(note, screen);
  const left = notes.length - shown.length;
  if (left > 0) yield `${screen.paint.faint(`… and ${left} more; -output wide shows all`)}\n`;
  if (footer !== '') {
    const lines = wrapped(inOneLine(footer), screen.columns ?? Number.POSITIVE_INFINITY);
    yield `${shown.length > 0 ? '\n' : ''}${lines.map((l) => `${screen.paint.faint(l)}\n`).join('')}`;
  }
}

/** The names of the rows, each once, a line each. */
export function namesText({ rows }: View): string {
  return [...new Set(rows.map((r) => r.name))].map((name) => `${inOneLine(name)}\n`).join('');
}

/** A value ready to be put under its column. */
interface Ready {
  readonly text: string;
  /** Cells that it fills. */
  readonly cells: number;
}

/** Cells of a mark and the blank after it. */
const MARK = 2;

function ready(cell: Cell): Ready {
  if (typeof cell === 'string') {
    const text = inOneLine(cell);
    return { text, cells: width(text) };
  }
  const text = inOneLine(cell.text);
  const mark = markOf(cell.tone);
  return { text: mark + text, cells: width(text) + (mark === '' ? 0 : MARK) };
}

const EMPTY: Ready = { text: '', cells: 0 };

function* rowsText({ columns, rows }: View, screen: Screen): Generator<string> {
  if (rows.length === 0) return;
  const { paint, wide } = screen;
  const wanted = columns.flatMap((c, i) => (c.wide && !wide ? [] : [i]));
  const grid = rows.map(({ cells }) => wanted.map((i) => ready(cells[i] ?? '')));
  const fitted = fittedColumns(columns, wanted, grid, screen);
  const last = fitted.length - 1;
  const put = ({ text, cells: filled }: Ready, painted: ((text: string) => string) | undefined, at: number): string => {
    const { index, cells } = fitted[at] as (typeof fitted)[number];
    const whole = filled > cells ? cut(text, cells) : text;
    const shown = painted ? painted(whole) : whole;
    const right = columns[index]?.align === 'right';
    if (at === last && !right) return shown;
    const pad = ' '.repeat(Math.max(0, cells - (filled > cells ? width(whole) : filled)));
    return right ? pad + shown : shown + pad;
  };
  const gap = ' '.repeat(GAP);
  const heads = fitted.map(({ index }, at) => {
    const title = columns[index]?.title ?? '';
    return put({ text: title, cells: title.length }, paint.head, at);
  });
  yield `${heads.join(gap).trimEnd()}\n`;
  const places = fitted.map(({ index }) => wanted.indexOf(index));
  const before = screen.before && new Map(screen.before.rows.map((r) => [r.key, r]));
  let chunk = '';
  for (const [r, row] of rows.entries()) {
    const old = before?.get(row.key);
    const cells = fitted.map(({ index }, at) => {
      const cell = row.cells[index] ?? '';
      const changed = before !== undefined && (!old || textOf(old.cells[index] ?? '') !== textOf(cell));
      const toned = typeof cell === 'string' ? undefined : (text: string) => paint.tone(cell.tone, text);
      const painted = changed ? (text: string) => paint.changed(toned ? toned(text) : text) : toned;
      return put(grid[r]?.[places[at] as number] ?? EMPTY, painted, at);
    });
    chunk += `${cells.join(gap).trimEnd()}\n`;
    if (r % ROWS === ROWS - 1) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** Which columns are shown, and how wide. */
function fittedColumns(
  columns: readonly Column[],
  wanted: readonly number[],
  grid: readonly (readonly Ready[])[],
  screen: Screen,
): Fitted[] {
  const { wide } = screen;
  const natural: number[] = [];
  for (const [place, index] of wanted.entries()) {
    let most = 0;
    for (const row of grid) most = Math.max(most, (row[place] as Ready).cells);
    // On a terminal a column without any value is left out; a program finds the same columns every time.
    if (most === 0 && screen.columns !== undefined && !wide) continue;
    const { title, cut } = columns[index] as Column;
    const whole = Math.max(most, title.length);
    natural[index] = cut && !wide && screen.columns === undefined ? Math.min(whole, CAP) : whole;
  }
  const among = wanted.filter((index) => natural[index] !== undefined);
  if (wide) return among.map((index) => ({ index, cells: natural[index] as number }));
  return fit(columns, natural, among, screen.columns ?? Number.POSITIVE_INFINITY);
}

const INDENT = 4;

function noteText({ tone, line, details = [] }: Note, { paint, columns, wide }: Screen): string {
  const room = columns === undefined || wide ? Number.POSITIVE_INFINITY : Math.max(20, columns);
  const mark = markOf(tone);
  const first = wrapped(inOneLine(line), room - mark.length).map(
    (l, i) => `${i === 0 ? paint.tone(tone, mark) : ' '.repeat(mark.length)}${paint.strong(l)}\n`,
  );
  const labels = Math.max(0, ...details.map((d) => d.label.length)) + GAP;
  const rest = details.flatMap(({ label, text }) =>
    wrapped(inOneLine(text), Math.max(16, room - INDENT - labels)).map(
      (l, i) => `${' '.repeat(INDENT)}${paint.faint((i === 0 ? label : '').padEnd(labels))}${l}\n`,
    ),
  );
  return [...first, ...rest].join('');
}
