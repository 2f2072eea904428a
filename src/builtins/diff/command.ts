// `diff`: a task file beside the task that runs.

import type { BuiltinCommand } from '../../args/find-command.ts';

export const diff: BuiltinCommand = {
  name: 'diff',
  usage: '<config_file>',
  summary: 'compare a task file with the task that runs, as far as the DM-master tells',
  availability: 'both',
  needsMaster: true,
  examples: ['diff task.yaml'],
  args: { min: 1, max: 1, names: ['<config_file>'], kinds: ['file'] },
  flags: [],
};
