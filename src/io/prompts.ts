// Questions on the terminal.

import { cursorShow } from '@inquirer/ansi';
import inquirer from 'inquirer';
import { Interrupted } from '../command/errors.ts';
import type { IO, QuestionIO } from './io.ts';

/** What a question needs: a terminal, and to hear of SIGINT. */
export type Asking = Pick<IO, 'onInterrupt'> & { readonly terminal: QuestionIO };

/** Asks whether to go on; no is the answer of a mere Enter, of Ctrl-C and of SIGINT. */
export async function askConfirmation(question: string, asking: Asking): Promise<boolean> {
  return (await ask<boolean>({ type: 'confirm', message: question, default: false }, asking)) ?? false;
}

/**
 * Asks for a text that is not shown while it is typed. The question goes to standard error. Throws Interrupted on Ctrl-C and
 * SIGINT.
 */
export async function askSecret(question: string, asking: Asking): Promise<string> {
  const secret = await ask<string>({ type: 'password', message: `${question}:` }, asking);
  if (secret === undefined) throw new Interrupted();
  return secret;
}

/** The answer; undefined where the question was interrupted. However the program ends, the cursor is there again. */
async function ask<T>(question: object, { terminal, onInterrupt }: Asking): Promise<T | undefined> {
  const { input, messages } = terminal;
  const stop = new AbortController();
  const unsubscribe = onInterrupt(() => stop.abort());
  const forget = terminal.atExit(() => messages.write(cursorShow));
  const prompt = inquirer.createPromptModule({ input, output: messages, signal: stop.signal });
  try {
    const { answer }: { answer?: unknown } = await prompt([{ ...question, name: 'answer' } as never]);
    return answer as T;
  } catch (e) {
    if (/^(?:Exit|Abort)PromptError$/.test((e as Error).name)) return undefined;
    throw e;
  } finally {
    forget();
    unsubscribe();
  }
}
