// The editor on a terminal: raw mode, keys to states, states to the screen. README.md says why
// @inquirer/core's createPrompt cannot do this.

import type { EditorOptions, LineEditor, Typed } from './index.ts';
import { KeyQueue } from './key-queue.ts';
import { KeyReader } from './keys.ts';
import type { Prompts } from './layout.ts';
import { Painter } from './painter.ts';
import { type Key, press } from './reduce-key.ts';
import { joinRows } from './rows.ts';
import { type Act, type EditState, EMPTY, LONGEST } from './state.ts';
import { lineView, listRows } from './view.ts';

const MARK_PASTES = '\u001b[?2004h';
const PASTES_AS_TYPED = '\u001b[?2004l';
const HOW_TO_LEAVE = '(press Ctrl-C again or Ctrl-D to leave)\n';
const TOO_LONG = `a line and a paste have at most ${LONGEST >> 20} MiB; nothing was put in. Longer ones may come from a pipe: dmctl … < FILE\n`;
/** Milliseconds of work after which the terminal is looked at again: Ctrl-C may have come. */
const SLICE = 30;
/** A line that is longer is painted at most once in so many milliseconds. */
const LONG = 16 << 10;
const LONG_PAUSE = 50;

export class TerminalEditor implements LineEditor {
  private readonly options: EditorOptions;
  private readonly painter: Painter;
  private readonly reader: KeyReader;
  private readonly unsubscribe: () => void;
  /** Keys that came while nobody asked for a line. */
  private readonly waiting = new KeyQueue();
  private goingOn: NodeJS.Immediate | undefined;
  private painting: NodeJS.Timeout | undefined;
  private state: EditState = EMPTY;
  private prompts: Prompts = { first: '', next: '' };
  private give: ((typed: Typed) => void) | undefined;
  private awaits = false;
  private ended = false;
  private closed = false;
  private lent = false;

  constructor(options: EditorOptions) {
    this.options = options;
    const { input, output, atExit } = options.terminal;
    this.painter = new Painter({
      output,
      dim: options.style.dim,
      line: (columns) => lineView(this.state, this.prompts, this.give && options.color ? options.ports : undefined, columns),
      below: (columns, height) => listRows(this.state, columns, height),
      asking: () => {
        this.reader.asked = true;
      },
    });
    this.reader = new KeyReader({
      keys: (keys) => this.pressed(keys),
      named: (name) => this.painter.named(name),
      cursorAt: (column) => this.painter.cursorAt(column),
    });
    this.unsubscribe = atExit(() => this.close());
    input.on('data', this.onData).on('end', this.onEnd).on('close', this.onEnd).on('error', this.onEnd);
    output.on('resize', this.onResize).on('error', this.onEnd);
    this.takeTerminal();
  }

  private readonly onData = (bytes: Buffer): void => this.reader.feed(bytes);
  private readonly onResize = (): void => {
    if (this.give) this.painter.resized();
  };
  private readonly onEnd = (): void => {
    this.ended = true;
    this.done({ kind: 'end' });
  };

  private takeTerminal(): void {
    const { input, output } = this.options.terminal;
    input.setRawMode(true);
    input.resume();
    output.write(MARK_PASTES);
  }

  private giveTerminalBack(): void {
    const { input, output } = this.options.terminal;
    try {
      if (!this.ended) output.write(PASTES_AS_TYPED);
      input.setRawMode(false);
    } catch {
      // the terminal is gone
    }
  }

  read(prompt: string): Promise<Typed> {
    if (this.ended) return Promise.resolve({ kind: 'end' });
    const { last, kills } = this.state;
    this.state = { ...EMPTY, kills, last: last === 'leave' ? last : undefined };
    this.prompts = { first: prompt, next: this.options.style.continuation };
    return new Promise((resolve) => {
      this.give = resolve;
      if (this.waiting.empty) this.show();
      else this.goOn();
    });
  }

