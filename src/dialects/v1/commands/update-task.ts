import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { CHECK } from '../flags.ts';
import { people } from '../lazily.ts';
import { checkTask } from './check-task.ts';

export const updateTask = command({
  name: 'update-task',
  usage: '[-w worker ...] <config_file>',
  summary: "update a task's config for routes, filters, column-mappings, black-white-list",
  examples: ['pause-task test', 'update-task task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  flags: [CHECK],
  changes: true,
  method: 'UpdateTask',
  request: async (given, bench) => ({ task: await taskFile(given, bench), workers: [...given.workers] }),
  before: (given, { task }) =>
    given.on('check') ? { command: checkTask, request: { task }, otherwise: 'nothing was updated' } : undefined,
  failure: () => 'can not update task:\n',
  printing: () => ({ as: 'check' }),
  view: async (answer) => (await people()).checkedView(answer),
  advise: async (_given, answer) => (await people()).afterTaskFile('update', answer),
});
