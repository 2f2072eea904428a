import { goList, optionalTaskName } from '../arguments.ts';
import { defineCommand } from '../define-command.ts';
import { loadPresenters } from '../load-presenters.ts';

export const shardDdlLock = () =>
  defineCommand({
    name: 'shard-ddl-lock',
    usage: '[task]',
    summary: 'maintain or show shard-ddl locks information',
    since: '5.4',
    examples: ['shard-ddl-lock', 'shard-ddl-lock test'],
    args: { min: 0, max: 1, names: ['[task]'], kinds: ['task'] },
    mutating: false,
    method: 'ShowDDLLocks',
    request: async (parsed, context) => ({ task: await optionalTaskName(parsed, context), sources: [...parsed.targets] }),
    failure: (parsed) => `can not show DDL locks for task ${parsed.args[0] ?? ''} and sources ${goList(parsed.targets)}:\n`,
    present: async (answer) => (await loadPresenters()).ddlLocksView(answer),
  });
