// `explain`: what an error of DM's means, and what to do next.

import type { OwnCommand } from '../core/find-command.ts';
import { NUMBERS } from '../views/errors/numbers.ts';

export const explain: OwnCommand = {
  name: 'explain',
  usage: '[code ... | text | -]',
  summary: 'tell what an error of DM means and what to do next, by its code or its text',
  where: 'both',
  examples: ['explain 10006', "dmctl explain '[code=40050:class=dm-worker:scope=internal:level=high] current stage …'"],
  args: {
    least: 0,
    most: Number.POSITIVE_INFINITY,
    names: ['[code ... | text | -]'],
    kinds: [{ oneOf: NUMBERS.map(String) }],
  },
  flags: [],
  textTail: true,
};
