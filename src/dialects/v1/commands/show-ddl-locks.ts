import { goList } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const showDdlLocks = defineCommand({
  name: 'show-ddl-locks',
  usage: '[-w worker ...] [task_name]',
  summary: 'show un-resolved DDL locks',
  examples: ['show-ddl-locks', 'show-ddl-locks test'],
  args: { min: 0, max: 1, names: ['[task_name]'], kinds: ['task'] },
  mutating: false,
  method: 'ShowDDLLocks',
  request: (given) => ({ task: given.args[0] ?? '', workers: [...given.targets] }),
  failure: (given) => `can not show DDL locks for task ${given.args[0] ?? ''} and workers ${goList(given.targets)}:\n`,
  present: async (answer) => (await loadPresenters()).ddlLocksView(answer),
});
