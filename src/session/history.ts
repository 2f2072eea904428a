// `history [n]`: what was typed.

import type { OwnCommand } from '../core/find-command.ts';

export const history: OwnCommand = {
  name: 'history',
  usage: '[n]',
  summary: 'show the lines that were typed, or the last n of them',
  where: 'lines',
  examples: ['history 20'],
  args: { least: 0, most: 1, names: ['[n]'] },
  flags: [],
};
