// Reads the keyboard while a program draws the whole screen, so that no typed key reaches the prompt, or the shell that
// started the program, afterwards.

import { StringDecoder } from 'node:string_decoder';
import type { TerminalIO } from '../io/io.ts';
import { type KeyName, readKeys } from './keys.ts';

/** How long the rest of a key may take, in milliseconds. After that, ESC was the Escape key. */
const DELAY_MS = 40;

export class Keyboard {
  private readonly terminal: TerminalIO;
  private readonly pressed: (key: KeyName) => void;
  private decoder = new StringDecoder('utf8');
  private timer: NodeJS.Timeout | undefined;
  /** A key that may be incomplete. */
  private begun = '';
  private held = false;

  /** `pressed`: called with each key, `escape` among them. */
  constructor(terminal: TerminalIO, pressed: (key: KeyName) => void) {
    this.terminal = terminal;
    this.pressed = pressed;
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
    this.begun = '';
    this.decoder = new StringDecoder('utf8');
    input.setRawMode(true);
    input.on('data', this.onData).on('error', this.onError);
    input.resume();
  }

  private giveBack(): void {
    if (!this.held) return;
    this.held = false;
    clearTimeout(this.timer);
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
    clearTimeout(this.timer);
    const { keys, rest } = readKeys(this.begun + this.decoder.write(bytes));
    this.begun = rest;
    for (const key of keys) {
      if (!this.held) return; // a key lent the keyboard
      this.pressed(key);
    }
    if (rest !== '') this.timer = setTimeout(() => this.escape(), DELAY_MS);
  };

  /** The rest of the key did not arrive. */
  private escape(): void {
    const alone = this.begun === '\u001b';
    this.begun = '';
    if (alone) this.pressed('escape');
  }
}
