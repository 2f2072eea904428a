// The column of how far sub tasks are behind their upstream.

import type { SubTask } from '../domain/cluster.ts';
import { type Lag, lagOf } from '../domain/lag.ts';
import type { Cell, Unit } from './view.ts';

/** The unit of the lag of sub tasks: seconds if the generation reports them. */
export function lagUnit(subTasks: readonly SubTask[]): Unit {
  return subTasks.some((s) => s.sync?.lagSeconds !== undefined) ? 's' : 'B';
}

export function lagCell(subTask: SubTask): Cell {
  const lag = lagOf(subTask);
  return lag ? cellOf(lag) : '';
}

export interface LagRange {
  /** The largest known lag; undefined if there is none. */
  readonly largest: Lag | undefined;
  /** One that is unknown; undefined if all are known. */
  readonly unknown: Lag | undefined;
}

/** By the list of sub tasks: the lags of a large cluster are computed once for each answer. */
const RANGES = new WeakMap<readonly SubTask[], LagRange>();

/** The lags of sub tasks. The list must not change afterwards. */
export function lagRange(subTasks: readonly SubTask[]): LagRange {
  const known = RANGES.get(subTasks);
  if (known) return known;
  let largest: Lag | undefined;
  let unknown: Lag | undefined;
  for (const subTask of subTasks) {
    const lag = lagOf(subTask);
    if (!lag) continue;
    if (lag.amount === undefined) unknown ??= lag;
    else if (lag.amount > (largest?.amount ?? -1)) largest = lag;
  }
  const range = { largest, unknown };
  RANGES.set(subTasks, range);
  return range;
}

/** The largest of the lags, or one that is unknown; none if no sub task is in Sync. */
export function maxLagCell(subTasks: readonly SubTask[]): Cell {
  const { largest, unknown } = lagRange(subTasks);
  const shown = unknown ?? largest;
  return shown ? cellOf(shown) : '';
}

/** A lag that can be sorted and compared. */
export const cellOf = ({ text, amount }: Lag): Cell => (amount === undefined ? text : { text, tone: 'none', amount });
