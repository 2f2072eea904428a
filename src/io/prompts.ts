// Questions on the terminal, through Inquirer's prompts. They are written to standard error.

import checkbox from '@inquirer/checkbox';
import confirm from '@inquirer/confirm';
import input from '@inquirer/input';
import password from '@inquirer/password';
import search from '@inquirer/search';
import select from '@inquirer/select';
import { Cancelled, Interrupted } from '../command/errors.ts';
import type { Asking } from './io.ts';
import type { Choice, Prompter } from './prompter.ts';

type Context = NonNullable<Parameters<typeof confirm>[1]>;

const SHOW_CURSOR = '\u001b[?25h';
const PAGE_ROWS = 10;

/** Asks for a confirmation. Enter alone, Ctrl-C and SIGINT reject. */
export async function askConfirmation(question: string, asking: Asking): Promise<boolean> {
  return await onTerminal(
    asking,
    (context) => confirm({ message: question, default: false }, context),
    () => false,
  );
}

/** Asks for a text that is not shown while it is typed. Throws Interrupted on Ctrl-C and SIGINT. */
export async function askSecret(question: string, asking: Asking): Promise<string> {
  return await onTerminal(
    asking,
    (context) => password({ message: `${question}:` }, context),
    () => {
      throw new Interrupted();
    },
  );
}

/** The questions of guided prompts. Each throws Cancelled on Esc, on Ctrl-C and SIGINT, and when its signal is aborted. */
export function createPrompter(asking: Asking): Prompter {
  const cancelled = (): never => {
    throw new Cancelled();
  };
  const ask = <T>(signal: AbortSignal, prompt: (context: Context) => Promise<T>): Promise<T> =>
    onTerminal(asking, prompt, cancelled, signal);
  return {
    select: (message, choices, signal) =>
      ask(signal, (context) => select({ message, choices: choices.map(choiceOf), pageSize: PAGE_ROWS, loop: false }, context)),
    checkbox: (message, choices, signal) =>
      ask(signal, (context) =>
        checkbox({ message, choices: choices.map(choiceOf), pageSize: PAGE_ROWS, loop: false, required: true }, context),
      ),
    search: (message, source, signal, isWhole = () => true) =>
      ask(signal, (context) =>
        search(
          {
            message,
            source: (term) => source(term ?? '').map(choiceOf),
            validate: isWhole,
            pageSize: PAGE_ROWS,
          },
          context,
        ),
      ),
    input: (message, suggested, signal) =>
      ask(signal, async (context) => {
        const answer = await input({ message, default: suggested, prefill: 'editable', validate: isGiven }, context);
        return answer.trim();
      }),
  };
}

const choiceOf = ({ value, label, short }: Choice): { value: string; name: string; short: string } => ({ value, name: label, short });

const isGiven = (text: string): boolean | string => text.trim() !== '' || 'Enter a value, or press Esc to cancel';

/** Runs a prompt. Esc, Ctrl-C, Ctrl-D, the end of input and an aborted signal end it with `cancelled`. */
async function onTerminal<T>(
  { terminal: { input: keys, messages, atExit }, onInterrupt }: Asking,
  prompt: (context: Context) => Promise<T>,
  cancelled: () => T,
  signal?: AbortSignal,
): Promise<T> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  const onKey = (_text: string | undefined, key?: { readonly name?: string; readonly ctrl?: boolean }): void => {
    if (key?.name === 'escape' || (key?.name === 'd' && key.ctrl)) leave();
  };
  keys.on('keypress', onKey).on('end', leave);
  const forget = atExit(() => messages.write(SHOW_CURSOR)); // a list hides the cursor
  const unsubscribe = onInterrupt(leave);
  try {
    const until = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    return await prompt({ input: keys, output: messages, signal: until });
  } catch (error) {
    if (['ExitPromptError', 'AbortPromptError'].includes((error as Error).name)) return cancelled();
    throw error;
  } finally {
    unsubscribe();
    forget();
    keys.off('keypress', onKey).off('end', leave);
  }
}
