import { goList, name } from '../checks.ts';
import { command } from '../command.ts';
import { unlockHarm } from '../harm.ts';
import { people } from '../lazily.ts';

export const unlockDdlLock = command({
  name: 'unlock-ddl-lock',
  usage: '[-w worker ...] <lock-ID>',
  summary: 'force to unlock DDL lock',
  examples: ['unlock-ddl-lock test-`db1`.`t1`', 'unlock-ddl-lock -o 172.16.10.72:8262 test-`db1`.`t1`'],
  args: { least: 1, most: 1, names: ['<lock-ID>'], kinds: ['lock'] },
  flags: [
    { name: 'owner', short: 'o', kind: 'string', usage: 'dm-worker to replace the default owner', values: 'worker' },
    { name: 'force-remove', short: 'f', kind: 'bool', usage: 'force to remove DDL lock' },
  ],
  changes: true,
  method: 'UnlockDDLLock',
  request: (given) => ({
    ID: name(given, 'lock ID'),
    replaceOwner: given.text('owner'),
    workers: [...given.workers],
    forceRemove: given.on('force-remove'),
  }),
  harm: (given, _request, lookup) => unlockHarm(given, lookup),
  failure: (given) => `can not unlock DDL lock ${given.args[0]} (in workers ${goList(given.workers)}):\n`,
  view: async (answer) => (await people()).workersView(answer),
  advise: async (_given, answer) => (await people()).afterUnlock(answer),
});
