import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const refreshWorkerTasks = command({
  name: 'refresh-worker-tasks',
  usage: '',
  summary: 'refresh worker -> tasks mapper',
  examples: ['refresh-worker-tasks'],
  args: { least: 0, most: 0, names: [] },
  takesWorkers: false,
  changes: true,
  method: 'RefreshWorkerTasks',
  request: () => ({}),
  failure: () => 'can not refresh workerTasks:\n',
  view: async (answer) => (await people()).refreshView(answer),
  advise: async (_given, answer) => (await people()).afterRefresh(answer),
});
