import { goList } from '../checks.ts';
import { command } from '../command.ts';
import { people } from '../lazily.ts';

export const showDdlLocks = command({
  name: 'show-ddl-locks',
  usage: '[-w worker ...] [task_name]',
  summary: 'show un-resolved DDL locks',
  examples: ['show-ddl-locks', 'show-ddl-locks test'],
  args: { least: 0, most: 1, names: ['[task_name]'], kinds: ['task'] },
  changes: false,
  method: 'ShowDDLLocks',
  request: (given) => ({ task: given.args[0] ?? '', workers: [...given.workers] }),
  failure: (given) => `can not show DDL locks for task ${given.args[0] ?? ''} and workers ${goList(given.workers)}:\n`,
  view: async (answer) => (await people()).ddlLocksView(answer),
});
