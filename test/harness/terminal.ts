// A program in a real pseudo-terminal, and its visible screen.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { PROGRAM } from './program.ts';

const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const JOINING = /^[\p{M}\u200b-\u200d]/u;

/** Widths as in current terminals, because the screen's own rules do not cover emoji. */
const cells = (code: number): 0 | 1 | 2 => {
  const char = String.fromCodePoint(code);
  return code < 0x20 || JOINING.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
};
const WIDTHS = {
  version: 'today',
  wcwidth: cells,
  charProperties: (code: number, before: number): number => {
    const width = cells(code);
    const joins = width === 0 && before !== 0;
    return (code << 3) | ((joins ? (before >> 1) & 3 : width) << 1) | (joins ? 1 : 0);
  },
};

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that the program runs in. */
  readonly cwd?: string;
  /** The command that runs instead of the program. */
  readonly command?: readonly [string, ...string[]];
  /** `silent`: it answers no requests of the program, such as for the cursor position. */
  readonly kind?: 'answers' | 'silent';
}

/** A palette number from 0 to 255, `#rrggbb`, or undefined for the terminal's default. */
export type Color = number | string | undefined;

export interface Cell {
  /** The character of the cell; empty to the right of a character that is two cells wide. */
  readonly chars: string;
  readonly width: 0 | 1 | 2;
  readonly fg: Color;
  readonly bg: Color;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

const color = (palette: boolean, rgb: boolean, value: number): Color =>
  palette ? value : rgb ? `#${value.toString(16).padStart(6, '0')}` : undefined;

export class Terminal {
  private readonly pty: IPty;
  private readonly screen: InstanceType<typeof xterm.Terminal>;
  /** Each program has its own history, not the user's. */
  private readonly state = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-state-'));
  private waiting: (() => void)[] = [];
  /** Everything that the program has written. */
  bytes = '';
  /** The exit status, once the program has ended. */
  status: number | undefined;

  constructor(args: readonly string[], { columns = 80, rows = 30, env = {}, cwd, kind = 'answers', command: other }: TerminalOptions = {}) {
    this.screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 });
    this.screen.unicode.register(WIDTHS);
    this.screen.unicode.activeVersion = WIDTHS.version;
    const [command, ...before] = other ?? (PROGRAM as [string, ...string[]]);
    this.pty = spawn(command, [...before, ...args], {
      cols: columns,
      rows,
      ...(cwd === undefined ? {} : { cwd }),
      name: env.TERM ?? 'xterm-256color',
      env: {
        PATH: process.env.PATH ?? '',
        HOME: process.env.HOME ?? '',
        TERM: 'xterm-256color',
        XDG_STATE_HOME: this.state,
        XDG_CONFIG_HOME: this.state,
        ...env,
      },
    });
    // Reports the cursor position to a program that requests it.
    this.screen.onData((answer) => {
      if (kind !== 'silent') this.pty.write(answer);
    });
    this.pty.onData((data) => {
      this.bytes += data;
      this.screen.write(data, () => this.wake());
    });
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

  /** Keys without text. */
  typeBytes(bytes: Buffer): void {
    this.pty.write(bytes as never);
  }

  signal(name: 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGHUP' | 'SIGKILL'): void {
    this.pty.kill(name);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** All rows, including those that have scrolled away, without trailing spaces. */
  text(): string {
    const { active } = this.screen.buffer;
    const rows = Array.from({ length: active.baseY + this.screen.rows }, (_, i) => active.getLine(i)?.translateToString(true) ?? '');
    return rows.join('\n').replace(/\n+$/, '');
  }

  /** The row of the cursor and the rows above it of the same wrapped line, without trailing spaces. */
  rowsToCursor(count = 1): string[] {
    const { active } = this.screen.buffer;
    const last = active.baseY + active.cursorY;
    return Array.from(
      { length: count },
      (_, i) =>
        active
          .getLine(last - count + 1 + i)
          ?.translateToString()
          .trimEnd() ?? '',
    );
  }

  /** Column and row of the cursor on the screen, from 0. */
  cursor(): { readonly x: number; readonly y: number } {
    const { cursorX, cursorY } = this.screen.buffer.active;
    return { x: cursorX, y: cursorY };
  }

  /** The number of rows of text() that have scrolled away. */
  top(): number {
    return this.screen.buffer.active.baseY;
  }

  /** The color of the cell under the cursor, in the form of colourOf. */
  colourAtCursor(): number | undefined {
    const { active } = this.screen.buffer;
    const cell = active.getLine(active.baseY + active.cursorY)?.getCell(active.cursorX);
    return cell?.isFgPalette() ? cell.getFgColor() : -1;
  }

  /** The color of the first cell that shows the character: a palette number, or -1 for the terminal's default. */
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

  /** All rows, including those that have scrolled away, with the style of each cell. */
  cells(): Cell[][] {
    const { active } = this.screen.buffer;
    return Array.from({ length: active.baseY + this.screen.rows }, (_, y) => {
      const line = active.getLine(y);
      return Array.from({ length: this.screen.cols }, (_, x): Cell => {
        const cell = line?.getCell(x);
        if (!cell) throw new Error(`no cell at ${x}, ${y}`);
        return {
          chars: cell.getChars(),
          width: cell.getWidth() as 0 | 1 | 2,
          fg: color(cell.isFgPalette(), cell.isFgRGB(), cell.getFgColor()),
          bg: color(cell.isBgPalette(), cell.isBgRGB(), cell.getBgColor()),
          bold: cell.isBold() !== 0,
          dim: cell.isDim() !== 0,
          italic: cell.isItalic() !== 0,
          underline: cell.isUnderline() !== 0,
          inverse: cell.isInverse() !== 0,
        };
      });
    });
  }

  /** Resolves when the screen matches. Rejects if the program ends first, or after `seconds`. */
  async until(wanted: RegExp | (() => boolean), seconds = 20): Promise<void> {
    const there = (): boolean => (wanted instanceof RegExp ? wanted.test(this.text()) : wanted());
    const endsAt = Date.now() + seconds * 1000;
    while (!there()) {
      if (this.status !== undefined) {
        await new Promise<void>((resolve) => this.screen.write('', resolve)); // the last output is on the screen
        if (there()) return;
      }
      if (this.status !== undefined) throw new Error(`the program ended with ${this.status} before ${wanted} was seen:\n${this.text()}`);
      const left = endsAt - Date.now();
      if (left <= 0) throw new Error(`${wanted} was not seen:\n${this.text()}`);
      await new Promise<void>((resolve) => {
        // What a function looks at may change without any output.
        const timer = setTimeout(resolve, wanted instanceof RegExp ? left : Math.min(left, 20));
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
    await new Promise<void>((resolve) => this.screen.write('', resolve)); // the last output is on the screen
    return this.status;
  }

  close(): void {
    if (this.status === undefined) this.pty.kill('SIGKILL');
    this.screen.dispose();
    fs.rmSync(this.state, { recursive: true, force: true });
  }
}
