// `dmctl sandbox`: an in-memory DM-master for tests and demonstrations.

import { defineBuiltin } from '../../command/registry.ts';

export const sandbox = defineBuiltin({
  name: 'sandbox',
  usage: '[-listen host:port] [-workers n] [-tasks n]',
  summary: 'run an in-memory DM-master for tests and demonstrations, until Ctrl-C',
  availability: 'one-shot',
  examples: ['dmctl sandbox', 'dmctl sandbox -listen 127.0.0.1:0 -workers 3', 'dmctl sandbox -workers 20 -tasks 40'],
  args: { min: 0, max: 0, names: [] },
  flags: [
    {
      name: 'listen',
      kind: 'string',
      usage: 'address to listen on, `host:port`; port 0 selects a free port (default 127.0.0.1:8261)',
      extension: true,
    },
    { name: 'workers', kind: 'string', usage: 'number of workers, `n` from 1 to 200 (default 2)', extension: true },
    { name: 'tasks', kind: 'string', usage: 'number of tasks that run on all workers from the start, `n` from 1 to 100', extension: true },
    { name: 'down', kind: 'string', usage: 'address of a worker that does not answer, `host:port`', extension: true },
    { name: 'sample', kind: 'bool', usage: 'print a sample task file instead', extension: true },
  ],
});
