// How to flush checkpoints in DM 1.0.

import type { FlushSpec } from '../../command/spec.ts';
import { pauseTask } from './commands/pause-task.ts';
import { resumeTask } from './commands/resume-task.ts';
import { loadPresenters } from './load-presenters.ts';

export const flush: FlushSpec = {
  pause: pauseTask,
  resume: resumeTask,
  selector: '-w',
  results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  /** 38033: "request is timeout, but request may be successful". */
  mayFollow: (text) => text.startsWith('[code=38033:'),
};
