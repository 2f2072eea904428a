// The flag of every command that changes the cluster; what it does is in dry-run.ts, loaded when it is given.

import type { FlagSpec } from './spec.ts';

export const DRY_RUN: FlagSpec = {
  name: 'dry-run',
  kind: 'bool',
  usage: 'show what the command would send, without sending it',
  extension: true,
};
