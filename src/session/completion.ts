// `dmctl completion SHELL`: a script that teaches a shell to complete dmctl.

import type { OwnCommand } from '../core/find-command.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export const completion: OwnCommand = {
  name: 'completion',
  usage: `<${SHELLS.join('|')}>`,
  summary: 'print a script that completes dmctl in a shell',
  where: 'one-shot',
  examples: ['source <(dmctl completion bash)'],
  args: { least: 1, most: 1, names: [`<${SHELLS.join('|')}>`], kinds: [{ oneOf: SHELLS }] },
  flags: [],
};
