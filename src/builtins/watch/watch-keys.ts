// What the keys do while a watch runs, and who has the keyboard meanwhile.

import type { Session } from '../../invoke/session.ts';
import type { TerminalIO } from '../../io/io.ts';
import { Keyboard } from './keyboard.ts';
import type { ScreenWriter } from './screen.ts';

export class WatchKeys {
  /** The session for what is watched: its questions borrow the keyboard. */
  readonly session: Session;
  private readonly base: Session;
  private readonly quit: () => void;
  private keyboard: Keyboard | undefined;

  /** `quit`: told when the user has seen enough. */
  constructor(base: Session, quit: () => void) {
    this.base = base;
    this.quit = quit;
    const { ask } = base;
    const asks = ask && ((question: string): Promise<boolean> => this.borrowed(() => ask(question)));
    this.session = Object.create(base, {
      ask: { value: asks },
      options: { value: base.options, writable: true },
      reachable: {
        get: () => base.reachable,
        set: (reachable: boolean) => {
          base.reachable = reachable;
        },
      },
    }) as Session;
  }

  /** Reads the keyboard while something runs; without a terminal there is none. */
  async during<T>(screen: ScreenWriter | undefined, use: () => Promise<T>): Promise<T> {
    const { terminal } = this.base.io;
    if (!terminal) return await use();
    return await this.base.lendTerminal(async () => {
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
      interrupt: () => this.base.io.interrupt(),
      suspend: () => (screen ? screen.away(() => terminal.suspend()) : terminal.suspend()),
      repaint: () => screen?.repaint(),
      abort: () => terminal.abort(),
    };
  }

  private borrowed<T>(use: () => Promise<T>): Promise<T> {
    return this.keyboard ? this.keyboard.lend(use) : use();
  }
}
