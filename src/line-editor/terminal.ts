// The editor on a terminal: raw mode, keys to states, states to the screen. README.md explains why
// @inquirer/core's createPrompt is not enough.

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
const HOW_TO_LEAVE = '(press Ctrl-C again or Ctrl-D to exit)\n';
const TOO_LONG = `a line or a paste can have at most ${LONGEST >> 20} MiB. Nothing was inserted. Use a pipe for longer lines: dmctl … < FILE\n`;
/** Milliseconds of work after which the terminal is read again, because Ctrl-C may have arrived. */
const SLICE = 30;
/** A longer line is painted at most once per LONG_PAUSE milliseconds. */
const LONG = 16 << 10;
const LONG_PAUSE = 50;

export class TerminalEditor implements LineEditor {
  private readonly options: EditorOptions;
  private readonly painter: Painter;
  private readonly reader: KeyReader;
  private readonly unsubscribe: () => void;
  /** Keys that arrived while no line was being read. */
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
      // the terminal was closed
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
    if (this.lent) return await use(); // a borrower may lend it further
    const { input } = this.options.terminal;
    this.lent = true;
    input.off('data', this.onData);
    this.giveTerminalBack();
    input.pause(); // another reader gets the keys now, possibly another process
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
      // At the prompt, an interrupt also drops the rest of a paste. Keys that wait for the end of a call stay.
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

  /** The previous line may have been submitted just now, before its call can be interrupted, so this runs one turn later. */
  private interrupt(): void {
    if (this.closed) return;
    if (this.give) this.pressed([{ name: 'ctrl-c' }]);
    else this.options.interrupt();
  }

  /** Processes the waiting keys while a line is being read. After a time slice, leaves the rest for later. */
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

  /** Continues with the waiting keys after the terminal was read. */
  private goOn(): void {
    this.goingOn ??= setImmediate(() => {
      this.goingOn = undefined;
      if (this.closed) return;
      this.work();
      this.show();
    });
  }

  /** If Tab found nothing yet, repeats it when names have arrived, unless the line has changed in the meantime. */
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
    if (act === 'line') this.state = next; // a paste contains its last part and Enter at once
    if (act === 'clear') this.painter.clear();
    else if (act === 'full') this.refuse();
    else if (act === 'suspend') void this.suspend();
    else if (act === 'leave') {
      this.painter.paint();
      this.painter.forget();
      this.done({ kind: 'end' });
    } else {
      this.give = undefined; // no hint stays on the screen
      this.state = { ...this.state, search: undefined };
      this.painter.leave(act === 'interrupt' ? '^C' : '');
      if (act === 'warn') this.options.terminal.output.write(HOW_TO_LEAVE);
      give?.(act === 'line' ? { kind: 'line', text: joinRows(this.state.text) } : { kind: 'interrupt' });
    }
    this.state = next;
  }

  /** Reports that a text was too long, and shows the line again. */
  private refuse(): void {
    this.painter.leave();
    this.options.terminal.output.write(TOO_LONG);
  }

  private done(typed: Typed): void {
    const { give } = this;
    this.give = undefined;
    give?.(typed);
  }

  /** Returns the terminal to the parent shell until the program is resumed. */
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
