// How DM 1.0 writes checkpoints at once.

import type { FlushSpec } from '../../core/spec.ts';
import { pauseTask } from './commands/pause-task.ts';
import { resumeTask } from './commands/resume-task.ts';
import { people } from './lazily.ts';

export const flush: FlushSpec = {
  pause: pauseTask,
  resume: resumeTask,
  outcomes: async (answer) => (await people()).operateTaskOutcomes(answer),
  /** 38033: "request is timeout, but request may be successful". */
  mayFollow: (text) => text.startsWith('[code=38033:'),
};
