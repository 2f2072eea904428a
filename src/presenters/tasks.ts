// Sub tasks by their task.

import type { Health, SubTask } from '../domain/cluster.ts';
import { byUrgency, worst } from './health.ts';

export interface TaskGroup {
  readonly task: string;
  /** The worst state of its sub tasks. */
  readonly health: Health;
  /** Those that need attention first. */
  readonly subTasks: readonly SubTask[];
}

/** The tasks in a worst state first, then by name. */
export function byTask(subTasks: readonly SubTask[]): TaskGroup[] {
  const groups = new Map<string, SubTask[]>();
  for (const s of subTasks) {
    const known = groups.get(s.task);
    if (known) known.push(s);
    else groups.set(s.task, [s]);
  }
  const named = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return byUrgency(named.map(([task, parts]) => ({ task, health: worst(parts), subTasks: byUrgency(parts) })));
}
