// Questions on a terminal without control sequences (TERM=dumb), where the terminal itself edits the line.

import { createInterface } from 'node:readline';
import { StringDecoder } from 'node:string_decoder';
import { Interrupted, NOT_SENT } from '../command/errors.ts';
import type { Asking, QuestionIO } from './io.ts';

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

const ENTER = /[\r\n]/;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const ERASE = ['\u0008', '\u007f'];

/** Asks for a text that is not shown while it is typed. Throws Interrupted on Ctrl-C, Ctrl-D and the end of input. */
export function askSecretPlainly(question: string, { terminal, onInterrupt }: Asking): Promise<string> {
  const { input, messages, atExit } = terminal;
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let typed: string[] = [];
    const restore = (): void => void input.setRawMode(false);
    const forget = atExit(restore);
    const done = (use: () => void): void => {
      input.off('data', onData).off('end', stop).pause();
      restore();
      forget();
      unsubscribe();
      messages.write('\n');
      use();
    };
    const stop = (): void => done(() => reject(new Interrupted(NOT_SENT)));
    const onData = (bytes: Buffer): void => {
      for (const char of decoder.write(bytes)) {
        if (ENTER.test(char) || char === CTRL_C || char === CTRL_D) {
          if (ENTER.test(char)) done(() => resolve(typed.join('')));
          else stop();
          return;
        }
        if (char === CTRL_U) typed = [];
        else if (ERASE.includes(char)) typed.pop();
        else typed.push(char);
      }
    };
    const unsubscribe = onInterrupt(stop);
    input.setRawMode(true);
    messages.write(`${question}: `);
    input.on('data', onData).on('end', stop).resume();
  });
}
