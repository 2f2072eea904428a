import { next, workerDown } from '../advice/after.ts';
import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { checkedView } from '../views/outcomes.ts';

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
  view: checkedView,
  advise: (_given, answer) => [...workerDown(answer), ...next('start', '', answer)],
});
