import { goList, optionalTaskName } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

export const showDdlLocks = (has: Has) =>
  defineCommand({
    name: 'show-ddl-locks',
    usage: '[-s source ...] [task-name | task-file]',
    summary: sentence('Shows un-resolved DDL locks', has),
    hidden: has('5.4'),
    examples: ['show-ddl-locks', 'show-ddl-locks test'],
    args: { min: 0, max: 1, names: ['[task-name | task-file]'], kinds: ['task'] },
    mutating: false,
    method: 'ShowDDLLocks',
    request: async (parsed, context) => ({ task: await optionalTaskName(parsed, context), sources: [...parsed.targets] }),
    failure: (parsed) => `can not show DDL locks for task ${parsed.args[0] ?? ''} and sources ${goList(parsed.targets)}:\n`,
    present: async (answer) => (await loadPresenters()).ddlLocksView(answer),
  });
