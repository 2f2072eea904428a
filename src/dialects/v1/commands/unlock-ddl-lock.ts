import { goList, name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { unlockImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const unlockDdlLock = defineCommand({
  name: 'unlock-ddl-lock',
  usage: '[-w worker ...] <lock-ID>',
  summary: 'force to unlock DDL lock',
  examples: ['unlock-ddl-lock test-`db1`.`t1`', 'unlock-ddl-lock -o 172.16.10.72:8262 test-`db1`.`t1`'],
  args: { min: 1, max: 1, names: ['<lock-ID>'], kinds: ['lock'] },
  flags: [
    { name: 'owner', short: 'o', kind: 'string', usage: 'dm-worker to replace the default owner', values: 'worker' },
    { name: 'force-remove', short: 'f', kind: 'bool', usage: 'force to remove DDL lock' },
  ],
  mutating: true,
  method: 'UnlockDDLLock',
  request: (given) => ({
    ID: name(given, 'lock ID'),
    replaceOwner: given.text('owner'),
    workers: [...given.targets],
    forceRemove: given.on('force-remove'),
  }),
  impact: (given, _request, lookup) => unlockImpact(given, lookup),
  failure: (given) => `can not unlock DDL lock ${given.args[0]} (in workers ${goList(given.targets)}):\n`,
  present: async (answer) => (await loadPresenters()).workersView(answer),
  hints: async (_given, answer) => (await loadPresenters()).afterUnlock(answer),
});
