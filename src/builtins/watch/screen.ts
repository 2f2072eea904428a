// The full-screen writer of a watch: draws one answer at a time in place. At the end it restores the previous screen
// and prints the last answer once.

import { isHumanReadable, type OutputFormat } from '../../command/output-format.ts';
import { CLEAR, type Crop, crop, ENTER, fitLines, LEAVE, markLines, paintFrame, plain } from '../../full-screen/frame.ts';
import type { KeyName } from '../../full-screen/keys.ts';
import { moved } from '../../full-screen/scroll.ts';
import type { RunContext } from '../../invoke/context.ts';
import { openFormatter, screenOf } from '../../output/renderer.ts';
import type { Paint } from '../../output/style.ts';
import { selectRows } from '../../output/table/select-rows.ts';
import { afterRows, tableText } from '../../output/table/table.ts';
import type { View } from '../../presenters/view.ts';
import { forTerminal } from '../../text/sanitize.ts';
import { width, wrapText } from '../../text/width.ts';
import type { Writer } from './rounds.ts';
import type { Answer } from './wrapped-command.ts';

export interface Head {
  readonly command: string;
  readonly intervalMs: number;
}

/** How long a call may run, in milliseconds, before the head shows that the answer is late. Then the head is updated as often. */
const DELAY_MS = 1000;
/** The maximum number of lines that explain why there is no newer answer. */
const MAX_TROUBLE = 3;
/** The maximum number of lines of an answer through which a user can scroll. */
const MAX_LINES = 20_000;

const isTable = ({ kind }: OutputFormat): boolean => kind === 'table' || kind === 'wide';

interface Seen {
  readonly answer: Answer;
  /** When it arrived, and how many milliseconds it took. */
  readonly at: Date;
  readonly tookMs: number;
}

