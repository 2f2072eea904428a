// `diff`: a task file beside the task that runs.

import type { OwnCommand } from '../core/find-command.ts';

export const diff: OwnCommand = {
  name: 'diff',
  usage: '<config_file>',
  summary: 'compare a task file with the task that runs, as far as the DM-master tells',
  where: 'both',
  needsMaster: true,
  examples: ['diff task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  flags: [],
};
