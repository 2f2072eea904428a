// Writes texts that may contain data from the network, and texts that must fit into a terminal.

import { reflow, wrapMessage } from '../text/reflow.ts';
import { forTerminal } from '../text/sanitize.ts';
import type { Output } from './io.ts';

/** Writes a text with its control characters made visible, even to a pipe, since its content may end up on a terminal. */
export async function writeSafe(output: Output, text: string): Promise<void> {
  await output.write(forTerminal(text));
}

/** The columns of a terminal; undefined if the output is not a terminal. */
const columnsOf = ({ isTTY, columns }: Output): number | undefined => (isTTY ? (columns ?? 80) : undefined);

/** Writes a message safely. On a terminal, its lines are broken between words. */
export async function writeMessage(output: Output, text: string): Promise<void> {
  const columns = columnsOf(output);
  const safe = forTerminal(text);
  await output.write(columns === undefined ? safe : wrapMessage(safe, columns));
}

/**
 * Writes a help or usage text safely. On a terminal, it is fitted into the columns.
 * @param otherwise the columns if the output is not a terminal; undefined for unchanged lines
 */
export async function writeHelp(output: Output, text: string, otherwise?: number): Promise<void> {
  const columns = columnsOf(output) ?? otherwise;
  const safe = forTerminal(text);
  await output.write(columns === undefined ? safe : reflow(safe, columns));
}
