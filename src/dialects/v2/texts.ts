// Texts of the original that changed from one release to the next.

import type { Has } from './define-command.ts';

/** A summary of the original, which ended in a full stop before 5.4. */
export const sentence = (text: string, has: Has): string => (has('5.4') ? text : `${text}.`);

export const taskOperationUsage = (has: Has): string =>
  has('5.4') ? '[-s source ...] [task-name | task-file]' : '[-s source ...] <task-name | task-file>';
