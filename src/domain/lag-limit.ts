// A limit of the lag (--max-lag), as a condition of wait and as an exit status of query-status.

import type { SubTask } from './cluster.ts';
import { binlogLag, lagOf } from './lag.ts';

export interface LagLimit {
  /** Seconds, or bytes of the binlog. */
  readonly unit: 's' | 'B';
  readonly amount: number;
  /** As typed. */
  readonly text: string;
}

/** Whether the lag of a sub task is above the limit, or is unknown. A sub task that has finished has no lag. */
export function exceeds({ unit, amount }: LagLimit, subTask: Pick<SubTask, 'stage' | 'sync'>): boolean {
  if (subTask.stage === 'Finished') return false;
  const { sync } = subTask;
  const lag = unit === 'B' && sync ? binlogLag(sync.master, sync.at) : lagOf(subTask);
  return lag?.amount === undefined || lag.amount > amount;
}
