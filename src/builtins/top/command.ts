// `top`: the state of the cluster on the whole screen.

import { defineBuiltin } from '../../command/registry.ts';

export const top = defineBuiltin({
  name: 'top',
  usage: '[--interval seconds] [task-name or pattern]...',
  summary: 'show the whole cluster on the screen: look, filter, sort, see details, and act on tasks',
  availability: 'both',
  needsMaster: true,
  usesDialect: true,
  examples: ['top', "top 'orders-*'"],
  args: { min: 0, max: Number.POSITIVE_INFINITY, names: ['[task-name or pattern]...'], kinds: ['task'] },
  flags: [
    {
      name: 'interval',
      kind: 'string',
      usage: '`seconds` from one round to the next, for example 0.5 (default 2)',
      values: 'none',
      extension: true,
    },
  ],
});
