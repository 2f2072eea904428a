// Shows the history, numbered from its oldest line.

import { Refusal } from '../core/errors.ts';
import { STATUS } from '../core/outcome.ts';
import { say } from '../core/session.ts';
import { goQuote } from '../text/quote.ts';
import type { Runner } from './index.ts';

const WIDTH = 5;

/** Prints the lines, newest last. Throws Refusal. */
export const runHistory: Runner = async (given, { io }, _signal, world) => {
  const lines = world.history?.() ?? [];
  const [text] = given.args;
  if (text !== undefined && !/^[1-9][0-9]*$/.test(text)) {
    throw new Refusal(`${goQuote(text)} is no number of lines; a number from 1 is wanted, such as history 20`);
  }
  const start = Math.max(0, lines.length - Number(text ?? lines.length));
  const rows = lines.slice(start).map((line, i) => {
    const number = String(start + i + 1).padStart(WIDTH);
    return `${number}  ${line.replaceAll('\n', `\n${' '.repeat(WIDTH + 2)}`)}\n`;
  });
  if (rows.length > 0) await say(io.stdout, rows.join(''));
  return STATUS.fine;
};
