// `dmctl completion SHELL`: prints a script that adds completion to a shell.

import { defineBuiltin } from '../../command/registry.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const completion = defineBuiltin({
  name: 'completion',
  usage: `<${SHELLS.join('|')}>`,
  summary: 'print a completion script for a shell',
  availability: 'one-shot',
  examples: ['source <(dmctl completion bash)'],
  args: { min: 1, max: 1, names: [`<${SHELLS.join('|')}>`], kinds: [{ oneOf: SHELLS }] },
  flags: [],
});
