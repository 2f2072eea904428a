// How a task of DM 2.0 and later takes a changed file. These releases have no update-task: the task is stopped and started.

import type { UpdatePlan, UpdateState } from '../../command/spec.ts';
import { STOP_MANY } from './impact/impact.ts';

/** See Dialect.updatePlan. */
export function updatePlan(task: string, file: string, { isHeld }: UpdateState): UpdatePlan {
  return {
    impact: [
      `Stop task ${task} on all its sources, and start it with the changed file.`,
      ...STOP_MANY,
      ...(isHeld ? ['The task is paused now. After the start it runs.'] : []),
    ],
    lines: [
      ['stop-task', task],
      ['start-task', file],
    ],
  };
}
