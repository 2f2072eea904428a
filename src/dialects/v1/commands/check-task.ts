import { command } from '../command.ts';
import { taskFile } from '../files.ts';
import { people } from '../lazily.ts';

export const checkTask = command({
  name: 'check-task',
  usage: '<config_file>',
  summary: 'check a task with config file',
  examples: ['check-task task.yaml'],
  args: { least: 1, most: 1, names: ['<config_file>'], kinds: ['file'] },
  takesWorkers: false,
  changes: false,
  method: 'CheckTask',
  request: async (given, bench) => ({ task: await taskFile(given, bench) }),
  failure: () => 'fail to check task:\n',
  printing: () => ({ as: 'check' }),
  view: async ({ result, msg }) => (await people()).checkOutcome(result, msg),
  advise: async (_given, answer) => (await people()).afterCheck(answer),
});
