// Flags that only some releases have, and our own, which several commands share.

import type { FlagSpec } from '../../command/flags.ts';

export const CHECK = {
  name: 'check',
  kind: 'bool',
  usage: 'check the file first, as check-task does, and continue only if the check passes',
  extension: true,
} as const satisfies FlagSpec;

/** How many tasks of a whole source are operated at the same time. */
export const BATCH_SIZE = [
  {
    name: 'batch-size',
    kind: 'int',
    usage: 'batch size when operating all (sub)tasks bound to a source',
    default: 5,
    since: '5.4',
    values: 'none',
  },
] as const satisfies readonly FlagSpec[];
