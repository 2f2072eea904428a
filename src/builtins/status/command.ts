// `status`: the master that the shell uses, and the state of the connection.

import { defineBuiltin } from '../../command/registry.ts';

export const status = defineBuiltin({
  name: 'status',
  usage: '',
  summary: 'show the address, generation, release, leader, TLS and latency of the DM-master',
  availability: 'both',
  needsMaster: true,
  readOnly: true,
  examples: ['status'],
  args: { min: 0, max: 0, names: [] },
  flags: [],
});
