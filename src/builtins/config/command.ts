// `config show`: the settings of this run and the origin of each value.

import { defineBuiltin } from '../../command/registry.ts';

export const config = defineBuiltin({
  name: 'config',
  usage: '<show>',
  summary: 'show the settings and where each value came from: flag, environment, profile, file or default',
  availability: 'both',
  examples: ['config show', 'config show --output json'],
  args: { min: 1, max: 1, names: ['<show>'], kinds: [{ oneOf: ['show'] }] },
  flags: [],
});
