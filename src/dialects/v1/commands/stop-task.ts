import { name } from '../checks.ts';
import { command } from '../command.ts';
import { stopHarm, stopManyHarm } from '../harm.ts';
import { people } from '../lazily.ts';

export const stopTask = command({
  name: 'stop-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'stop a task with name',
  examples: ['stop-task test', 'stop-task order-*'],
  args: { least: 1, most: Number.POSITIVE_INFINITY, names: ['<task_name>'], kinds: ['task'], unless: ['all'] },
  changes: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Stop', name: name(given, 'task name'), workers: [...given.workers] }),
  harm: stopHarm,
  many: {
    applies: () => true,
    what: '',
    harm: stopManyHarm,
    forewarn: async (tasks, lookup) => (await people()).beforeStops(tasks, lookup),
    outcomes: async (answer) => (await people()).operateTaskOutcomes(answer),
  },
  failure: (given) => `can not stop task ${given.args[0]}:\n`,
  view: async (answer) => (await people()).operateTaskView(answer),
  forewarn: async (given, _request, lookup) => (await people()).beforeStop(given, lookup),
  advise: async (given, answer) => (await people()).afterOperation('stop', given, answer),
});
