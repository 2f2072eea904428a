// `lint`: checks configuration files without a master.

import { defineBuiltin } from '../../command/registry.ts';

/** The kinds of files, as in src/config-files, which only the run loads. */
const KINDS = ['task', 'source', 'worker', 'master'];

export const lint = defineBuiltin({
  name: 'lint',
  usage: '<file|folder|-> ... [--dm release] [--match db.table]',
  summary: 'check task, source, worker and master files without a DM-master. Exit status: 0 no errors, 1 errors, 2 unreadable',
  availability: 'both',
  examples: ['lint task.yaml', 'lint --dm 6.5 conf/', 'lint task.yaml --match shop.orders'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<file|folder|->'], kinds: ['config-file'] },
  flags: [
    {
      name: 'dm',
      kind: 'string',
      usage: '`release` of DM to check for, such as 1.0.7, 6.5 or 8.5 (default: the newest of the generation of the file)',
      values: { oneOf: ['1.0', '2.0', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5', '26.3'] },
      extension: true,
    },
    {
      name: 'kind',
      kind: 'string',
      usage: `\`kind\` of the files: ${KINDS.join(', ')} (default: found from the keys)`,
      values: { oneOf: KINDS },
      extension: true,
    },
    {
      name: 'format',
      kind: 'string',
      usage: '`format` for other tools: sarif, or github for annotations. -o json and -o jsonl work too',
      values: { oneOf: ['sarif', 'github'] },
      extension: true,
    },
    {
      name: 'match',
      kind: 'string',
      usage: 'show what happens to a source table instead, `db.table`: lists, routes and filters',
      values: 'none',
      extension: true,
    },
  ],
});
