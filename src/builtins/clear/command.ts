// `clear`: clears the screen.

import { defineBuiltin } from '../../command/registry.ts';

export const clear = defineBuiltin({
  name: 'clear',
  usage: '',
  summary: 'clear the screen',
  availability: 'lines',
  examples: ['clear'],
  args: { min: 0, max: 0, names: [] },
  flags: [],
});
