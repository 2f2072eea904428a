// The keys of a watch, and who owns the keyboard meanwhile.

import { Keyboard } from '../../full-screen/keyboard.ts';
import type { KeyName } from '../../full-screen/keys.ts';
import { type RunContext, withAsk } from '../../invoke/context.ts';
import type { TerminalIO } from '../../io/io.ts';
import type { ScreenWriter } from './screen.ts';

export class WatchKeys {
  /** For the wrapped command: its questions borrow the keyboard. */
  readonly context: RunContext;
  private readonly quit: () => void;
  private keyboard: Keyboard | undefined;

  /** `quit`: aborted when the user quits. */
  constructor(base: RunContext, quit: () => void) {
    this.quit = quit;
    const { ask } = base;
    this.context = withAsk(base, ask && ((question) => this.borrowed(() => ask(question))));
  }

  /** Reads the keyboard while a function runs. Without a terminal there is no keyboard. */
  async during<T>(screen: ScreenWriter | undefined, use: () => Promise<T>): Promise<T> {
    const { terminal } = this.context.io;
    if (!terminal) return await use();
    return await this.context.lendTerminal(async () => {
      const keyboard = new Keyboard(terminal, (key) => this.pressed(key, screen, terminal));
      this.keyboard = keyboard;
      try {
        return await use();
      } finally {
        await keyboard.close();
      }
    });
  }

  private pressed(key: KeyName, screen: ScreenWriter | undefined, terminal: TerminalIO): void {
    const actions: Readonly<Record<KeyName, () => void>> = {
      q: this.quit,
      escape: this.quit,
      'ctrl-c': () => this.context.io.interrupt(),
      'ctrl-z': () => void this.borrowed(() => (screen ? screen.away(() => terminal.suspend()) : terminal.suspend())),
      'ctrl-l': () => screen?.repaint(),
      'ctrl-\\': () => terminal.abort(),
    };
    const action = actions[key] ?? (() => screen?.scroll(key));
    action();
  }

  private borrowed<T>(use: () => Promise<T>): Promise<T> {
    return this.keyboard ? this.keyboard.lend(use) : use();
  }
}
