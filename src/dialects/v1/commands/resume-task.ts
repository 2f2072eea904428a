import { name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const resumeTask = defineCommand({
  name: 'resume-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'resume a paused task with name',
  examples: ['resume-task test', 'resume-task --problems'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all', 'problems'] },
  mutating: true,
  method: 'OperateTask',
  request: (parsed) => ({ op: 'Resume', name: name(parsed, 'task name'), workers: [...parsed.targets] }),
  bulk: {
    appliesTo: ({ stage }) => stage === 'Paused',
    stateName: 'paused',
    isProblem: ({ stage, health }) => stage === 'Paused' && health === 'broken',
    warnings: async (tasks, lookup) => (await loadPresenters()).beforeResume(tasks, [], lookup),
    results: async (answer) => (await loadPresenters()).operateTaskOutcomes(answer),
  },
  failure: (parsed) => `can not resume task ${parsed.args[0]}:\n`,
  present: async (answer) => (await loadPresenters()).operateTaskView(answer),
  warnings: async ({ args, targets }, _request, lookup) => (await loadPresenters()).beforeResume(args, targets, lookup),
  hints: async (parsed, answer) => (await loadPresenters()).afterOperation('resume', parsed, answer),
});
