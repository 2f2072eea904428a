// `wait <task> --for <state>`: until a task has come to a state, or cannot come to it any more.

import type { OwnCommand } from '../core/find-command.ts';
import { GOALS } from '../views/goals.ts';

export const wait: OwnCommand = {
  name: 'wait',
  usage: '<task_name> <--for state> [-w worker ...] [--interval seconds] [--flush]',
  summary: 'wait until a task has come to a state: 0 when it has, 1 when it cannot any more, 3 after --timeout or when nobody can know',
  where: 'both',
  needsMaster: true,
  examples: ['wait test --for caught-up --timeout 10m', 'wait test --for caught-up --flush --yes'],
  args: { least: 1, most: 1, names: ['<task_name>'], kinds: ['task'] },
  flags: [
    { name: 'for', kind: 'string', usage: `the \`state\`: ${GOALS.join(', ')}`, values: { oneOf: GOALS }, ours: true },
    { name: 'worker', short: 'w', kind: 'strings', usage: 'only the sub tasks on these workers', values: 'worker', ours: true },
    {
      name: 'flush',
      kind: 'bool',
      usage: 'with caught-up: when the upstream is quiet, pause and resume the task, which writes its checkpoint',
      ours: true,
    },
    { name: 'interval', kind: 'string', usage: '`seconds` from one look to the next; 1 when left out', values: 'none', ours: true },
  ],
};
