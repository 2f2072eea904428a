// `use`: uses a profile of the configuration file in the same shell.

import { defineBuiltin } from '../../command/registry.ts';

export const use = defineBuiltin({
  name: 'use',
  usage: '[profile]',
  summary: 'use a profile of the configuration file from now on, or list the profiles',
  availability: 'lines',
  instead: 'For one command, use -profile NAME. To set the default profile, use dmctl config use NAME.',
  mustSucceed: true,
  examples: ['use', 'use staging'],
  args: { min: 0, max: 1, names: ['[profile]'], kinds: ['profile'] },
  flags: [],
});
