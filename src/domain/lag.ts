// How far a sub task or a relay is behind its upstream: in seconds where the generation reports them, otherwise in the binlog.

import { formatDuration } from '../text/quantity.ts';
import { formatGap, positionGap } from './binlog-position.ts';
import type { SubTask } from './cluster.ts';

export interface Lag {
  readonly unit: 's' | 'B';
  /**
   * Seconds or bytes. Undefined if the positions cannot be compared. If whole files are missing, their sizes are unknown: the
   * number is larger than any number of bytes, and orders by files.
   */
  readonly amount: number | undefined;
  /** The bytes, if both positions are in one file. */
  readonly bytes?: number | undefined;
  readonly text: string;
}

/** More than any number of bytes within a file. */
const BYTES_PER_FILE = 1e15;

/**
 * How far a sub task is behind its upstream; undefined before Sync. The seconds count only while it runs: DM keeps the last
 * value of a paused sub task (observed in 8.1.0), so its lag is shown in the binlog.
 */
export function lagOf({ stage, sync }: Pick<SubTask, 'stage' | 'sync'>): Lag | undefined {
  if (!sync) return undefined;
  const { lagSeconds, master, at } = sync;
  if (lagSeconds === undefined) return binlogLag(master, at);
  if (stage === 'Running') return { unit: 's', amount: lagSeconds, text: formatDuration(lagSeconds) };
  return { unit: 's', amount: undefined, text: formatGap(positionGap(master, at)) };
}

/** The same by two positions in the binlog. */
export function binlogLag(master: string, at: string): Lag {
  const gap = positionGap(master, at);
  const amount = gap && gap.files * BYTES_PER_FILE + gap.bytes;
  return { unit: 'B', amount, bytes: gap?.files === 0 ? gap.bytes : undefined, text: formatGap(gap) };
}