  async lend<T>(use: () => Promise<T>): Promise<T> {
    if (this.lent) return await use(); // whoever has it lends it on
    const { input } = this.options.terminal;
    this.lent = true;
    input.off('data', this.onData);
    this.giveTerminalBack();
    input.pause(); // keys belong to whoever reads them now, which may be another process
    try {
      return await use();
    } finally {
      this.lent = false;
      if (!this.closed && !this.ended) {
        input.on('data', this.onData);
        this.takeTerminal();
      }
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.unsubscribe();
    clearTimeout(this.painting);
    this.reader.close();
    this.painter.forget();
    const { input, output } = this.options.terminal;
    input.off('data', this.onData).off('end', this.onEnd).off('close', this.onEnd);
    output.off('resize', this.onResize);
    this.giveTerminalBack();
    input.pause();
  }

  private pressed(keys: readonly Key[]): void {
    for (const key of keys) {
      // At the prompt whoever interrupts wants nothing of what was pasted before; what waits for a call stays.
      if (this.give && key.name === 'ctrl-c') this.waiting.clear();
      if (!this.give && key.name === 'ctrl-c') setImmediate(() => this.interrupt());
      else if (!this.give && key.name === 'ctrl-z') void this.suspend();
      else {
        this.waiting.add(key);
        this.work();
      }
    }
    this.show();
  }

  /** The line before it may have been given away in this very moment, and its call not be there to be ended: so a turn later. */
  private interrupt(): void {
    if (this.closed) return;
    if (this.give) this.pressed([{ name: 'ctrl-c' }]);
    else this.options.interrupt();
  }

  /** Takes the waiting keys while a line is asked for, and after a while leaves the rest for later. */
  private work(): void {
    const endsAt = performance.now() + SLICE;
    while (this.give && !this.waiting.empty) {
      if (performance.now() > endsAt) {
        this.goOn();
        return;
      }
      const key = this.waiting.take();
      const { state, act, rest } = press(this.state, key, this.options.ports);
      if (rest) this.waiting.putBack({ name: 'paste', text: rest });
      if (act) this.act(act, state);
      else this.state = state;
      if (key.name === 'tab') this.completeLater(this.state);
    }
  }

  /** Goes on with the keys that wait, after the terminal was looked at. */
  private goOn(): void {
    this.goingOn ??= setImmediate(() => {
      this.goingOn = undefined;
      if (this.closed) return;
      this.work();
      this.show();
    });
  }

  /** Where Tab found nothing yet, it counts once more when names have come, unless the line has changed meanwhile. */
  private completeLater(state: EditState): void {
    const { candidates, untypeable, later } = this.options.ports.complete(state.text, state.cursor);
    if (this.awaits || candidates.length + untypeable.length > 0 || !later) return;
    this.awaits = true;
    void later.then(() => {
      if (this.give && this.state === state) this.pressed([{ name: 'tab' }]);
      this.awaits = false;
    });
  }

  private show(): void {
    if (!this.give || this.goingOn) return;
    if (this.state.text.length <= LONG) this.painter.paint();
    else {
      this.painting ??= setTimeout(() => {
        this.painting = undefined;
        if (this.give) this.painter.paint();
      }, LONG_PAUSE);
    }
  }

  private act(act: Act, next: EditState): void {
    const { give } = this;
    if (act === 'line') this.state = next; // a paste brings its last part and Enter at once
    if (act === 'clear') this.painter.clear();
    else if (act === 'full') this.refuse();
    else if (act === 'suspend') void this.suspend();
    else if (act === 'leave') {
      this.painter.paint();
      this.painter.forget();
      this.done({ kind: 'end' });
    } else {
      this.give = undefined; // no hint is left on the screen
      this.state = { ...this.state, search: undefined };
      this.painter.leave(act === 'interrupt' ? '^C' : '');
      if (act === 'warn') this.options.terminal.output.write(HOW_TO_LEAVE);
      give?.(act === 'line' ? { kind: 'line', text: joinRows(this.state.text) } : { kind: 'interrupt' });
    }
    this.state = next;
  }

  /** Says that a text was too long, and shows the line again. */
  private refuse(): void {
    this.painter.leave();
    this.options.terminal.output.write(TOO_LONG);
  }

  private done(typed: Typed): void {
    const { give } = this;
    this.give = undefined;
    give?.(typed);
  }

  /** To the shell that started the program, until it lets the program go on. */
  private async suspend(): Promise<void> {
    const { give } = this;
    this.give = undefined;
    if (give) this.painter.leave();
    this.giveTerminalBack();
    await this.options.terminal.suspend();
    if (this.closed) return;
    this.takeTerminal();
    this.give ??= give;
    this.work();
    this.show();
  }
}
