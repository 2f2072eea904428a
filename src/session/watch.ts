// `watch <command>`: a command that only looks, again and again.

import type { OwnCommand } from '../core/find-command.ts';

export const watch: OwnCommand = {
  name: 'watch',
  usage: '[--interval seconds] [--count n] <command> [argument ...]',
  summary: 'run a command that changes nothing again and again, and mark what changed',
  where: 'both',
  needsMaster: true,
  wraps: true,
  examples: ['watch query-status --problems', 'watch --interval 10 --output jsonl query-status test'],
  args: { least: 1, most: Number.POSITIVE_INFINITY, names: ['<command>'] },
  flags: [
    {
      name: 'interval',
      kind: 'string',
      usage: '`seconds` from one round to the next, such as 0.5; 2 when left out',
      values: 'none',
      ours: true,
    },
    { name: 'count', kind: 'string', usage: 'end after `n` rounds, with the status of the last one', values: 'none', ours: true },
  ],
};
