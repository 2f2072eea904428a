// Flags that several commands of DM 2.0 and later share.

import type { FlagSpec } from '../../command/flags.ts';

/** The target selector of the generation. */
export const SOURCE = {
  name: 'source',
  short: 's',
  kind: 'strings',
  usage: 'MySQL Source ID.',
  values: 'source',
} as const satisfies FlagSpec;
