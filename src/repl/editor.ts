// The seam of the line editor: how a line is typed on a terminal.

import readline from 'node:readline';
import type { IO } from '../core/io.ts';

export type Typed = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupt' } | { readonly kind: 'end' };

export interface LineEditor {
  /** Asks for one line. `end`: Ctrl-D or a terminal that went away. `interrupt`: Ctrl-C at the prompt. */
  read(prompt: string): Promise<Typed>;
  close(): void;
}

/** Arrows and a history in memory; Ctrl-C while a call runs interrupts it; typed and pasted lines wait while a call runs. */
export function plainEditor(terminal: NonNullable<IO['terminal']>, interrupt: () => void): LineEditor {
  const rl = readline.createInterface({ input: terminal.input, output: terminal.output, terminal: true, historySize: 500 });
  const waiting: Typed[] = [];
  let wake: ((typed: Typed) => void) | undefined;
  const give = (typed: Typed): void => {
    if (wake) {
      const take = wake;
      wake = undefined;
      take(typed);
    } else if (typed.kind !== 'interrupt') waiting.push(typed);
  };
  rl.on('line', (text) => give({ kind: 'line', text }));
  rl.on('close', () => give({ kind: 'end' }));
  rl.on('SIGINT', () => {
    if (!wake) {
      interrupt();
      return;
    }
    terminal.output.write('^C\n');
    Object.assign(rl, { line: '', cursor: 0 });
    give({ kind: 'interrupt' });
  });
  return {
    read: (prompt) => {
      const next = waiting.shift();
      if (next) {
        terminal.output.write(`${prompt}${next.kind === 'line' ? next.text : ''}\n`);
        return Promise.resolve(next);
      }
      rl.setPrompt(prompt);
      rl.prompt();
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    close: () => rl.close(),
  };
}
