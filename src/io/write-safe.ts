// Writes texts that may contain data from the network.

import { forTerminal } from '../text/sanitize.ts';
import type { Output } from './io.ts';

/** Writes a text with its control characters made visible, even to a pipe, since its content may end up on a terminal. */
export async function writeSafe(output: Output, text: string): Promise<void> {
  await output.write(forTerminal(text));
}
