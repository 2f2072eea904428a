// A view as text: a table without lines, notes below it, and a last line that counts.

import { type Cell, type Note, textOf, type View } from '../views/shape.ts';
import { fit, GAP } from './layout.ts';
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

const shownText = (cell: Cell): string => (typeof cell === 'string' ? inOneLine(cell) : markOf(cell.tone) + inOneLine(cell.text));

function* rowsText({ columns, rows }: View, screen: Screen): Generator<string> {
  if (rows.length === 0) return;
  const { paint, wide } = screen;
  const texts = rows.map((row) => row.cells.map(shownText));
  const wanted = columns.flatMap((c, i) => (c.wide && !wide ? [] : [i]));
  // On a terminal a column without any value is left out; a program finds the same columns every time.
  const among = screen.columns === undefined || wide ? wanted : wanted.filter((i) => texts.some((t) => t[i] !== ''));
  const natural = columns.map((column, i) => {
    let most = column.title.length;
    for (const row of texts) most = Math.max(most, width(row[i] ?? ''));
    return column.cut && !wide && screen.columns === undefined ? Math.min(most, CAP) : most;
  });
  const fitted = wide
    ? among.map((index) => ({ index, cells: natural[index] as number }))
    : fit(columns, natural, among, screen.columns ?? Number.POSITIVE_INFINITY);
  const last = fitted.length - 1;
  const put = (text: string, painted: (text: string) => string, at: number): string => {
    const { index, cells } = fitted[at] as (typeof fitted)[number];
    const whole = cut(text, cells);
    const pad = ' '.repeat(Math.max(0, cells - width(whole)));
    if (columns[index]?.align === 'right') return pad + painted(whole);
    return painted(whole) + (at === last ? '' : pad);
  };
  const gap = ' '.repeat(GAP);
  yield `${fitted
    .map(({ index }, at) => put(columns[index]?.title ?? '', paint.head, at))
    .join(gap)
    .trimEnd()}\n`;
  const before = screen.before && new Map(screen.before.rows.map((r) => [r.key, r]));
  let chunk = '';
  for (const [r, row] of rows.entries()) {
    const old = before?.get(row.key);
    const cells = fitted.map(({ index }, at) => {
      const cell = row.cells[index] ?? '';
      const changed = before !== undefined && (!old || textOf(old.cells[index] ?? '') !== textOf(cell));
      const toned = (text: string): string => (typeof cell === 'string' ? text : paint.tone(cell.tone, text));
      return put(texts[r]?.[index] ?? '', changed ? (text) => paint.changed(toned(text)) : toned, at);
    });
    chunk += `${cells.join(gap).trimEnd()}\n`;
    if (r % ROWS === ROWS - 1) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
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
