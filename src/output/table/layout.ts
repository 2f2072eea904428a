// Chooses which columns of a table fit, and their widths.

import type { Column } from '../../presenters/view.ts';

export const GAP = 2;

export interface Fitted {
  /** The index of the column in the view. */
  readonly index: number;
  readonly cells: number;
}

/** The minimum cells of a column that is cut: the first value before a column is dropped, the second as a last resort. */
const ROOMY = 16;
const MIN = 6;

/**
 * Fits columns into a number of cells: cuts what may be cut, then drops columns by rank, then cuts further.
 * @param natural cells that each column would fill
 */
export function fit(columns: readonly Column[], natural: readonly number[], among: readonly number[], room: number): Fitted[] {
  let kept = among.map((index) => ({ index, cells: natural[index] as number }));
  for (;;) {
    if (shrink(columns, kept, room, ROOMY)) return kept;
    const least = Math.max(...kept.map((c) => columns[c.index]?.rank ?? 0));
    if (least === 0) break;
    kept = kept.filter((c) => (columns[c.index]?.rank ?? 0) < least);
  }
  shrink(columns, kept, room, MIN);
  return kept;
}

/** Takes cells from the widest columns that may be cut, down to `floor`. Changes them only if that is enough or nothing else is left. */
function shrink(columns: readonly Column[], kept: { index: number; cells: number }[], room: number, floor: number): boolean {
  let over = kept.reduce((sum, c) => sum + c.cells, GAP * (kept.length - 1)) - room;
  if (over <= 0) return true;
  const soft = kept.filter((c) => columns[c.index]?.cut && c.cells > floor);
  const spare = soft.reduce((sum, c) => sum + c.cells - floor, 0);
  if (spare < over && floor !== MIN) return false;
  for (; over > 0; over -= 1) {
    const widest = soft.reduce((a, b) => (b.cells > a.cells ? b : a), soft[0] as (typeof soft)[number]);
    if (!widest || widest.cells <= floor) return false;
    widest.cells -= 1;
  }
  return true;
}
