// Answers the completion scripts. It prints nothing else and never fails, because it runs while a user types.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import { forTerminal } from '../../text/sanitize.ts';
import type { Runner } from '../index.ts';
import type { completeWords } from './command.ts';

/** Prints the candidates, one per line. */
export const runCompleteWords: Runner<typeof completeWords> = async (parsed, context, world) => {
  const found = (await world.candidates?.(parsed.args, context)) ?? [];
  // Names that cannot be typed are left out, so each name is one line.
  const lines = found.filter((text) => text === forTerminal(text) && !/[\t\n]/.test(text));
  if (lines.length > 0) await context.io.stdout.write(`${lines.join('\n')}\n`);
  return EXIT_CODE.ok;
};
