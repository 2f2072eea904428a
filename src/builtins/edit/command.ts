// `edit`: changes a task file in the user's editor, and brings the change to the running task.

import { defineBuiltin } from '../../command/registry.ts';

export const edit = defineBuiltin({
  name: 'edit',
  usage: '<config_file> | task <task-name>',
  summary: 'edit a task file, or the configuration of a running task (DM 2.0.1 and later), check it, and update the task after a question',
  availability: 'both',
  needsMaster: true,
  usesDialect: true,
  examples: ['edit task.yaml', 'edit task orders'],
  args: { min: 1, max: 2, names: ['<config_file | task>', '[task-name]'], kinds: ['yaml-file', { after: { task: 'task' } }] },
  flags: [],
});