const clock = (at: Date): string => [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');

/** A writer that can lend its screen. */
export interface ScreenWriter extends Writer {
  /** Redraws everything. */
  repaint(): void;
  /** Scrolls, if the key does that. */
  scroll(key: KeyName): void;
  /** Shows the previous screen while something else uses the terminal. */
  away<T>(use: () => Promise<T>): Promise<T>;
}

/** Opens the writer. It takes the screen after the first round, so earlier errors are printed as usual. */
export function openScreen(context: RunContext, head: Head): ScreenWriter {
  const screen = new WatchScreen(context, head);
  return {
    asks: () => screen.asks(),
    answered: (answer, tookMs) => screen.answered(answer, tookMs),
    failed: (why) => screen.failed(why),
    close: () => screen.close(),
    repaint: () => screen.repaint(),
    scroll: (key) => screen.scroll(key),
    away: (use) => screen.away(use),
  };
}

class WatchScreen {
  private readonly context: RunContext;
  private readonly head: Head;
  private paint: Paint | undefined;
  private taken: (() => void) | undefined;
  private seen: Seen | undefined;
  private trouble = '';
  private view: View | undefined;
  private before: View | undefined;
  /** The lines of the previous answer, unmarked, and of this one, marked. */
  private old: readonly string[] | undefined;
  private lines: readonly string[] = [];
  private body: Crop = { lines: [], more: 0 };
  /** The totals, errors and advice of a view, which stay above its rows. */
  private summary: readonly string[] = [];
  /** The first visible line of the body, and how many are visible. */
  private top = 0;
  private page = 1;
  private frame: readonly string[] = [];
  /** When the current round started. Undefined between rounds. */
  private askedAt: number | undefined;
  private ticker: NodeJS.Timeout | undefined;
  private drawing: Promise<void> = Promise.resolve();
  /** Whether something else uses the terminal. */
  private isAway = false;

  constructor(context: RunContext, head: Head) {
    this.context = context;
    this.head = head;
  }

  private get columns(): number {
    return Math.max(1, this.context.io.stdout.columns ?? 80);
  }

  private get rows(): number {
    return Math.max(2, this.context.io.stdout.rows ?? 24);
  }

  asks(): void {
    this.askedAt = performance.now();
    clearInterval(this.ticker);
    this.ticker = setInterval(() => {
      if (this.taken) void this.draw().catch(() => {});
    }, DELAY_MS);
  }

  async answered(answer: Answer, tookMs: number): Promise<void> {
    const first = this.seen === undefined;
    this.before = this.view;
    this.old = first ? undefined : this.lines;
    this.view = undefined;
    this.seen = { answer, at: new Date(), tookMs };
    this.trouble = '';
    await this.read();
    await this.show();
  }

  async failed(why: string): Promise<void> {
    this.trouble = why.replace(/^rpc error: code = \w+ desc = /, '');
    await this.show();
  }

  /** Restores the terminal and prints the last answer. */
  async close(): Promise<void> {
    clearInterval(this.ticker);
    if (!this.taken) return;
    await this.drawing.catch(() => {});
    this.giveBack();
    await this.context.io.stdout.write(`${LEAVE}${this.frame.join('\n')}\n`);
  }

  /** Rebuilds the lines of the answer for the current screen size. */
  private async read(): Promise<void> {
    const { seen, context } = this;
    if (!seen) return;
    const { format } = context.options;
    this.paint ??= (await screenOf(context)).paint;
    const { renderable, compat } = seen.answer;
    const view = async (): Promise<View> => {
      this.view ??= await renderable.view();
      return this.view;
    };
    if (isTable(format)) return await this.readView(await view());
    const text = await openFormatter(context, this.before);
    const safe = isHumanReadable(format) ? (line: string): string => line : forTerminal;
    const body = crop(await text({ ...renderable, view }, compat), MAX_LINES, safe);
    this.lines = body.lines;
    this.body = this.old ? { ...body, lines: markLines(body.lines, this.old, this.paint.changed) } : body;
  }

  /** A view: its totals, errors and advice stay on the screen above its rows. */
  private async readView(whole: View): Promise<void> {
    const { options } = this.context;
    const { columns, rows, notes = [], footer = '' } = selectRows(whole, options);
    const screen = await screenOf(this.context, this.before && selectRows(this.before, options));
    const above = [...afterRows({ columns: [], rows: [], footer }, screen), ...afterRows({ columns: [], rows: [], notes }, screen)];
    this.summary = above.join('').split('\n').slice(0, -1);
    this.body = crop(tableText({ columns, rows }, screen), MAX_LINES, (line) => line);
    this.lines = this.body.lines;
  }

  private async show(): Promise<void> {
    clearInterval(this.ticker);
    this.askedAt = undefined;
    if (this.isAway) return;
    if (!this.taken) await this.take();
    await this.draw();
  }

  repaint(): void {
    if (this.taken) this.redraw(CLEAR);
  }

  scroll(key: KeyName): void {
    const to = moved({ cursor: this.top, top: this.top }, key, this.body.lines.length, this.page)?.cursor;
    if (to === undefined || !this.taken) return;
    this.top = to;
    this.drawing = this.drawing.then(() => this.draw()).catch(() => {});
  }

  async away<T>(use: () => Promise<T>): Promise<T> {
    const { stdout } = this.context.io;
    const was = this.taken;
    this.isAway = true;
    await this.drawing.catch(() => {});
    this.giveBack();
    if (was) await stdout.write(LEAVE);
    try {
      return await use();
    } finally {
      this.isAway = false;
      if (was || this.seen || this.trouble !== '') {
        await this.take();
        this.redraw();
      }
    }
  }

  /** Draws the last answer for the current screen size, after a control sequence. */
  private redraw(code = ''): void {
    this.drawing = this.drawing
      .then(() => this.context.io.stdout.write(code))
      .then(() => this.read())
      .then(() => this.draw())
      .catch(() => {});
  }

  private async take(): Promise<void> {
    this.paint ??= (await screenOf(this.context)).paint;
    const { terminal } = this.context.io;
    const unsubscribe = terminal?.atExit(() => terminal.output.write(LEAVE));
    const resized = (): void => this.redraw();
    terminal?.output.on('resize', resized);
    this.taken = () => {
      unsubscribe?.();
      terminal?.output.off('resize', resized);
    };
    await this.context.io.stdout.write(ENTER);
  }

  private giveBack(): void {
    this.taken?.();
    this.taken = undefined;
  }

  private async draw(): Promise<void> {
    const { columns, rows, paint } = this;
    if (!paint || !this.taken) return;
    const trouble =
      this.trouble === '' ? [] : wrapText(`✗ ${this.trouble}`, columns).slice(0, Math.max(1, Math.min(MAX_TROUBLE, rows - 3)));
    const heading = [paint.strong(this.headLine(columns)), ...trouble.map((line) => paint.tone('bad', line))];
    const gap = rows > 8 ? [''] : [];
    const faded = (lines: readonly string[]): readonly string[] =>
      this.trouble === '' ? lines : lines.map((line) => paint.dim(plain(line)));
    const summary = this.summaryFor(rows - heading.length - gap.length);
    const top = [...heading, ...gap, ...faded(summary), ...(summary.length > 0 ? gap : [])];
    const room = rows - top.length;
    const { lines, more } = this.body;
    const count = more + lines.length;
    const fits = count <= room;
    this.page = Math.max(1, fits ? room : room - 1);
    this.top = Math.min(this.top, Math.max(0, lines.length - this.page));
    const shown = lines.slice(this.top, this.top + this.page);
    const below = count - this.top - shown.length;
    const above = this.top > 0 ? `${this.top} above, ` : '';
    const last = fits
      ? []
      : [paint.dim(below > 0 || above === '' ? `… ${above}and ${below} more lines (↑ ↓ PgUp PgDn)` : `… ${this.top} lines above`)];
    this.frame = fitLines([...top, ...faded(shown), ...last], columns, rows);
    await this.context.io.stdout.write(paintFrame(this.frame, columns, rows));
  }

  /** As much of the totals, errors and advice as leaves half of the screen to the rows. */
  private summaryFor(rows: number): readonly string[] {
    const most = Math.max(1, rows - Math.min(this.body.lines.length + this.body.more, Math.ceil(rows / 2)));
    if (this.summary.length <= most) return this.summary;
    return [...this.summary.slice(0, most - 1), this.paint?.dim(`… ${this.summary.length - most + 1} more lines of advice`) ?? ''];
  }

  /** The head: the command and interval on the left, the time on the right. The right part is kept if space is short. */
  private headLine(columns: number): string {
    const { command, intervalMs } = this.head;
    const waited = this.askedAt === undefined ? 0 : Math.floor((performance.now() - this.askedAt) / 1000);
    const waits = waited >= 1 ? `no answer for ${waited} s` : '';
    const when = this.seen ? `${clock(this.seen.at)} ${this.seen.tookMs} ms` : '';
    const end = [waits, when].filter((t) => t !== '').join('  ');
    const start = `every ${intervalMs / 1000} s: ${forTerminal(command)}`;
    const room = columns - width(end) - 2;
    if (end === '' || room < 8) return end === '' ? start : end;
    const [short = ''] = fitLines([start], room, 1);
    return `${short}${' '.repeat(Math.max(0, room - width(short)) + 2)}${end}`;
  }
}
