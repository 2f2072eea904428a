// The alternate screen of the terminal: entered and left in every way in which the program can end.

import type { Output, TerminalIO } from '../io/io.ts';
import { CLEAR, ENTER, fitLines, LEAVE, paintFrame } from './frame.ts';

/** Draws frames. */
export class FullScreen {
  private readonly terminal: TerminalIO;
  private readonly output: Output;
  private readonly resized: () => void;
  private release: (() => void) | undefined;
  private writing: Promise<void> = Promise.resolve();
  /** The newest frame that has not been written. Older ones are skipped if the terminal is slow. */
  private next: readonly string[] | undefined;
  private clear = false;

  /** `resized`: called when the size of the terminal has changed. */
  constructor(terminal: TerminalIO, output: Output, resized: () => void) {
    this.terminal = terminal;
    this.output = output;
    this.resized = resized;
  }

  get columns(): number {
    return Math.max(1, this.output.columns ?? 80);
  }

  get rows(): number {
    return Math.max(2, this.output.rows ?? 24);
  }

  /** Whether it has the screen. */
  get isOpen(): boolean {
    return this.release !== undefined;
  }

  async open(): Promise<void> {
    if (this.release) return;
    const { terminal } = this;
    const unsubscribe = terminal.atExit(() => terminal.output.write(LEAVE));
    const resized = (): void => {
      this.clear = true;
      this.resized();
    };
    terminal.output.on('resize', resized);
    this.release = () => {
      unsubscribe();
      terminal.output.off('resize', resized);
    };
    await this.output.write(ENTER);
  }

  /** Draws the lines, cut to the screen. Resolves when this or a newer frame was written. */
  async draw(lines: readonly string[]): Promise<void> {
    if (!this.release) return;
    const waits = this.next !== undefined;
    this.next = lines;
    if (waits) return await this.writing;
    this.writing = this.writing.then(() => this.write());
    await this.writing;
  }

  /** Clears the screen with the next frame, which removes what another program wrote. */
  repaint(): void {
    this.clear = true;
  }

  /** Restores the terminal. */
  async close(): Promise<void> {
    if (!this.release) return;
    await this.writing.catch(() => {});
    this.release();
    this.release = undefined;
    await this.output.write(LEAVE);
  }

  /** Shows the previous screen while something else uses the terminal. */
  async away<T>(use: () => Promise<T>): Promise<T> {
    const was = this.isOpen;
    await this.close();
    try {
      return await use();
    } finally {
      if (was) {
        await this.open();
        this.clear = true;
        this.resized();
      }
    }
  }

  private async write(): Promise<void> {
    const lines = this.next;
    this.next = undefined;
    if (!lines || !this.release) return;
    const { columns, rows } = this;
    const code = this.clear ? CLEAR : '';
    this.clear = false;
    await this.output.write(code + paintFrame(fitLines(lines, columns, rows), columns, rows));
  }
}
