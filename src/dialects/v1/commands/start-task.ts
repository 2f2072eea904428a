import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { CHECK } from '../flags.ts';
import { people } from '../lazily.ts';
import { checkTask } from './check-task.ts';

export const startTask = command({
  name: 'start-task',
  usage: '[-w worker ...] <config_file>',
  summary: 'start a task with config file',
  examples: ['start-task task.yaml', 'start-task -w 172.16.10.72:8262 task.yaml', 'start-task --check task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  flags: [CHECK],
  changes: true,
  method: 'StartTask',
  request: async (given, bench) => ({ task: await taskFile(given, bench), workers: [...given.workers] }),
  before: (given, { task }) =>
    given.on('check') ? { command: checkTask, request: { task }, otherwise: 'nothing was started' } : undefined,
  failure: () => 'can not start task:\n',
  printing: () => ({ as: 'check' }),
  view: async (answer) => (await people()).checkedView(answer),
  advise: async (_given, answer) => (await people()).afterTaskFile('start', answer),
});
