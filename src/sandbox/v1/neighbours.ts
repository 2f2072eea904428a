// Other writes in the upstream: changes of databases that its tasks do not replicate.

import { BUSY_NEIGHBOUR } from './demo.ts';
import type { Worker } from './state.ts';
import { writeForeign } from './upstream.ts';

/** Milliseconds between two rows of another database, and between two heartbeats. */
const NEIGHBOUR = 200;
const HEARTBEAT = 1000;

/** Writes what was due between two times in milliseconds. A worker that is down writes no heartbeats. */
export function writeBeside(worker: Worker, since: number, to: number): void {
  const tasks = [...worker.tasks.values()];
  const due = (every: number): number => Math.floor(to / every) - Math.floor(since / every);
  const beats = worker.up && tasks.some((t) => t.part.heartbeat && t.stage === 'Running' && t.unit === 'Sync');
  const rows = (tasks.some((t) => t.part.name.includes(BUSY_NEIGHBOUR)) ? due(NEIGHBOUR) : 0) + (beats ? due(HEARTBEAT) : 0);
  for (let i = 0; i < rows; i += 1) writeForeign(worker);
}
