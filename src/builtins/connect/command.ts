// `connect`: talk to another DM-master without leaving the shell.

import type { BuiltinCommand } from '../../args/find-command.ts';

export const connect: BuiltinCommand = {
  name: 'connect',
  usage: '<host:port>',
  summary: 'talk to another DM-master from now on',
  availability: 'lines',
  examples: ['connect 172.16.10.71:8261'],
  args: { min: 1, max: 1, names: ['<host:port>'], kinds: ['none'] },
  flags: [],
};
