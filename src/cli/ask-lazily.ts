// Questions are rare and what asks them is heavy: loaded with the first one.

import type { QuestionIO } from '../core/io.ts';
import type { Asking } from './ask.ts';

/** Asks whether to go on; see ask.ts. */
export async function askWhether(question: string, asking: Asking): Promise<boolean> {
  return (await import('./ask.ts')).askWhether(question, asking);
}

/** The same on a terminal that knows no control sequences; see ask-plainly.ts. */
export async function askPlainly(question: string, terminal: QuestionIO, signal: AbortSignal): Promise<boolean> {
  return (await import('./ask-plainly.ts')).askPlainly(question, terminal, signal);
}
