import { name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { stopImpact, stopManyImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const stopTask = defineCommand({
  name: 'stop-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'stop a task with name',
  examples: ['stop-task test', 'stop-task order-*'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all'] },
  mutating: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Stop', name: name(given, 'task name'), workers: [...given.targets] }),
  impact: stopImpact,
  bulk: {
    appliesTo: () => true,
    stateName: '',
    impact: stopManyImpact,
    warnings: async (tasks, lookup) => (await loadPresenters()).beforeStops(tasks, lookup),
    results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  },
  failure: (given) => `can not stop task ${given.args[0]}:\n`,
  present: async (answer) => (await loadPresenters()).operateTaskView(answer),
  warnings: async (given, _request, lookup) => (await loadPresenters()).beforeStop(given, lookup),
  hints: async (given, answer) => (await loadPresenters()).afterOperation('stop', given, answer),
});
