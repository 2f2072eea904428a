// `diff`: compares a task file with the running task.

import { defineBuiltin } from '../../command/registry.ts';

export const diff = defineBuiltin({
  name: 'diff',
  usage: '<config_file>',
  summary: 'compare a task file with the task in the cluster, as far as the DM-master reports it',
  availability: 'both',
  needsMaster: true,
  usesDialect: true,
  prefersTable: true,
  examples: ['diff task.yaml'],
  args: { min: 1, max: 1, names: ['<config_file>'], kinds: ['yaml-file'] },
  flags: [],
});
