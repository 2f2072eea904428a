// `wait <task> --for <state>`: waits until a task has reached a state, or can no longer reach it.

import { defineBuiltin } from '../../command/registry.ts';
import { WAIT_CONDITIONS } from '../../domain/wait-conditions.ts';

export const wait = defineBuiltin({
  name: 'wait',
  usage: '<task_name> <--for state> [-w worker ...] [--interval seconds] [--flush]',
  summary: 'wait until a task has reached a state. Exit status: 0 reached, 1 no longer possible, 3 uncertain or --timeout',
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
    {
      name: 'worker',
      short: 'w',
      kind: 'strings',
      usage: 'wait only for the sub tasks on these workers',
      values: 'worker',
      extension: true,
    },
    {
      name: 'flush',
      kind: 'bool',
      usage: 'with caught-up: if the upstream is quiet, pause and resume the task to write its checkpoint',
      extension: true,
    },
    { name: 'interval', kind: 'string', usage: '`seconds` from one query to the next (default 1)', values: 'none', extension: true },
  ],
});
