// The lines that top offers for a task of DM 1.0.

import type { TaskAction, TaskTarget } from '../../command/spec.ts';

/** See Dialect.taskCommand. Skipping needs one worker and the position of its error. */
export function taskCommand(action: TaskAction, { task, targets, lock, position }: TaskTarget): readonly string[] | undefined {
  const workers = targets.flatMap((worker) => ['-w', worker]);
  switch (action) {
    case 'unlock':
      return lock === '' ? undefined : ['unlock-ddl-lock', lock];
    case 'skip':
      return targets.length !== 1 || position === '' ? undefined : ['sql-skip', ...workers, '-b', position, task];
    default:
      return [`${action}-task`, ...workers, task];
  }
}
