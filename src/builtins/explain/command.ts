// `explain`: the meaning of a DM error, and what to do next.

import { defineBuiltin } from '../../command/registry.ts';

export const explain = defineBuiltin({
  name: 'explain',
  usage: '[code ... | text | -]',
  summary: 'explain a DM error and what to do next, by its code or its text',
  availability: 'both',
  examples: ['explain 10006', "explain '[code=40050:class=dm-worker:scope=internal:level=high] current stage …'"],
  args: {
    min: 0,
    max: Number.POSITIVE_INFINITY,
    names: ['[code ... | text | -]'],
    kinds: ['error-code'],
  },
  flags: [],
  textTail: true,
});
