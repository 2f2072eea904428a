// Answers the completion scripts. It says nothing else and never fails: it runs in the middle of somebody's line.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { forTerminal } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import type { completeWords } from './command.ts';

/** Prints the candidates, a line each. */
export const runCompleteWords: Runner<typeof completeWords> = async (parsed, context, world) => {
  const found = (await world.candidates?.(parsed.args, context)) ?? [];
  // What cannot be typed is left out, and so a name is a line.
  const lines = found.filter((text) => text === forTerminal(text) && !/[\t\n]/.test(text));
  if (lines.length > 0) await context.io.stdout.write(`${lines.join('\n')}\n`);
  return EXIT_CODE.ok;
};
