import { Refusal } from '../../../core/errors.ts';
import { goList } from '../checks.ts';
import { command } from '../command.ts';
import { summarise } from '../views/summary.ts';

export const queryStatus = command({
  name: 'query-status',
  usage: '[-w worker ...] [task_name]',
  summary: "query task's status",
  examples: ['query-status', 'query-status -w 172.16.10.72:8262 test'],
  args: { least: 0, most: 1, names: ['[task_name]'], kinds: ['task'] },
  flags: [
    {
      name: 'summary',
      kind: 'bool',
      usage: 'print a line a task instead, in the form of DM 1.0.2 to 1.0.7; for all tasks of all workers',
      ours: true,
    },
  ],
  changes: false,
  method: 'QueryStatus',
  request: (given) => {
    if (given.on('summary') && (given.args.length > 0 || given.workers.length > 0)) {
      throw new Refusal('--summary is for all tasks of all workers; leave out the task name and -w, or leave out --summary');
    }
    return { name: given.args[0] ?? '', workers: [...given.workers] };
  },
  failure: (given) => `can not query ${given.args[0] ?? ''} task's status(in workers ${goList(given.workers)}):\n`,
  printing: (given) => (given.on('summary') ? { as: 'view', view: summarise } : { as: 'json' }),
});
