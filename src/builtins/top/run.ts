// `top` polls the cluster, draws it, and reacts to keys. Keys are handled at once, whatever a round is doing.

import { Interrupted, Refusal, RpcError, TimedOut } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { GRPC_CODE } from '../../command/grpc-code.ts';
import { Keyboard } from '../../full-screen/keyboard.ts';
import type { KeyName } from '../../full-screen/keys.ts';
import { FullScreen } from '../../full-screen/screen.ts';
import { type RunContext, withSignal } from '../../invoke/context.ts';
import type { TerminalIO } from '../../io/io.ts';
import { screenOf } from '../../output/renderer.ts';
import type { Screen } from '../../output/table/table.ts';
import type { View } from '../../presenters/view.ts';
import { wrapWords } from '../../text/reflow.ts';
import { inOneLine } from '../../text/sanitize.ts';
import type { BuiltinRunContext, Runner } from '../index.ts';
import { intervalOf, pause, ranOut } from '../interval.ts';
import { runAction } from './actions.ts';
import type { top } from './command.ts';
import { detailLines } from './details.ts';
import { fetchState } from './fetch-state.ts';
import { frameOf, HELP_LINES } from './frame.ts';
import { type List, listOf } from './rows.ts';
import { type Effect, follow, press, START, type TopState } from './state.ts';
import { type ClusterState, type Total, totalsOf } from './totals.ts';

const EVERY_MS = 2000;
/** How long a call may run, in milliseconds, before the heading shows that the answer is late. Then it is updated as often. */
const LATE_MS = 1000;

/** Runs `top`. Throws Refusal without a terminal, and the error of the first round. */
export const runTop: Runner<typeof top> = async (parsed, context, world) => {
  const { terminal } = context.io;
  const intervalMs = intervalOf(parsed, context.io.env, EVERY_MS);
  if (!terminal || !context.io.stdout.isTTY || context.io.env.TERM === 'dumb') {
    throw new Refusal('top needs a terminal that can be drawn on. Nothing was sent. Use query-status --by task, or watch query-status');
  }
  const began = performance.now();
  const first = await fetchState(context, 0);
  const tookMs = Math.round(performance.now() - began);
  const app = new TopApp(context, world, terminal, { names: parsed.args, intervalMs, first, tookMs, screen: await screenOf(context) });
  return await app.run();
};

interface TopOptions {
  readonly names: readonly string[];
  readonly intervalMs: number;
  readonly first: ClusterState;
  /** How many milliseconds it took. */
  readonly tookMs: number;
  readonly screen: Screen;
}

class TopApp {
  private readonly context: RunContext;
  private readonly world: BuiltinRunContext;
  private readonly terminal: TerminalIO;
  private readonly options: TopOptions;
  private readonly screen: FullScreen;
  private readonly stop = new AbortController();
  private keyboard: Keyboard | undefined;
  private state: TopState = START;
  private data: ClusterState;
  private list: List;
  /** Computed once for each answer, because a large cluster has thousands of sub tasks. */
  private totals: readonly Total[];
  private before: View | undefined;
  private page = 1;
  private pageLines: readonly string[] = [];
  private trouble = '';
  private answeredAt = new Date();
  private tookMs: number;
  /** When the current round started. Undefined between rounds. */
  private askedAt: number | undefined;
  private status: number = EXIT_CODE.ok;
  /** Whether something else uses the terminal. */
  private isAway = false;

  constructor(context: RunContext, world: BuiltinRunContext, terminal: TerminalIO, options: TopOptions) {
    this.context = withSignal(context, AbortSignal.any([context.signal, this.stop.signal]));
    this.world = world;
    this.terminal = terminal;
    this.options = options;
    this.data = options.first;
    this.tookMs = options.tookMs;
    this.list = this.listNow();
    this.totals = totalsOf(options.first);
    this.screen = new FullScreen(terminal, context.io.stdout, () => this.draw());
  }

  /** Runs until the user leaves. Returns the exit status. */
  async run(): Promise<number> {
    const { signal } = this.context;
    return await this.context.lendTerminal(async () => {
      await this.screen.open();
      const keyboard = new Keyboard(this.terminal, (key) => this.pressed(key));
      this.keyboard = keyboard;
      const ticker = setInterval(() => this.drawIfLate(), LATE_MS);
      try {
        this.draw();
        for (let n = 1; !signal.aborted; n += 1) {
          await pause(this.options.intervalMs, signal);
          if (!signal.aborted && !this.isAway) await this.round(n);
        }
      } finally {
        clearInterval(ticker);
        await keyboard.close();
        await this.screen.close();
      }
      return await this.ended();
    });
  }

