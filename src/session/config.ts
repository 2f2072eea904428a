// `config show`: what this run goes by, and where each value came from.

import type { OwnCommand } from '../core/find-command.ts';

export const config: OwnCommand = {
  name: 'config',
  usage: '<show>',
  summary: 'show the settings, and where each came from: flag, environment, profile, file or default',
  where: 'both',
  examples: ['config show', 'config show --output json'],
  args: { least: 1, most: 1, names: ['<show>'], kinds: [{ oneOf: ['show'] }] },
  flags: [],
};
