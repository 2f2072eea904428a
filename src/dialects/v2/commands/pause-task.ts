import { taskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { BATCH_SIZE } from '../extensions.ts';

import { loadPresenters } from '../load-presenters.ts';
import { ofWholeSource, wholeSource } from '../operate-source-tasks.ts';
import { sentence, taskOperationUsage } from '../texts.ts';

export const pauseTask = (has: Has) =>
  defineCommand({
    name: 'pause-task',
    usage: taskOperationUsage(has),
    summary: sentence(`Pauses a specified running task${has('5.4') ? ' or all (sub)tasks bound to a source' : ''}`, has),
    examples: ['pause-task test', 'pause-task -s mysql-replica-01', 'pause-task --all'],
    args: {
      min: has('5.4') ? 0 : 1,
      max: 1,
      many: true,
      names: [has('5.4') ? '[task-name | task-file]' : '<task-name | task-file>'],
      kinds: ['task'],
      unless: ['all'],
    },
    flags: BATCH_SIZE,
    mutating: true,
    method: 'OperateTask',
    request: async (parsed, context) => ({
      op: 'Pause',
      name: ofWholeSource(parsed) ? '' : await taskName(parsed, context),
      sources: [...parsed.targets],
    }),
    bulk: {
      appliesTo: ({ stage }) => stage === 'Running',
      stateName: 'running',
      results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
    },
    steps: (parsed) => (ofWholeSource(parsed) ? wholeSource(parsed, 'Pause') : undefined),
    failure: (parsed) => `can not pause task ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (parsed, answer) => (await loadPresenters()).afterOperation('pause', parsed, answer),
  });
