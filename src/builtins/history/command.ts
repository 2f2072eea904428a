// `history [n]`: the lines that were typed.

import { defineBuiltin } from '../../command/registry.ts';

export const history = defineBuiltin({
  name: 'history',
  usage: '[n]',
  summary: 'show the lines that were typed, or the last n of them',
  availability: 'lines',
  examples: ['history 20'],
  args: { min: 0, max: 1, names: ['[n]'] },
  flags: [],
});
