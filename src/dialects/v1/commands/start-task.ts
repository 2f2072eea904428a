import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { people } from '../lazily.ts';

export const startTask = command({
  name: 'start-task',
  usage: '[-w worker ...] <config_file>',
  summary: 'start a task with config file',
  examples: ['start-task task.yaml', 'start-task -w 172.16.10.72:8262 task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  changes: true,
  method: 'StartTask',
  request: async (given, bench) => ({ task: await taskFile(given, bench), workers: [...given.workers] }),
  failure: () => 'can not start task:\n',
  printing: () => ({ as: 'check' }),
  view: async (answer) => (await people()).checkedView(answer),
  advise: async (_given, answer) => (await people()).afterTaskFile('start', answer),
});
