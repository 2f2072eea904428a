// `decrypt`: decrypts a password of a configuration file.

import { defineBuiltin } from '../../command/registry.ts';

export const decrypt = defineBuiltin({
  name: 'decrypt',
  usage: '[ciphertext | -]',
  summary: 'decrypt a password of a configuration file; without an argument, ask for it or read standard input',
  availability: 'both',
  usesDialect: true,
  examples: ['decrypt', 'decrypt -'],
  args: { min: 0, max: 1, names: ['[ciphertext | -]'], kinds: ['none'] },
  flags: [],
});
