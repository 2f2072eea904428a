// Time passes: the only way in which anything changes without a request.

import { advanceDemos, isQuiet } from './demo.ts';
import { writeBeside } from './neighbours.ts';
import type { State } from './state.ts';
import { advanceTask, workOff } from './subtask.ts';
import { replay } from './syncer.ts';
import { relayOn, writeRows } from './upstream.ts';

/** Milliseconds of the finest step: how late, at most, something scheduled happens. */
const STEP = 500;
/** What a sandbox that nobody asked for longer skips. */
const LONGEST = 3_600_000;

/**
 * Brings the machine to `now` (milliseconds from its start, never going back). Steps lie at fixed times, so that the
 * outcome does not depend on how often it is called.
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
