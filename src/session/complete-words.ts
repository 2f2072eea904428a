// `dmctl __complete -- WORD …`: what the completion scripts of shells ask.

import type { OwnCommand } from '../core/find-command.ts';

export const completeWords: OwnCommand = {
  name: '__complete',
  usage: '-- [word ...]',
  summary: 'print what the last word of a command line can become, a line each',
  where: 'one-shot',
  args: { least: 0, most: Number.POSITIVE_INFINITY, names: [] },
  flags: [],
  hidden: true,
};
