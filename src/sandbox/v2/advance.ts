// Advances the simulated cluster in time. Without a request, nothing else changes the state.

import { bind } from './cluster.ts';
import { advanceDemos } from './demo.ts';
import { pull } from './relay.ts';
import type { State } from './state.ts';
import { advanceSubTask } from './subtask.ts';
import { writeRows } from './upstream.ts';
import { advanceValidator } from './validation.ts';

/** The smallest step in milliseconds: a scheduled event happens at most this late. */
const STEP = 500;
/** The longest idle time in milliseconds that is simulated. Time before it is skipped. */
const LONGEST = 3_600_000;
/** Milliseconds after which the masters notice that a worker's process is gone: keepalive-ttl, as observed. */
const KEEPALIVE = 55_000;

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
  noticeWorkers(state);
  for (const source of state.sources.values()) {
    if (source.upstream.up) for (let i = 0; i < writes; i++) writeRows(source);
    const worker = source.worker === undefined ? undefined : state.workers.get(source.worker);
    if (!worker || worker.downSince !== undefined) continue;
    pull(source);
    for (const task of [...source.tasks.values()]) {
      advanceSubTask(state, source, task, to - since);
      advanceValidator(state, source, task);
    }
  }
}

/** Takes workers offline whose process is gone, and binds their sources elsewhere. */
function noticeWorkers(state: State): void {
  for (const worker of state.workers.values()) {
    if (worker.downSince === undefined || worker.offline || state.now - worker.downSince < KEEPALIVE) continue;
    worker.offline = true;
    for (const source of state.sources.values()) if (source.worker === worker.name) source.worker = undefined;
  }
  for (const source of state.sources.values()) if (source.worker === undefined) bind(state, source);
}
