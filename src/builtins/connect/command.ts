// `connect`: uses another DM-master in the same shell.

import { defineBuiltin } from '../../command/registry.ts';

export const connect = defineBuiltin({
  name: 'connect',
  usage: '<host:port>',
  summary: 'use another DM-master from now on',
  availability: 'lines',
  examples: ['connect 172.16.10.71:8261'],
  args: { min: 1, max: 1, names: ['<host:port>'], kinds: ['none'] },
  flags: [],
});
