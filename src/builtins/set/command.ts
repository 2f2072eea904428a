// `set`: changes a setting for the rest of the session.

import { defineBuiltin } from '../../command/registry.ts';
import { SETTABLE } from '../../config/settable.ts';

export const set = defineBuiltin({
  name: 'set',
  usage: '<setting> <value>',
  summary: `change a setting until the shell ends: ${SETTABLE.map((s) => s.name).join(', ')}`,
  availability: 'lines',
  examples: ['set output table', 'set pager "less -FRX"', 'set confirm off'],
  args: {
    min: 2,
    max: 2,
    names: ['<setting>', '<value>'],
    kinds: [{ oneOf: SETTABLE.map((s) => s.name) }, { after: Object.fromEntries(SETTABLE.map((s) => [s.name, s.values])) }],
  },
  flags: [],
});
