// Writes texts that may hold what came from the network.

import { forTerminal } from '../text/sanitize.ts';
import type { Output } from './io.ts';

/** Writes a text that may hold what came from the network, its control characters shown: what a pipe takes ends on a terminal. */
export async function writeSafe(output: Output, text: string): Promise<void> {
  await output.write(forTerminal(text));
}
