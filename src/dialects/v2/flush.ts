// How to write checkpoints on request: pausing a task writes them after all statements that have begun.

import type { FlushSpec } from '../../command/spec.ts';
import { pauseTask } from './commands/pause-task.ts';
import { resumeTask } from './commands/resume-task.ts';
import type { Has } from './define-command.ts';
import { loadPresenters } from './load-presenters.ts';

export const flushFor = (has: Has): FlushSpec => ({
  pause: pauseTask(has),
  resume: resumeTask(has),
  selector: '-s',
  results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  /** 38033: "request is timeout, but request may be successful". */
  mayFollow: (text) => text.startsWith('[code=38033:'),
});
