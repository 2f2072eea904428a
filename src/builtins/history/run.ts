// Shows the history, numbered from its oldest line.

import { Refusal } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { renderValue } from '../../output/renderer.ts';
import type { View } from '../../presenters/view.ts';
import { goQuote } from '../../text/quote.ts';
import type { Runner } from '../index.ts';
import type { history } from './command.ts';

const WIDTH = 5;

/** Prints the lines, newest last. Throws Refusal. */
export const runHistory: Runner<typeof history> = async (parsed, context, world) => {
  const lines = world.history?.() ?? [];
  const [text] = parsed.args;
  if (text !== undefined && !/^[1-9][0-9]*$/.test(text)) {
    throw new Refusal(`invalid number of lines ${goQuote(text)}: use a number from 1, for example history 20`);
  }
  const start = Math.max(0, lines.length - Number(text ?? lines.length));
  const shown = lines.slice(start);
  const rows = shown.map((line, i) => {
    const number = String(start + i + 1).padStart(WIDTH);
    return `${number}  ${line.replaceAll('\n', `\n${' '.repeat(WIDTH + 2)}`)}\n`;
  });
  const view: View = {
    columns: [
      { title: 'LINE', align: 'right' },
      { title: 'TYPED', cut: true },
    ],
    rows: shown.map((line, i) => ({ key: String(i), name: line, cells: [String(start + i + 1), line] })),
  };
  await renderValue(context, shown, view, () => rows);
  return EXIT_CODE.ok;
};
