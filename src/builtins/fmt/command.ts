// `fmt`: formats task and source files, and replaces deprecated keys.

import { defineBuiltin } from '../../command/registry.ts';

export const fmt = defineBuiltin({
  name: 'fmt',
  usage: '<file|-> ... [--upgrade [--dm release]] [--check]',
  summary: 'format task and source files: order of keys, indentation; --upgrade replaces deprecated keys',
  availability: 'both',
  examples: ['fmt task.yaml', 'fmt --check conf/task.yaml', 'fmt --upgrade --dm 8.5 task.yaml'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<file|->'], kinds: ['yaml-file'] },
  flags: [
    { name: 'check', kind: 'bool', usage: 'write nothing. Exit status 1 if a file would change', extension: true },
    { name: 'stdout', kind: 'bool', usage: 'print the result instead of writing it', extension: true },
    { name: 'upgrade', kind: 'bool', usage: 'replace deprecated keys where the meaning stays the same', extension: true },
    {
      name: 'dm',
      kind: 'string',
      usage: '`release` of DM for --upgrade, such as 6.5 or 8.5 (default: that of the DM-master, or 8.5)',
      values: { oneOf: ['2.0', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5', '26.3'] },
      extension: true,
    },
  ],
});
