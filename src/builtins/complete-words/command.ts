// `dmctl __complete -- WORD …`: the command that completion scripts run.

import { defineBuiltin } from '../../command/registry.ts';

export const completeWords = defineBuiltin({
  name: '__complete',
  usage: '-- [word ...]',
  summary: 'print what the last word of a command line can become, a line each',
  availability: 'one-shot',
  args: { min: 0, max: Number.POSITIVE_INFINITY, names: [] },
  flags: [],
  hidden: true,
});
