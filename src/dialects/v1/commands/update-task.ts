import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { people } from '../lazily.ts';

export const updateTask = command({
  name: 'update-task',
  usage: '[-w worker ...] <config_file>',
  summary: "update a task's config for routes, filters, column-mappings, black-white-list",
  examples: ['pause-task test', 'update-task task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  changes: true,
  method: 'UpdateTask',
  request: async (given, bench) => ({ task: await taskFile(given, bench), workers: [...given.workers] }),
  failure: () => 'can not update task:\n',
  printing: () => ({ as: 'check' }),
  view: async (answer) => (await people()).checkedView(answer),
  advise: async (_given, answer) => (await people()).afterTaskFile('update', answer),
});
