// `wait <task> --for <state>`: waits until a task has reached a state, or can no longer reach it.

import { defineBuiltin } from '../../command/registry.ts';
import { WAIT_CONDITIONS } from '../../domain/wait-conditions.ts';

export const wait = defineBuiltin({
  name: 'wait',
  usage: '<task-name or pattern>... <--for state | --max-lag lag> [-w worker ... | -s source ...] [--any] [--exec command]',
  summary: 'wait until tasks have reached a state. Exit status: 0 reached, 1 no longer possible, 3 uncertain or --timeout',
  availability: 'both',
  needsMaster: true,
  usesDialect: true,
  targetUsage: 'wait only for the sub tasks on these',
  examples: ['wait test --for caught-up --timeout 10m', "wait 'orders-*' --max-lag 30s --exec 'notify-send done'"],
  args: {
    min: 1,
    max: Number.POSITIVE_INFINITY,
    names: ['<task-name or pattern>...'],
    kinds: ['task'],
    requires: [{ oneOf: ['for'], unless: ['max-lag'] }],
  },
  flags: [
    {
      name: 'for',
      kind: 'string',
      usage: `the \`state\`: ${WAIT_CONDITIONS.join(', ')}`,
      values: { oneOf: WAIT_CONDITIONS },
      extension: true,
    },
    {
      name: 'flush',
      kind: 'bool',
      usage: 'with caught-up: if the upstream is quiet, pause and resume the task to write its checkpoint',
      extension: true,
    },
    {
      name: 'max-lag',
      kind: 'string',
      usage: 'wait until every sub task is at most this `lag` behind: 30s, or 1MiB of the binlog',
      values: 'none',
      extension: true,
    },
    { name: 'any', kind: 'bool', usage: 'end when one of the tasks has reached the state', extension: true },
    { name: 'all', kind: 'bool', usage: 'end when all tasks have reached the state (the default)', extension: true },
    {
      name: 'exec',
      kind: 'string',
      usage: 'run this `command` at the end, with DMCTL_TASKS, DMCTL_RESULT and DMCTL_REASON in its environment',
      values: 'none',
      extension: true,
    },
    { name: 'interval', kind: 'string', usage: '`seconds` from one query to the next (default 1)', values: 'none', extension: true },
  ],
});
