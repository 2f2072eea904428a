import { name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { stopImpact, stopManyImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const stopTask = defineCommand({
  name: 'stop-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'stop a task with name',
  examples: ['stop-task test', "stop-task 'order-*'"],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all'] },
  mutating: true,
  method: 'OperateTask',
  request: (parsed) => ({ op: 'Stop', name: name(parsed, 'task name'), workers: [...parsed.targets] }),
  impact: stopImpact,
  bulk: {
    appliesTo: () => true,
    stateName: '',
    impact: stopManyImpact,
    warnings: async (tasks, lookup) => (await loadPresenters()).beforeStops(tasks, lookup),
    results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  },
  failure: (parsed) => `can not stop task ${parsed.args[0]}:\n`,
  present: async (answer) => (await loadPresenters()).operateTaskView(answer),
  warnings: async (parsed, _request, lookup) => (await loadPresenters()).beforeStop(parsed, lookup),
  hints: async (parsed, answer) => (await loadPresenters()).afterOperation('stop', parsed, answer),
});
