// The keys of a watch, and who owns the keyboard meanwhile.

import { type RunContext, withAsk } from '../../invoke/context.ts';
import type { TerminalIO } from '../../io/io.ts';
import { Keyboard } from './keyboard.ts';
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
      const keyboard = new Keyboard(terminal, this.actions(screen, terminal));
      this.keyboard = keyboard;
      try {
        return await use();
      } finally {
        await keyboard.close();
      }
    });
  }

  private actions(screen: ScreenWriter | undefined, terminal: TerminalIO): ConstructorParameters<typeof Keyboard>[1] {
    return {
      quit: this.quit,
      interrupt: () => this.context.io.interrupt(),
      suspend: () => (screen ? screen.away(() => terminal.suspend()) : terminal.suspend()),
      repaint: () => screen?.repaint(),
      abort: () => terminal.abort(),
    };
  }

  private borrowed<T>(use: () => Promise<T>): Promise<T> {
    return this.keyboard ? this.keyboard.lend(use) : use();
  }
}
