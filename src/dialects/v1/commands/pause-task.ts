import { name } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const pauseTask = command({
  name: 'pause-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'pause a running task with name',
  examples: ['pause-task test', 'pause-task -w 172.16.10.72:8262 test', 'pause-task --all'],
  args: { least: 1, most: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all'] },
  changes: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Pause', name: name(given, 'task name'), workers: [...given.workers] }),
  many: {
    applies: ({ stage }) => stage === 'Running',
    what: 'running',
    outcomes: async (answer) => (await people()).operateTaskOutcomes(answer),
  },
  failure: (given) => `can not pause task ${given.args[0]}:\n`,
  view: async (answer) => (await people()).operateTaskView(answer),
  advise: async (given, answer) => (await people()).afterOperation('pause', given, answer),
});
