// `status`: whom the shell talks to, and how well.

import type { OwnCommand } from '../core/find-command.ts';

export const status: OwnCommand = {
  name: 'status',
  usage: '',
  summary: 'show the address, generation and version of the DM-master, and how far away it is',
  where: 'both',
  needsMaster: true,
  looks: true,
  examples: ['status'],
  args: { least: 0, most: 0, names: [] },
  flags: [],
};
