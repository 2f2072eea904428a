import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const refreshWorkerTasks = defineCommand({
  name: 'refresh-worker-tasks',
  usage: '',
  summary: 'refresh worker -> tasks mapper',
  examples: ['refresh-worker-tasks'],
  args: { min: 0, max: 0, names: [] },
  takesTargets: false,
  mutating: true,
  method: 'RefreshWorkerTasks',
  request: () => ({}),
  failure: () => 'can not refresh workerTasks:\n',
  present: async (answer) => (await loadPresenters()).refreshView(answer),
  hints: async (_given, answer) => (await loadPresenters()).afterRefresh(answer),
});
