import { name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const pauseTask = defineCommand({
  name: 'pause-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'pause a running task with name',
  examples: ['pause-task test', 'pause-task -w 172.16.10.72:8262 test', 'pause-task --all'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all'] },
  mutating: true,
  method: 'OperateTask',
  request: (parsed) => ({ op: 'Pause', name: name(parsed, 'task name'), workers: [...parsed.targets] }),
  bulk: {
    appliesTo: ({ stage }) => stage === 'Running',
    stateName: 'running',
    results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  },
  failure: (parsed) => `can not pause task ${parsed.args[0]}:\n`,
  present: async (answer) => (await loadPresenters()).operateTaskView(answer),
  hints: async (parsed, answer) => (await loadPresenters()).afterOperation('pause', parsed, answer),
});
