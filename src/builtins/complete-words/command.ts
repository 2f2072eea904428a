// `dmctl __complete -- WORD …`: what the completion scripts of shells ask.

import type { BuiltinCommand } from '../../args/find-command.ts';

export const completeWords: BuiltinCommand = {
  name: '__complete',
  usage: '-- [word ...]',
  summary: 'print what the last word of a command line can become, a line each',
  availability: 'one-shot',
  args: { min: 0, max: Number.POSITIVE_INFINITY, names: [] },
  flags: [],
  hidden: true,
};
