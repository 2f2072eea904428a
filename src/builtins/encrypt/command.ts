// `encrypt`: encrypts a password for a configuration file. It is asked for without echo.

import { defineBuiltin } from '../../command/registry.ts';

export const encrypt = defineBuiltin({
  name: 'encrypt',
  usage: '[password | -]',
  summary: 'encrypt a password for a configuration file; without an argument, ask for it or read standard input',
  availability: 'both',
  usesDialect: true,
  examples: ['encrypt', 'encrypt -'],
  args: { min: 0, max: 1, names: ['[password | -]'], kinds: ['none'] },
  flags: [],
});
