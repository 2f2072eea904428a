// A view as text: a table without lines, notes below it, and a summary line.

import type { AdviceOf } from '../../domain/error-catalog.ts';
import { type Cell, type Column, type Note, type Row, textOf, type View } from '../../presenters/view.ts';
import { wrapWords } from '../../text/reflow.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { PLAIN, truncate, width, wrapText } from '../../text/width.ts';
import { markOf, type Paint } from '../style.ts';
import { type Fitted, fit, GAP } from './layout.ts';

export interface Screen {
  /** The dialect's advice about an error. */
  readonly adviceOf: AdviceOf;
  /** The columns of the terminal; undefined if there is none, so that nothing must fit. */
  readonly columns: number | undefined;
  readonly paint: Paint;
  /** Whether to show everything in full, without wrapping. */
  readonly wide: boolean;
  /** Whether to show all notes with all details, wrapped. */
  readonly all?: boolean;
  /** The previous view, to mark differences. */
  readonly before?: View | undefined;
}

/** The width of a cut column if nothing must fit. */
const CAP = 64;
/** The maximum number of notes; wide shows all. */
const MAX_NOTES = 6;
/** How many rows are joined into one chunk. */
const ROWS = 512;

/** The text in chunks. */
export function* tableText(view: View, screen: Screen): Generator<string> {
  yield* rowsText(view, screen);
  yield* afterRows(view, screen);
}

/** The notes and the summary line. */
export function* afterRows(view: View, screen: Screen): Generator<string> {
  const { notes = [], footer = '' } = view;
  const shown = screen.wide || screen.all ? notes : notes.slice(0, MAX_NOTES);
  if (shown.length > 0 && view.rows.length > 0) yield '\n';
  for (const entry of shown) {
    const note = 'rows' in entry ? entry.note : entry;
    yield noteText(typeof note === 'function' ? note(screen.adviceOf) : note, screen);
  }
  const left = notes.length - shown.length;
  if (left > 0) yield `${screen.paint.dim(`… and ${left} more (-output wide shows all)`)}\n`;
  if (footer !== '') {
    const lines = wrapText(inOneLine(footer), screen.columns ?? Number.POSITIVE_INFINITY);
    yield `${shown.length > 0 ? '\n' : ''}${lines.map((l) => `${screen.paint.dim(l)}\n`).join('')}`;
  }
}

/** The names of the rows, each once, one per line. */
export function namesText({ rows }: View): string {
  return [...new Set(rows.map((r) => r.name).filter((name) => name !== ''))].map((name) => `${inOneLine(name)}\n`).join('');
}

/** The cells of a mark with its space. */
const MARK = 2;

const textIn = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
const markIn = (cell: Cell): string => (typeof cell === 'string' ? '' : markOf(cell.tone));

/** A column that is shown. */
interface ShownColumn extends Fitted {
  /** Whether all values are printable ASCII, so that their length is their width. */
  readonly plain: boolean;
  readonly right: boolean;
}

