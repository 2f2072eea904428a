// `encrypt-file`: encrypts the passwords of configuration files in place.

import { defineBuiltin } from '../../command/registry.ts';

export const encryptFile = defineBuiltin({
  name: 'encrypt-file',
  usage: '<file> ... [--dm release]',
  summary: 'encrypt the plain-text passwords of task, source and worker files in place',
  availability: 'both',
  examples: ['encrypt-file task.yaml', 'encrypt-file --dm 6.5 --yes task.yaml source.yaml'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<file>'], kinds: ['config-file'] },
  flags: [
    {
      name: 'dm',
      kind: 'string',
      usage: '`release` of DM that reads the files, such as 1.0.7, 6.5 or 8.5 (default: that of the DM-master)',
      values: { oneOf: ['1.0', '2.0', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5', '26.3'] },
      extension: true,
    },
  ],
});
