// Questions are rare and what asks them is heavy: loaded with the first one.

import type { IO } from '../core/io.ts';

/** Asks whether to go on; see ask.ts. */
export async function askWhether(question: string, terminal: NonNullable<IO['terminal']>): Promise<boolean> {
  return (await import('./ask.ts')).askWhether(question, terminal);
}