function* rowsText(view: View, screen: Screen): Generator<string> {
  const { rows } = view;
  if (rows.length === 0) return;
  const layout = tableLayout(view, screen);
  if (!layout) return yield* recordsText(view, screen);
  yield `${layout.head}\n`;
  let chunk = '';
  for (let r = 0; r < rows.length; r += 1) {
    chunk += `${layout.line(rows[r] as Row)}\n`;
    if (r % ROWS === ROWS - 1) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

/** The lines of a table, so that a program can draw some of them. */
export interface TableLayout {
  readonly head: string;
  /** The line of a row of the view. */
  line(row: Row): string;
}

/** Chooses the columns and their widths. Undefined if the terminal is too narrow for a table. */
export function tableLayout({ columns, rows }: View, screen: Screen): TableLayout | undefined {
  const { paint } = screen;
  const shown = shownColumns(columns, rows, screen);
  if (!fits(shown, screen)) return undefined;
  const gap = ' '.repeat(GAP);
  const heads = shown.map((column, at) => put(columns[column.index]?.title ?? '', column, at === shown.length - 1, paint.head));
  const before = screen.before && new Map(screen.before.rows.map((r) => [r.key, r]));
  const line = (row: Row): string => {
    const old = before?.get(row.key);
    let text = '';
    for (let at = 0; at < shown.length; at += 1) {
      const column = shown[at] as ShownColumn;
      const cell = row.cells[column.index] ?? '';
      const changed = before !== undefined && (!old || textOf(old.cells[column.index] ?? '') !== textOf(cell));
      const painted = changed || typeof cell !== 'string' ? painter(cell, changed, paint) : undefined;
      text += (at === 0 ? '' : gap) + put(cell, column, at === shown.length - 1, painted);
    }
    return text.trimEnd();
  };
  return { head: heads.join(gap).trimEnd(), line };
}

/** Whether the columns fit into the terminal after everything that may be cut was cut. */
function fits(shown: readonly ShownColumn[], { columns, wide }: Screen): boolean {
  return wide || columns === undefined || shown.reduce((sum, c) => sum + c.cells, GAP * (shown.length - 1)) <= columns;
}

/** Each row as lines of a title and a value, for a terminal that is too narrow for the table. Words are not broken. */
function* recordsText({ columns, rows }: View, { paint, columns: room = 80, before }: Screen): Generator<string> {
  const shown = columns.flatMap((column, index) => (column.wide ? [] : [{ ...column, index }]));
  const labels = Math.max(...shown.map((c) => c.title.length)) + GAP;
  const old = before && new Map(before.rows.map((r) => [r.key, r]));
  for (const [at, row] of rows.entries()) {
    const lines = shown.flatMap(({ title, index }) => {
      const cell = row.cells[index] ?? '';
      const text = markIn(cell) + inOneLine(textIn(cell));
      if (text === '') return [];
      const changed = old !== undefined && textOf(old.get(row.key)?.cells[index] ?? '') !== textOf(cell);
      const paintValue = painter(cell, changed, paint);
      return beside(title, text, labels, room).map(
        ([label, value]) => `${paint.head(label.trimEnd())}${spaces(label.length - label.trimEnd().length)}${paintValue(value)}\n`,
      );
    });
    yield `${at === 0 ? '' : '\n'}${lines.join('')}`;
  }
}

/** A value in lines beside its title, or below it if one of its words is too long for the rest of the line. */
function beside(title: string, text: string, labels: number, room: number): (readonly [label: string, value: string])[] {
  const lines = wrapWords(text, room - labels);
  if (lines.every((line) => width(line) <= room - labels)) return lines.map((line, i) => [(i === 0 ? title : '').padEnd(labels), line]);
  return [[title, ''], ...wrapWords(text, room - GAP).map((line) => [' '.repeat(GAP), line] as const)];
}

type Painter = (text: string) => string;

function painter(cell: Cell, changed: boolean, paint: Paint): Painter {
  const toned: Painter = typeof cell === 'string' ? (text) => text : (text) => paint.tone(cell.tone, text);
  return changed ? (text) => paint.changed(toned(text)) : toned;
}

/** A value in its column: cut or padded to the width. */
function put(cell: Cell, { cells, plain, right }: ShownColumn, last: boolean, painted?: Painter): string {
  const mark = markIn(cell);
  const text = plain ? textIn(cell) : inOneLine(textIn(cell));
  let filled = (plain ? text.length : width(text)) + (mark === '' ? 0 : MARK);
  let whole = mark + text;
  if (filled > cells) {
    whole = truncate(whole, cells);
    filled = width(whole);
  }
  const done = painted ? painted(whole) : whole;
  if (right) return spaces(cells - filled) + done;
  return last ? done : done + spaces(cells - filled);
}

/** Cached strings of spaces by length, because a large table needs many. */
const SPACES = Array.from({ length: 80 }, (_, n) => ' '.repeat(n));

const spaces = (n: number): string => (n <= 0 ? '' : (SPACES[n] ?? ' '.repeat(n)));

/** The columns to show, with their widths. */
function shownColumns(columns: readonly Column[], rows: readonly Row[], screen: Screen): ShownColumn[] {
  const { wide } = screen;
  const natural: number[] = [];
  const plain: boolean[] = [];
  const among: number[] = [];
  for (const [index, column] of columns.entries()) {
    if (column.wide && !wide) continue;
    const texts = rows.map(({ cells }) => textIn(cells[index] ?? ''));
    const isPlain = PLAIN.test(texts.join('')); // one test for the whole column
    plain[index] = isPlain;
    let most = 0;
    for (let r = 0; r < texts.length; r += 1) {
      const text = texts[r] as string;
      const filled = (isPlain ? text.length : width(inOneLine(text))) + (markIn(rows[r]?.cells[index] ?? '') === '' ? 0 : MARK);
      if (filled > most) most = filled;
    }
    // On a terminal, a column without values is left out; a program always finds the same columns.
    if (most === 0 && screen.columns !== undefined && !wide) continue;
    const whole = Math.max(most, column.title.length);
    natural[index] = column.cut && !wide && screen.columns === undefined ? Math.min(whole, CAP) : whole;
    among.push(index);
  }
  const fitted = wide
    ? among.map((index) => ({ index, cells: natural[index] as number }))
    : fit(columns, natural, among, screen.columns ?? Number.POSITIVE_INFINITY);
  return fitted.map((f) => ({ ...f, plain: plain[f.index] === true, right: columns[f.index]?.align === 'right' }));
}

const INDENT = 4;

function noteText({ tone, line, details: every = [] }: Note, { paint, columns, wide, all }: Screen): string {
  const details = wide || all ? every : every.filter((d) => !d.wide);
  const room = columns === undefined || wide ? Number.POSITIVE_INFINITY : Math.max(20, columns);
  const mark = markOf(tone);
  const first = wrapText(inOneLine(line), room - mark.length).map(
    (l, i) => `${i === 0 ? paint.tone(tone, mark) : ' '.repeat(mark.length)}${paint.strong(l)}\n`,
  );
  const labels = Math.max(0, ...details.map((d) => d.label.length)) + GAP;
  const cells = Math.max(16, room - INDENT - labels);
  const rest = details.flatMap(({ label, text: whole, command }, at) => {
    const text = inOneLine(whole);
    const shown = label !== details[at - 1]?.label ? label : '';
    if (command && width(text) > cells) return [`${spaces(INDENT)}${paint.dim(shown)}\n`, `${spaces(GAP)}${text}\n`];
    return wrapText(text, cells).map((l, i) => `${spaces(INDENT)}${paint.dim((i === 0 ? shown : '').padEnd(labels))}${l}\n`);
  });
  return [...first, ...rest].join('');
}
