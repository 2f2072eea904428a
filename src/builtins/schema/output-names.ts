// The names of the output schemas, in a file of their own, because the declaration of `schema` needs them at every start.

/** In the order in which they are listed. */
export const OUTPUT_NAMES = [
  'query-status',
  'wait',
  'bulk',
  'dry-run',
  'status',
  'doctor',
  'diff',
  'explain',
  'lint',
  'config-show',
  'config-use',
  'use',
  'connect',
  'history',
] as const;
