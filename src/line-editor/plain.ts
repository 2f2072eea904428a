// Reads lines from a terminal without control codes (TERM=dumb). The terminal itself shows and edits the line.

import { MarkingDecoder } from '../text/bad-bytes.ts';
import type { EditorOptions, LineEditor, Typed } from './index.ts';
import { joinRows } from './rows.ts';

/** This terminal has no screen to clear. The terminal puts the key into the line, and the next prompt follows. */
const CTRL_L = '\f';
const NEXT_ROW = '… ';
const HOW_TO_LEAVE = '\n(press Ctrl-C again or Ctrl-D to exit)\n';

export class PlainEditor implements LineEditor {
  private readonly options: EditorOptions;
  private readonly decoder = new MarkingDecoder();
  /** The start of a line whose end has not arrived. */
  private unread = '';
  private readonly waiting: string[] = [];
  private give: ((typed: Typed) => void) | undefined;
  private rows: string[] = [];
  private reader: { add(row: string): unknown };
  private warned = false;
  private ended = false;
  private lent = false;

  constructor(options: EditorOptions) {
    this.options = options;
    this.reader = options.ports.openRows();
    const { input } = options.terminal;
    input.on('end', this.onEnd).on('close', this.onEnd).on('error', this.onEnd);
    this.listen();
  }

  private readonly onData = (bytes: Buffer): void => {
    const lines = (this.unread + this.decoder.write(bytes)).split('\n');
    this.unread = lines.pop() as string;
    for (const line of lines.map((l) => l.replace(/\r$/, '').replaceAll(CTRL_L, ''))) {
      if (this.give) this.take(line);
      else this.waiting.push(line);
    }
  };

  private readonly onEnd = (): void => {
    if (this.ended) return;
    this.ended = true;
    if (this.unread !== '') this.waiting.push(this.unread);
    this.takeWaiting();
    this.done({ kind: 'end' });
  };

  private listen(): void {
    this.options.terminal.input.on('data', this.onData).resume();
  }

  private ignore(): void {
    this.options.terminal.input.off('data', this.onData).pause();
  }

  read(prompt: string): Promise<Typed> {
    if (this.ended && this.waiting.length === 0) return Promise.resolve({ kind: 'end' });
    this.rows = [];
    this.reader = this.options.ports.openRows();
    return new Promise((resolve) => {
      const unsubscribe = this.options.onInterrupt(() => this.interrupted());
      if (this.lent) this.listen(); // the borrower of the terminal asks
      this.give = (typed) => {
        if (this.lent) this.ignore();
        unsubscribe();
        resolve(typed);
      };
      this.write(prompt);
      this.takeWaiting();
    });
  }

  private takeWaiting(): void {
    while (this.give && this.waiting.length > 0) {
      const line = this.waiting.shift() as string;
      this.write(`${line}\n`);
      this.take(line);
    }
  }

  async lend<T>(use: () => Promise<T>): Promise<T> {
    this.lent = true;
    this.ignore();
    try {
      return await use();
    } finally {
      this.lent = false;
      this.listen();
    }
  }

  close(): void {
    this.ended = true;
    this.ignore();
  }

  private write(text: string): void {
    this.options.terminal.output.write(text);
  }

  private take(line: string): void {
    this.warned = false;
    this.rows.push(line);
    if (this.reader.add(line)) this.write(NEXT_ROW);
    else this.done({ kind: 'line', text: joinRows(this.rows.join('\n')) });
  }

  /** The content of the line is unknown, so only two in a row leave the shell. */
  private interrupted(): void {
    if (this.warned) {
      this.done({ kind: 'end' });
      return;
    }
    this.warned = true;
    this.write(HOW_TO_LEAVE);
    this.done({ kind: 'interrupt' });
  }

  private done(typed: Typed): void {
    const { give } = this;
    this.give = undefined;
    give?.(typed);
  }
}
