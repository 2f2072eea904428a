// `doctor`: checks the connection, the masters, the tasks and the files, and says what to do.

import { defineBuiltin } from '../../command/registry.ts';

export const doctor = defineBuiltin({
  name: 'doctor',
  usage: '[--config-dir folder] [--max-lag lag]',
  summary: 'check the connection, the DM-masters, the workers and the tasks. Exit status: 0 nothing failed, 1 a check failed',
  availability: 'both',
  readOnly: true,
  examples: ['doctor', 'doctor --max-lag 30s --config-dir conf/'],
  args: { min: 0, max: 0, names: [] },
  flags: [
    {
      name: 'config-dir',
      kind: 'string',
      usage: 'also compare the task and source files in this `folder` with what runs',
      values: 'file',
      extension: true,
    },
    {
      name: 'max-lag',
      kind: 'string',
      usage: 'warn of sub tasks that are more than this `lag` behind: 30s, or 1MiB of the binlog (default 60s if DM reports seconds)',
      values: 'none',
      extension: true,
    },
  ],
});
