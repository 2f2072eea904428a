// `wait <task> --for <state>`: waits until a task reaches a state, or can no longer reach it.

import { defineBuiltin } from '../../command/registry.ts';
import { WAIT_CONDITIONS } from '../../domain/wait-conditions.ts';

export const wait = defineBuiltin({
  name: 'wait',
  usage: '<task_name> <--for state> [-w worker ...] [--interval seconds] [--flush]',
  summary: 'wait until a task has come to a state: 0 when it has, 1 when it cannot any more, 3 after --timeout or when nobody can know',
  availability: 'both',
  needsMaster: true,
  examples: ['wait test --for caught-up --timeout 10m', 'wait test --for caught-up --flush --yes'],
  args: { min: 1, max: 1, names: ['<task_name>'], kinds: ['task'], requires: [{ oneOf: ['for'] }] },
  flags: [
    {
      name: 'for',
      kind: 'string',
      usage: `the \`state\`: ${WAIT_CONDITIONS.join(', ')}`,
      values: { oneOf: WAIT_CONDITIONS },
      extension: true,
    },
    { name: 'worker', short: 'w', kind: 'strings', usage: 'only the sub tasks on these workers', values: 'worker', extension: true },
    {
      name: 'flush',
      kind: 'bool',
      usage: 'with caught-up: when the upstream is quiet, pause and resume the task, which writes its checkpoint',
      extension: true,
    },
    { name: 'interval', kind: 'string', usage: '`seconds` from one look to the next; 1 when left out', values: 'none', extension: true },
  ],
});
