import { nameInTaskFile } from '../../../text/task-file.ts';
import { defineCommand } from '../define-command.ts';
import { taskFile } from '../files.ts';
import { CHECK } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { checkTask } from './check-task.ts';

export const startTask = defineCommand({
  name: 'start-task',
  usage: '[-w worker ...] <config_file>',
  moreUsage: ['[-w worker ...] <config_file>...', '[-w worker ...] - (the file from standard input)'],
  summary: 'start a task with config file',
  examples: ['start-task task.yaml', 'start-task -w 172.16.10.72:8262 task.yaml', 'start-task --check task.yaml'],
  args: { min: 1, max: Number.POSITIVE_INFINITY, names: ['<config_file>'], kinds: ['yaml-file'] },
  lints: 'task',
  flags: [CHECK],
  mutating: true,
  method: 'StartTask',
  request: async (parsed, context) => ({ task: await taskFile(parsed, context), workers: [...parsed.targets] }),
  preflight: (parsed, { task }) =>
    parsed.flags.check ? { command: checkTask, request: { task }, ifRejected: 'Nothing was started' } : undefined,
  manyFiles: { results: async (answer) => (await loadPresenters()).startOutcomes(answer) },
  failure: () => 'can not start task:\n',
  compatOutput: () => ({ as: 'check' }),
  present: async (answer) => (await loadPresenters()).checkedView(answer),
  hints: async (_parsed, answer, { task = '' }) => (await loadPresenters()).afterTaskFile('start', answer, nameInTaskFile(task)),
});