  /** The exit status: leaving is a success, as with Ctrl-C in other programs of this kind. */
  private async ended(): Promise<number> {
    const { io, options, signal } = this.context;
    if (!this.stop.signal.aborted && ranOut(signal)) {
      await io.stderr.write(`${new TimedOut(options.commandTimeoutMs ?? 0).message}\n`);
      return EXIT_CODE.timedOut;
    }
    return this.status;
  }

  private async round(n: number): Promise<void> {
    const began = performance.now();
    this.askedAt = began;
    try {
      const data = await fetchState(this.context, n, this.data);
      this.before = this.list.view;
      this.data = data;
      this.totals = totalsOf(data);
      await new Promise((resolve) => setImmediate(resolve));
      this.answeredAt = new Date();
      this.tookMs = Math.round(performance.now() - began);
      this.trouble = data.cluster.refused;
    } catch (error) {
      if (error instanceof Interrupted) return;
      if (!(error instanceof RpcError) || error.code === GRPC_CODE.unimplemented) throw error;
      this.trouble = error.message.replace(/^rpc error: code = \w+ desc = /, '');
    } finally {
      this.askedAt = undefined;
    }
    this.rebuild();
  }

  private listNow(): List {
    const { order, open, filter } = this.state;
    return listOf(this.data, { names: this.options.names, order, open, filter });
  }

  /** Builds the rows again after an answer or a key, and draws. */
  private rebuild(): void {
    this.list = this.listNow();
    this.state = follow(this.state, this.list.subjects, this.page);
    this.draw();
  }

  private drawIfLate(): void {
    if (this.askedAt !== undefined && performance.now() - this.askedAt >= LATE_MS) this.draw();
  }

  private draw(): void {
    if (!this.screen.isOpen) return;
    const { columns, rows } = this.screen;
    const screen: Screen = { ...this.options.screen, columns };
    this.pageLines = this.linesOfPage(screen);
    const input = {
      state: this.state,
      totals: this.totals,
      list: this.list,
      before: this.before,
      heading: this.heading(),
      pageLines: this.pageLines,
      columns,
      rows,
      screen,
    };
    let frame = frameOf(input);
    if (frame.page !== this.page) {
      this.page = frame.page;
      this.state = follow(this.state, this.list.subjects, this.page);
      frame = frameOf({ ...input, state: this.state });
    }
    void this.screen.draw(frame.lines).catch(() => {});
  }

  private heading(): { cluster: string; status: string; trouble: string } {
    const { session, registry } = this.context;
    const waited = this.askedAt === undefined ? 0 : Math.floor((performance.now() - this.askedAt) / 1000);
    const time = this.answeredAt.toTimeString().slice(0, 8);
    const late = waited >= 1 ? `no answer for ${waited} s  ` : '';
    return {
      cluster: inOneLine(`${session.address}  ${registry.dialect.name}`),
      status: `${late}every ${this.options.intervalMs / 1000} s  ${time}  ${this.tookMs} ms`,
      trouble: this.trouble,
    };
  }

  private linesOfPage(screen: Screen): readonly string[] {
    const { page, list } = this.state;
    if (!page) return [];
    if (page.kind === 'help') return HELP_LINES.flatMap((line) => wrapWords(line, screen.columns ?? 80));
    const subject = this.list.subjects[list.cursor];
    return subject ? detailLines(subject, this.data, screen) : [];
  }

  private pressed(key: KeyName): void {
    const { subjects } = this.list;
    const { state, effect } = press(this.state, key, { subjects, page: this.page, lines: this.pageLines.length });
    const { filter, order, open } = this.state;
    this.state = state;
    if (state.filter !== filter || state.order !== order || state.open !== open) {
      // Rows that only moved have not changed.
      this.before = undefined;
      this.rebuild();
    } else this.draw();
    if (effect !== undefined) this.perform(effect);
  }

  private perform(effect: Effect): void {
    switch (effect) {
      case 'quit':
        this.stop.abort();
        return;
      case 'interrupt':
        this.stop.abort();
        return;
      case 'abort':
        this.terminal.abort();
        return;
      case 'repaint':
        this.screen.repaint();
        this.draw();
        return;
      case 'suspend':
        void this.away(() => this.terminal.suspend());
        return;
      default:
        void this.away(async () => {
          const message = await runAction(effect, this.data, this.context, this.world);
          this.state = { ...this.state, message };
        });
    }
  }

  /** Gives the terminal to something else. Keys that are typed meanwhile belong to it. */
  private async away(use: () => Promise<void>): Promise<void> {
    if (this.isAway || !this.keyboard) return;
    this.isAway = true;
    try {
      await this.keyboard.lend(() => this.screen.away(use));
    } finally {
      this.isAway = false;
    }
    await this.round(0).catch(() => {});
  }
}
