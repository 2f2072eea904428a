// Reads the keyboard while a watch runs, so that no typed key reaches the prompt, or the shell that started the
// program, afterwards.

import type { TerminalIO } from '../../io/io.ts';

/** The actions of the keys. */
export interface KeyActions {
  quit(): void;
  interrupt(): void;
  /** Suspends the program. Resolves when it continues. */
  suspend(): Promise<void>;
  repaint(): void;
  /** Ends the program at once. */
  abort(): void;
}

const KEYS: Readonly<Record<string, keyof KeyActions>> = {
  '\u0003': 'interrupt',
  '\u000c': 'repaint',
  '\u001a': 'suspend',
  '\u001c': 'abort',
  q: 'quit',
};
/** ESC counts as a key only if nothing follows it. Otherwise it starts another key. */
const ESC = '\u001b';
/** How long the rest of a key may take, in milliseconds. */
const DELAY_MS = 40;
/** A key that starts with ESC: an arrow, a function key, a letter with Alt. */
const LONG_KEY = new RegExp(`^${ESC}(?:[[O][0-?]*[ -/]*[@-~]?|[^])`);

export class Keyboard {
  private readonly terminal: TerminalIO;
  private readonly actions: KeyActions;
  private escape: NodeJS.Timeout | undefined;
  /** A key that may be incomplete. */
  private begun = '';
  private held = false;

  constructor(terminal: TerminalIO, actions: KeyActions) {
    this.terminal = terminal;
    this.actions = actions;
    this.take();
  }

  /** Lends the keyboard to another reader, such as a question. */
  async lend<T>(use: () => Promise<T>): Promise<T> {
    this.giveBack();
    try {
      return await use();
    } finally {
      this.take();
    }
  }

  /** Drops what was typed so far and releases the keyboard. */
  async close(): Promise<void> {
    await new Promise(setImmediate);
    this.giveBack();
  }

  private take(): void {
    const { input } = this.terminal;
    this.held = true;
    input.setRawMode(true);
    input.on('data', this.onData).on('error', this.onError);
    input.resume();
  }

  private giveBack(): void {
    if (!this.held) return;
    this.held = false;
    clearTimeout(this.escape);
    const { input } = this.terminal;
    input.off('data', this.onData).off('error', this.onError);
    input.pause();
    try {
      input.setRawMode(false);
    } catch {
      // the terminal is gone
    }
  }

  private readonly onError = (): void => {};

  private readonly onData = (bytes: Buffer): void => {
    clearTimeout(this.escape);
    let text = this.begun + bytes.toString('latin1');
    this.begun = '';
    while (text !== '') {
      if (text === ESC) {
        this.begun = text;
        this.escape = setTimeout(() => this.actions.quit(), DELAY_MS);
        return;
      }
      const [long] = LONG_KEY.exec(text) ?? [];
      const action = long === undefined ? KEYS[text[0] as string] : undefined;
      text = text.slice(long?.length ?? 1);
      if (action === 'suspend') void this.lend(() => this.actions.suspend());
      else if (action) this.actions[action]();
    }
  };
}
