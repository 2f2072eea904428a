// `status`: whom the shell talks to, and how well.

import type { BuiltinCommand } from '../../args/find-command.ts';

export const status: BuiltinCommand = {
  name: 'status',
  usage: '',
  summary: 'show the address, generation and version of the DM-master, and how far away it is',
  availability: 'both',
  needsMaster: true,
  readOnly: true,
  examples: ['status'],
  args: { min: 0, max: 0, names: [] },
  flags: [],
};
