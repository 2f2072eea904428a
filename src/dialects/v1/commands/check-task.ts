import { defineCommand } from '../define-command.ts';
import { taskFile } from '../files.ts';
import { loadPresenters } from '../load-presenters.ts';

export const checkTask = defineCommand({
  name: 'check-task',
  usage: '<config_file>',
  moreUsage: ['<config_file>...', '- (the file from standard input)'],
  summary: 'check a task with config file',
  examples: ['check-task task.yaml'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<config_file>'], kinds: ['yaml-file'] },
  lints: 'task',
  takesTargets: false,
  mutating: false,
  method: 'CheckTask',
  request: async (parsed, context) => ({ task: await taskFile(parsed, context) }),
  manyFiles: { results: async ({ result, msg }) => (await loadPresenters()).checkOutcomes(result, msg) },
  failure: () => 'fail to check task:\n',
  compatOutput: () => ({ as: 'check' }),
  present: async ({ result, msg }) => (await loadPresenters()).checkOutcome(result, msg),
  hints: async (_given, answer) => (await loadPresenters()).afterCheck(answer),
});
