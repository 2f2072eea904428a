// `history [n]`: the recorded lines.

import { defineBuiltin } from '../../command/registry.ts';

export const history = defineBuiltin({
  name: 'history',
  usage: '[n]',
  summary: 'show the lines typed so far, or only the last n',
  availability: 'lines',
  examples: ['history 20'],
  args: { min: 0, max: 1, names: ['[n]'] },
  flags: [],
});
