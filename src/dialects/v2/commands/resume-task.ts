import { taskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { BATCH_SIZE } from '../extensions.ts';

import { loadPresenters } from '../load-presenters.ts';
import { ofWholeSource, wholeSource } from '../operate-source-tasks.ts';
import { sentence, taskOperationUsage } from '../texts.ts';

export const resumeTask = (has: Has) =>
  defineCommand({
    name: 'resume-task',
    usage: taskOperationUsage(has),
    summary: sentence(`Resumes a specified paused task${has('5.4') ? ' or all (sub)tasks bound to a source' : ''}`, has),
    examples: ['resume-task test', 'resume-task -s mysql-replica-01', 'resume-task --problems'],
    args: {
      min: has('5.4') ? 0 : 1,
      max: 1,
      many: true,
      names: [has('5.4') ? '[task-name | task-file]' : '<task-name | task-file>'],
      kinds: ['task'],
      unless: ['all', 'problems'],
    },
    flags: BATCH_SIZE,
    mutating: true,
    method: 'OperateTask',
    request: async (parsed, context) => ({
      op: 'Resume',
      name: ofWholeSource(parsed) ? '' : await taskName(parsed, context),
      sources: [...parsed.targets],
    }),
    bulk: {
      appliesTo: ({ stage }) => stage === 'Paused',
      stateName: 'paused',
      isProblem: ({ stage, health }) => stage === 'Paused' && health === 'broken',
      results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
    },
    steps: (parsed) => (ofWholeSource(parsed) ? wholeSource(parsed, 'Resume') : undefined),
    failure: (parsed) => `can not resume task ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (parsed, answer) => (await loadPresenters()).afterOperation('resume', parsed, answer),
  });
