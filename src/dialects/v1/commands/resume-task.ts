import { name } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const resumeTask = command({
  name: 'resume-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'resume a paused task with name',
  examples: ['resume-task test', 'resume-task --problems'],
  args: { least: 1, most: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all', 'problems'] },
  changes: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Resume', name: name(given, 'task name'), workers: [...given.workers] }),
  many: {
    applies: ({ stage }) => stage === 'Paused',
    what: 'paused',
    problem: ({ stage, health }) => stage === 'Paused' && health === 'broken',
    forewarn: async (tasks, lookup) => (await people()).beforeResume(tasks, [], lookup),
    outcomes: async (answer) => (await people()).operateTaskOutcomes(answer),
  },
  failure: (given) => `can not resume task ${given.args[0]}:\n`,
  view: async (answer) => (await people()).operateTaskView(answer),
  forewarn: async ({ args, workers }, _request, lookup) => (await people()).beforeResume(args, workers, lookup),
  advise: async (given, answer) => (await people()).afterOperation('resume', given, answer),
});
