// A program in a real pseudo-terminal, and its screen as a person sees it.

import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { PROGRAM } from './program.ts';

export class Terminal {
  private readonly pty: IPty;
  private readonly screen: InstanceType<typeof xterm.Terminal>;
  private waiting: (() => void)[] = [];
  /** The exit status, once the program has ended. */
  status: number | undefined;

  constructor(
    args: readonly string[],
    { columns = 80, rows = 30, env = {} }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
  ) {
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    const [command, ...before] = PROGRAM as [string, ...string[]];
    this.pty = spawn(command, [...before, ...args], {
      cols: columns,
      rows,
      name: 'xterm-256color',
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TERM: 'xterm-256color', ...env },
    });
    this.pty.onData((data) => this.screen.write(data, () => this.wake()));
    this.pty.onExit(({ exitCode }) => {
      this.status = exitCode;
      this.wake();
    });
  }

  private wake(): void {
    const all = this.waiting;
    this.waiting = [];
    for (const go of all) go();
  }

  type(keys: string): void {
    this.pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** All rows, also those that have scrolled away, without blanks at their ends. */
  text(): string {
    const { active } = this.screen.buffer;
    const rows = Array.from({ length: active.baseY + this.screen.rows }, (_, i) => active.getLine(i)?.translateToString(true) ?? '');
    return rows.join('\n').replace(/\n+$/, '');
  }

  /** Column and row of the cursor on the screen, from 0. */
  cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.screen.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  /** The colour of the first cell that shows the character: a palette number, or -1 for the terminal's own. */
  colourOf(char: string): number | undefined {
    const { active } = this.screen.buffer;
    for (let y = 0; y < active.length; y += 1) {
      const line = active.getLine(y);
      for (let x = 0; line && x < line.length; x += 1) {
        const cell = line.getCell(x);
        if (cell?.getChars() === char) return cell.isFgPalette() ? cell.getFgColor() : -1;
      }
    }
    return undefined;
  }

  /** Resolves when the screen has what is looked for. Rejects when the program ends first, or after `seconds`. */
  async until(wanted: RegExp | (() => boolean), seconds = 20): Promise<void> {
    const there = (): boolean => (wanted instanceof RegExp ? wanted.test(this.text()) : wanted());
    const endsAt = Date.now() + seconds * 1000;
    while (!there()) {
      if (this.status !== undefined) throw new Error(`the program ended with ${this.status} before ${wanted} was seen:\n${this.text()}`);
      const left = endsAt - Date.now();
      if (left <= 0) throw new Error(`${wanted} was not seen:\n${this.text()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Resolves with the exit status when the program has ended. */
  async ended(seconds = 20): Promise<number> {
    const endsAt = Date.now() + seconds * 1000;
    while (this.status === undefined && Date.now() < endsAt) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, endsAt - Date.now());
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    if (this.status === undefined) throw new Error(`the program did not end:\n${this.text()}`);
    await new Promise<void>((resolve) => this.screen.write('', resolve)); // what came last is on the screen
    return this.status;
  }

  close(): void {
    if (this.status === undefined) this.pty.kill('SIGKILL');
    this.screen.dispose();
  }
}
