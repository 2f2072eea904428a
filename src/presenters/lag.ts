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

/** The largest of the lags; none if no sub task is in Sync. */
export function maxLagCell(subTasks: readonly SubTask[]): Cell {
  const lags = subTasks.flatMap((subTask) => lagOf(subTask) ?? []);
  const unknown = lags.find((lag) => lag.amount === undefined);
  const largest = lags.reduce<Lag | undefined>((a, b) => ((b.amount ?? -1) > (a?.amount ?? -1) ? b : a), undefined);
  const shown = unknown ?? largest;
  return shown ? cellOf(shown) : '';
}

/** A lag that can be sorted and compared. */
export const cellOf = ({ text, amount }: Lag): Cell => (amount === undefined ? text : { text, tone: 'none', amount });
