// Questions on a terminal that knows no control sequences (TERM=dumb), where the line is the terminal's own.

import { createInterface } from 'node:readline';
import type { QuestionIO } from './io.ts';

/** Asks whether to go on; no is the answer of all but y and yes, of the end of input, and of a raised signal. */
export function askPlainly(question: string, { input, messages }: QuestionIO, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const lines = createInterface({ input, terminal: false });
    const end = (): void => lines.close();
    let yes = false;
    lines.once('line', (line) => {
      yes = /^y(es)?$/i.test(line.trim());
      end();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', end);
      resolve(yes);
    });
    signal.addEventListener('abort', end);
    messages.write(`${question} (y/N) `);
  });
}
