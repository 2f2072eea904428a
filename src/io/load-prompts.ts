// Loads the prompts with the first question, because questions are rare and their libraries are large.

import type { Asking, QuestionIO } from './io.ts';
import type { Prompter } from './prompter.ts';

/** Asks for a confirmation. See prompts.ts. */
export async function askConfirmation(question: string, asking: Asking): Promise<boolean> {
  return (await import('./prompts.ts')).askConfirmation(question, asking);
}

/** Asks for a text that is not shown. `dumb`: the terminal has no control sequences. See prompts.ts and plain-prompts.ts. */
export async function askSecret(question: string, asking: Asking, dumb: boolean): Promise<string> {
  if (dumb) return (await import('./plain-prompts.ts')).askSecretPlainly(question, asking);
  return (await import('./prompts.ts')).askSecret(question, asking);
}

/** Asks on a terminal without control sequences. See plain-prompts.ts. */
export async function askPlainly(question: string, terminal: QuestionIO, signal: AbortSignal): Promise<boolean> {
  return (await import('./plain-prompts.ts')).askPlainly(question, terminal, signal);
}

/** The questions of guided prompts. See prompts.ts. */
export function lazyPrompter(asking: Asking): Prompter {
  const loaded = async (): Promise<Prompter> => (await import('./prompts.ts')).createPrompter(asking);
  return {
    select: async (...question) => (await loaded()).select(...question),
    checkbox: async (...question) => (await loaded()).checkbox(...question),
    search: async (...question) => (await loaded()).search(...question),
    input: async (...question) => (await loaded()).input(...question),
  };
}
