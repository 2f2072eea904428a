// `dmctl sandbox`: an in-memory DM-master to try things on.

import { defineBuiltin } from '../../command/registry.ts';

export const sandbox = defineBuiltin({
  name: 'sandbox',
  usage: '[-listen host:port] [-workers n] [-tasks n]',
  summary: 'run an in-memory DM-master to try things on, until it is ended',
  availability: 'one-shot',
  examples: ['dmctl sandbox', 'dmctl sandbox -listen 127.0.0.1:0 -workers 3', 'dmctl sandbox -workers 20 -tasks 40'],
  args: { min: 0, max: 0, names: [] },
  flags: [
    {
      name: 'listen',
      kind: 'string',
      usage: 'address to listen on, `host:port`; port 0 takes a free one (127.0.0.1:8261 when left out)',
      extension: true,
    },
    { name: 'workers', kind: 'string', usage: 'how many workers it has, `n` from 1 to 200 (2 when left out)', extension: true },
    { name: 'tasks', kind: 'string', usage: 'how many tasks run on all workers from the start, `n` from 1 to 100', extension: true },
    { name: 'down', kind: 'string', usage: 'a worker that does not answer, `host:port`', extension: true },
    { name: 'sample', kind: 'bool', usage: 'print a task file to begin with instead', extension: true },
  ],
});
