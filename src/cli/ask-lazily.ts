// Questions are rare and what asks them is heavy: loaded with the first one.

import type { Asking } from './ask.ts';

/** Asks whether to go on; see ask.ts. */
export async function askWhether(question: string, asking: Asking): Promise<boolean> {
  return (await import('./ask.ts')).askWhether(question, asking);
}
