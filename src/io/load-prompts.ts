// Questions are rare and what asks them is heavy: loaded with the first one.

import type { QuestionIO } from './io.ts';
import type { Asking } from './prompts.ts';

/** Asks whether to go on; see ask.ts. */
export async function askConfirmation(question: string, asking: Asking): Promise<boolean> {
  return (await import('./prompts.ts')).askConfirmation(question, asking);
}

/** The same on a terminal that knows no control sequences; see ask-plainly.ts. */
export async function askPlainly(question: string, terminal: QuestionIO, signal: AbortSignal): Promise<boolean> {
  return (await import('./plain-prompts.ts')).askPlainly(question, terminal, signal);
}
