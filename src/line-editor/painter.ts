// Paints the line. Remembers what the terminal shows, so that only changes are written.

import { inView, type Layout, NOTHING, row } from './layout.ts';
import { isCertain, rowsAbove } from './reflow.ts';
import { type Dim, leave, repaint, repaintFrom } from './repaint.ts';
import { MIN_COLUMNS } from './view.ts';

const CLEAR_SCREEN = '\u001b[H\u001b[2J';
const WHO_ARE_YOU = '\u001b[>c';
const WHERE_IS_THE_CURSOR = '\u001b[6n';
/** How long a terminal may take to answer, in milliseconds. */
const DELAY_MS = 200;

/** If a line has more rows, only the first and the last stay on the screen. */
const MAX_ROWS_LEFT = 400;

function shortened(line: Layout): Layout {
  const { rows } = line;
  const left = rows.length - MAX_ROWS_LEFT;
  if (left <= 0) return line;
  const half = MAX_ROWS_LEFT >> 1;
  return {
    ...line,
    rows: [
      ...rows.slice(0, half),
      row(`… ${left} more rows`),
      ...rows.slice(-half).map((r, i) => (i === 0 ? { ...r, wrapped: false } : r)),
    ],
  };
}

export interface PainterOptions {
  readonly output: NodeJS.WriteStream;
  readonly dim: Dim;
  /** The current line, laid out for a number of columns. */
  readonly line: (columns: number) => Layout;
  /** The rows to show under the line, at most as many as given. */
  readonly below: (columns: number, height: number) => Layout['rows'];
  /** Called when the terminal is asked for its type and cursor position. */
  readonly asking: () => void;
}

export class Painter {
  private readonly options: PainterOptions;
  private shown: Layout = NOTHING;
  private top = 0;
  private columns = 0;
  private waiting: NodeJS.Timeout | undefined;
  private painted = false;
  private name: string | undefined;

  constructor(options: PainterOptions) {
    this.options = options;
  }

  private get size(): { readonly columns: number; readonly height: number } {
    const { output } = this.options;
    return { columns: Math.max(MIN_COLUMNS, output.columns || 80), height: Math.max(2, output.rows || 24) };
  }

  private write(text: string): void {
    if (text !== '') this.options.output.write(text);
  }

  /** Everything that must be visible now. */
  private wanted(): Layout {
    const { columns, height } = this.size;
    const { layout, top } = inView(this.options.line(columns), height, this.top);
    this.top = top;
    const below = this.options.below(columns, Math.min(height - layout.rows.length, height >> 1));
    return below.length > 0 ? { ...layout, rows: [...layout.rows, ...below] } : layout;
  }

  paint(): void {
    if (this.waiting) return;
    const { columns } = this.size;
    if (!this.painted) this.columns = columns;
    if (columns !== this.columns) {
      this.resized();
      return;
    }
    const next = this.wanted();
    this.write(repaint(this.shown, next, columns, this.options.dim));
    this.shown = next;
    this.painted = true;
  }

  /** Handles a new size of the terminal. Asks the terminal for its cursor position if that is uncertain. */
  resized(): void {
    if (!this.painted || this.waiting) return;
    const { columns } = this.size;
    if (columns === this.columns || isCertain(this.shown, columns)) {
      this.paintAnew(this.shown.cursor.row);
      return;
    }
    this.waiting = setTimeout(() => this.cursorAt(undefined), DELAY_MS);
    this.options.asking();
    this.write(`${this.name === undefined ? WHO_ARE_YOU : ''}${WHERE_IS_THE_CURSOR}`);
  }

  /** Receives the terminal's type. */
  named(name: string): void {
    this.name = name;
  }

  /** Receives the column of the cursor; undefined if the terminal did not report it. */
  cursorAt(column: number | undefined): void {
    if (!this.waiting) return;
    this.settle();
    this.paintAnew(rowsAbove(this.shown, this.size.columns, { name: this.name, column }));
  }

  private paintAnew(above: number): void {
    const { columns, height } = this.size;
    this.columns = columns;
    const next = this.wanted();
    this.write(repaintFrom(Math.min(above, height - 1), next, columns, this.options.dim));
    this.shown = next;
  }

  /** Paints on an empty screen. */
  clear(): void {
    this.settle();
    this.write(CLEAR_SCREEN);
    this.shown = NOTHING;
    this.paint();
  }

  /** Ends the line: leaves all of it on the screen, followed by a text, with the cursor in the row below. */
  leave(end = ''): void {
    this.settle();
    const { columns, height } = this.size;
    if (this.painted && columns !== this.columns) this.paintAnew(rowsAbove(this.shown, columns, { name: this.name, column: undefined }));
    const whole = shortened(this.options.line(columns));
    this.write(leave(this.shown, whole, whole.rows.length > height, end, columns, this.options.dim));
    this.forget();
  }

  /** Starts the next line at the cursor. */
  forget(): void {
    this.settle();
    this.shown = NOTHING;
    this.top = 0;
    this.painted = false;
  }

  private settle(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }
}
