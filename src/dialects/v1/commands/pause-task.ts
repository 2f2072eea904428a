import { name } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const pauseTask = command({
  name: 'pause-task',
  usage: '[-w worker ...] <task_name>',
  summary: 'pause a running task with name',
  examples: ['pause-task test', 'pause-task -w 172.16.10.72:8262 test'],
  args: { least: 1, most: 1, names: ['<task_name>'], kinds: ['task'] },
  changes: true,
  method: 'OperateTask',
  request: (given) => ({ op: 'Pause', name: name(given, 'task name'), workers: [...given.workers] }),
  failure: (given) => `can not pause task ${given.args[0]}:\n`,
  view: async (answer) => (await people()).operateTaskView(answer),
  advise: async (given, answer) => (await people()).afterOperation('pause', given, answer),
});
