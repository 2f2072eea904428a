// How a task of DM 1.0 takes a changed file. update-task needs a paused task.

import type { UpdatePlan, UpdateState } from '../../command/spec.ts';

/** See Dialect.updatePlan. */
export function updatePlan(task: string, file: string, { isPaused, isHeld }: UpdateState): UpdatePlan {
  return {
    impact: [
      isHeld
        ? `Update task ${task}. It is paused, and stays paused.`
        : `${isPaused ? 'Update' : 'Pause'} task ${task}${isPaused ? '' : ', update it'}, and resume it.`,
      'update-task is for changes of routes, filters, column mappings and lists.',
    ],
    lines: [...(isPaused ? [] : [['pause-task', task]]), ['update-task', file], ...(isHeld ? [] : [['resume-task', task]])],
  };
}
