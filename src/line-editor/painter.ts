// What the terminal shows of the line, kept so that only what changes is written.

import { inView, type Layout, NOTHING, row } from './layout.ts';
import { isCertain, rowsAbove } from './reflow.ts';
import { type Dim, leave, repaint, repaintFrom } from './repaint.ts';
import { MIN_COLUMNS } from './view.ts';

const CLEAR_SCREEN = '\u001b[H\u001b[2J';
const WHO_ARE_YOU = '\u001b[>c';
const WHERE_IS_THE_CURSOR = '\u001b[6n';
/** How long a terminal may take to answer, in milliseconds. */
const DELAY_MS = 200;

/** Of a line with more rows only the first and the last are left on the screen. */
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
  /** The line as it is now, laid out in so many columns. */
  readonly line: (columns: number) => Layout;
  /** Rows to show under the line, at most so many. */
  readonly below: (columns: number, height: number) => Layout['rows'];
  /** Told that the terminal is being asked who it is and where its cursor is. */
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

  /** The whole of what is to be seen now. */
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

  /** The terminal has another size. Where it is not certain where it has the cursor now, it is asked. */
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

  /** What the terminal says it is. */
  named(name: string): void {
    this.name = name;
  }

  /** The column that the terminal told, or undefined where it told nothing. */
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

  /** On an empty screen. */
  clear(): void {
    this.settle();
    this.write(CLEAR_SCREEN);
    this.shown = NOTHING;
    this.paint();
  }

  /** The line is done: all of it is left on the screen with a text behind it, and the cursor in the row below. */
  leave(end = ''): void {
    this.settle();
    const { columns, height } = this.size;
    if (this.painted && columns !== this.columns) this.paintAnew(rowsAbove(this.shown, columns, { name: this.name, column: undefined }));
    const whole = shortened(this.options.line(columns));
    this.write(leave(this.shown, whole, whole.rows.length > height, end, columns, this.options.dim));
    this.forget();
  }

  /** The next line begins where the cursor is. */
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
