import { goList, name } from '../checks.ts';
import { defineCommand } from '../define-command.ts';
import { unlockImpact } from '../impact/impact.ts';
import { loadPresenters } from '../load-presenters.ts';

export const unlockDdlLock = defineCommand({
  name: 'unlock-ddl-lock',
  usage: '[-w worker ...] <lock-ID>',
  summary: 'force to unlock DDL lock',
  examples: ["unlock-ddl-lock 'test-`db1`.`t1`'", "unlock-ddl-lock -o 172.16.10.72:8262 'test-`db1`.`t1`'"],
  args: { min: 1, max: 1, names: ['<lock-ID>'], kinds: ['lock'] },
  flags: [
    { name: 'owner', short: 'o', kind: 'string', usage: 'dm-worker to replace the default owner', values: 'worker' },
    { name: 'force-remove', short: 'f', kind: 'bool', usage: 'force to remove DDL lock' },
  ],
  mutating: true,
  method: 'UnlockDDLLock',
  request: (parsed) => ({
    ID: name(parsed, 'lock ID'),
    replaceOwner: parsed.flags.owner,
    workers: [...parsed.targets],
    forceRemove: parsed.flags.forceRemove,
  }),
  impact: (parsed, _request, lookup) => unlockImpact(parsed, lookup),
  failure: (parsed) => `can not unlock DDL lock ${parsed.args[0]} (in workers ${goList(parsed.targets)}):\n`,
  present: async (answer) => (await loadPresenters()).workersView(answer),
  hints: async (_given, answer) => (await loadPresenters()).afterUnlock(answer),
});
