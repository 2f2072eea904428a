import { taskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { BATCH_SIZE } from '../extensions.ts';
import { STOP_MANY } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';
import { ofWholeSource, wholeSource } from '../operate-source-tasks.ts';
import { sentence, taskOperationUsage } from '../texts.ts';

export const stopTask = (has: Has) =>
  defineCommand({
    name: 'stop-task',
    usage: taskOperationUsage(has),
    summary: sentence(`Stops a specified task${has('5.4') ? ' or all (sub)tasks bound to a source' : ''}`, has),
    examples: ['stop-task test', "stop-task 'order-*'"],
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
      op: has('6.0') ? 'Delete' : 'Stop',
      name: ofWholeSource(parsed) ? '' : await taskName(parsed, context),
      sources: [...parsed.targets],
    }),
    impact: async (parsed, request, lookup) => (await loadPresenters()).stopImpact(parsed, request, lookup),
    selectsUnnamed: ofWholeSource,
    bulk: {
      appliesTo: () => true,
      stateName: '',
      impact: STOP_MANY,
      results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
    },
    steps: (parsed) => (ofWholeSource(parsed) ? wholeSource(parsed, has('6.0') ? 'Delete' : 'Stop') : undefined),
    failure: (parsed) => `can not stop task ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => (await loadPresenters()).sourcesView(answer),
    hints: async (parsed, answer) => (await loadPresenters()).afterOperation('stop', parsed, answer),
  });
