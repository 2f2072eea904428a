// `explain`: what an error of DM's means, and what to do next.

import type { BuiltinCommand } from '../../args/find-command.ts';
import { NUMBERS } from '../../dialects/v1/errors/numbers.ts';

export const explain: BuiltinCommand = {
  name: 'explain',
  usage: '[code ... | text | -]',
  summary: 'tell what an error of DM means and what to do next, by its code or its text',
  availability: 'both',
  examples: ['explain 10006', "dmctl explain '[code=40050:class=dm-worker:scope=internal:level=high] current stage …'"],
  args: {
    min: 0,
    max: Number.POSITIVE_INFINITY,
    names: ['[code ... | text | -]'],
    kinds: [{ oneOf: NUMBERS.map(String) }],
  },
  flags: [],
  textTail: true,
};
