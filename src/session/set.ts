// `set`: changes a setting for the rest of the session.

import type { OwnCommand } from '../core/find-command.ts';
import { SETTABLE } from './settable.ts';

export const set: OwnCommand = {
  name: 'set',
  usage: '<setting> <value>',
  summary: `change a setting until the shell ends: ${SETTABLE.map((s) => s.name).join(', ')}`,
  where: 'lines',
  examples: ['set output table', 'set pager "less -FRX"', 'set confirm off'],
  args: {
    least: 2,
    most: 2,
    names: ['<setting>', '<value>'],
    kinds: [{ oneOf: SETTABLE.map((s) => s.name) }, { after: Object.fromEntries(SETTABLE.map((s) => [s.name, s.values])) }],
  },
  flags: [],
};
