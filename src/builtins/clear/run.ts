// Clears the screen and the rows that have scrolled away.

import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Runner } from '../index.ts';
import type { clear } from './command.ts';

const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

/** Does nothing if the output is not a terminal or the terminal has no control sequences. */
export const runClear: Runner<typeof clear> = async (_parsed, { io }) => {
  if (io.stdout.isTTY && io.env.TERM !== 'dumb') await io.stdout.write(CLEAR);
  return EXIT_CODE.ok;
};
