// Advances the simulated cluster in time. Without a request, nothing else changes the state.

import { advanceDemos, isQuiet } from './demo.ts';
import { writeBeside } from './neighbours.ts';
import type { State } from './state.ts';
import { advanceTask, workOff } from './subtask.ts';
import { replay } from './syncer.ts';
import { relayOn, writeRows } from './upstream.ts';

/** The smallest step in milliseconds: a scheduled event happens at most this late. */
const STEP = 500;
/** The longest idle time in milliseconds that is simulated. Time before it is skipped. */
const LONGEST = 3_600_000;

/**
 * Advances the machine to `now` (milliseconds since its start, never decreasing). Steps are at fixed times, so that the
 * outcome does not depend on how often this function is called.
 */
export function advance(state: State, now: number): void {
  if (now - state.now > LONGEST) state.now = now - LONGEST;
  do {
    const next = Math.min(now, (Math.floor(state.now / STEP) + 1) * STEP);
    step(state, Math.max(state.now, next));
  } while (state.now < now);
}

function step(state: State, to: number): void {
  const since = state.now;
  state.now = to;
  const { trafficMs } = state.options;
  const writes = trafficMs > 0 ? Math.floor(to / trafficMs) - Math.floor(since / trafficMs) : 0;
  advanceDemos(state);
  for (const worker of state.workers.values()) {
    if (worker.upstream.up) {
      if (!isQuiet(worker)) for (let i = 0; i < writes; i++) writeRows(worker);
      writeBeside(worker, since, to);
    }
    if (!worker.up) continue;
    relayOn(worker);
    for (const task of [...worker.tasks.values()]) advanceTask(state, worker, task, to - since);
  }
  replay(state);
  for (const worker of state.workers.values()) if (worker.up && worker.queue.length > 0) workOff(state, worker);
}
