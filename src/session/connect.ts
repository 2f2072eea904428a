// `connect`: talk to another DM-master without leaving the shell.

import type { OwnCommand } from '../core/find-command.ts';

export const connect: OwnCommand = {
  name: 'connect',
  usage: '<host:port>',
  summary: 'talk to another DM-master from now on',
  where: 'lines',
  examples: ['connect 172.16.10.71:8261'],
  args: { least: 1, most: 1, names: ['<host:port>'], kinds: ['none'] },
  flags: [],
};
