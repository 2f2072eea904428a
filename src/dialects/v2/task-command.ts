// The lines that top offers for a task of DM 2.0 and later.

import type { TaskAction, TaskTarget } from '../../command/spec.ts';
import type { Has } from './define-command.ts';

/** See Dialect.taskCommand. */
export function taskCommand(action: TaskAction, { task, targets, lock }: TaskTarget, has: Has): readonly string[] | undefined {
  const sources = targets.flatMap((source) => ['-s', source]);
  switch (action) {
    case 'unlock':
      if (lock === '') return undefined;
      return has('6.0') ? ['shard-ddl-lock', 'unlock', lock] : ['unlock-ddl-lock', lock];
    case 'skip':
      return has('5.4') ? ['binlog', 'skip', ...sources, task] : ['handle-error', task, 'skip', ...sources];
    default:
      return [`${action}-task`, ...sources, task];
  }
}
