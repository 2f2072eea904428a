// `watch <command>`: runs a read-only command repeatedly.

import { defineBuiltin } from '../../command/registry.ts';

export const watch = defineBuiltin({
  name: 'watch',
  usage: '[--interval seconds] [--count n] <command> [argument ...]',
  summary: 'run a read-only command repeatedly and mark what changed',
  availability: 'both',
  needsMaster: true,
  wrapsCommand: true,
  examples: ['watch query-status --problems', 'watch --interval 10 --output jsonl query-status test'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<command>'] },
  flags: [
    {
      name: 'interval',
      kind: 'string',
      usage: '`seconds` from one round to the next, for example 0.5 (default 2)',
      values: 'none',
      extension: true,
    },
    { name: 'count', kind: 'string', usage: 'end after `n` rounds, with the exit status of the last one', values: 'none', extension: true },
  ],
});
