import { nameInTaskFile } from '../../../text/task-file.ts';
import { defineCommand } from '../define-command.ts';
import { taskFile } from '../files.ts';
import { CHECK } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { checkTask } from './check-task.ts';

export const updateTask = defineCommand({
  name: 'update-task',
  usage: '[-w worker ...] <config_file>',
  summary: "update a task's config for routes, filters, column-mappings, black-white-list",
  examples: ['pause-task test', 'update-task task.yaml'],
  args: { min: 1, max: 1, names: ['<config_file>'], kinds: ['yaml-file'] },
  lints: 'task',
  flags: [CHECK],
  mutating: true,
  method: 'UpdateTask',
  request: async (parsed, context) => ({ task: await taskFile(parsed, context), workers: [...parsed.targets] }),
  preflight: (parsed, { task }) =>
    parsed.flags.check ? { command: checkTask, request: { task }, ifRejected: 'Nothing was updated' } : undefined,
  failure: () => 'can not update task:\n',
  compatOutput: () => ({ as: 'check' }),
  present: async (answer) => (await loadPresenters()).checkedView(answer),
  hints: async (_parsed, answer, { task = '' }) => (await loadPresenters()).afterTaskFile('update', answer, nameInTaskFile(task)),
});
