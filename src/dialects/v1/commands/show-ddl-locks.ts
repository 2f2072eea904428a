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
  request: (parsed) => ({ task: parsed.args[0] ?? '', workers: [...parsed.targets] }),
  failure: (parsed) => `can not show DDL locks for task ${parsed.args[0] ?? ''} and workers ${goList(parsed.targets)}:\n`,
  present: async (answer) => (await loadPresenters()).ddlLocksView(answer),
});
