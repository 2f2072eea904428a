// `dmctl __complete -- WORD …`: the command that completion scripts run.

import { defineBuiltin } from '../../command/registry.ts';

export const completeWords = defineBuiltin({
  name: '__complete',
  usage: '-- [word ...]',
  summary: 'print the possible completions of the last word, one per line',
  availability: 'one-shot',
  args: { min: 0, max: Number.POSITIVE_INFINITY, names: [] },
  flags: [],
  afterDashes: true,
  hidden: true,
});
