// Questions on a terminal without control sequences (TERM=dumb), where the terminal itself edits the line.

import { createInterface } from 'node:readline';
import type { QuestionIO } from './io.ts';

/** Asks for a confirmation. Everything but y and yes rejects, as do the end of input and an aborted signal. */
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
