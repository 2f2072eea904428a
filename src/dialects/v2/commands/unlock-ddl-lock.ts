import { InputError } from '../../../command/errors.ts';
import type { FlagSpec } from '../../../command/flags.ts';
import { choice, named } from '../arguments.ts';
import { defineCommand, type Has } from '../define-command.ts';
import { DATABASE, TABLE } from '../flags.ts';
import { loadPresenters } from '../load-presenters.ts';
import { sentence } from '../texts.ts';

const OWNER = { name: 'owner', short: 'o', kind: 'string', usage: 'source to replace the default owner', values: 'source' } as const;
const FORCE = { name: 'force-remove', short: 'f', kind: 'bool', usage: 'force to remove DDL lock' } as const;
const ACTION = {
  name: 'action',
  short: 'a',
  kind: 'string',
  usage: 'accept skip/exec values which means whether to skip or execute ddls',
  default: 'skip',
  values: { oneOf: ['skip', 'exec'] },
} as const satisfies FlagSpec;

const OPERATIONS = { skip: 'SkipLock', exec: 'ExecLock' } as const;

/** The command under both of its names. */
const unlock = (has: Has, spec: { name: string; usage: string; summary: string; since?: string; hidden?: boolean }) =>
  defineCommand({
    ...spec,
    examples: [`${spec.name} test-\`db1\`.\`t1\``, `${spec.name} -o mysql-replica-01 test-\`db1\`.\`t1\``],
    args: { min: 1, max: 1, names: ['<lock-ID>'], kinds: ['lock'] },
    flags: [OWNER, FORCE, ...newer(has)],
    mutating: true,
    method: 'UnlockDDLLock',
    request: (parsed) => {
      const { owner, forceRemove, action = 'skip', database = '', table = '' } = parsed.flags as UnlockFlags;
      const lock = { ID: named(parsed, 'lock ID'), replaceOwner: owner, forceRemove };
      if (has('6.0')) return { ...lock, op: choice(action, OPERATIONS, '--action'), sources: [...parsed.targets], database, table };
      if (parsed.targets.length > 0) throw new InputError('should not specify any sources');
      return lock;
    },
    impact: async (parsed, _request, lookup) => (await loadPresenters()).unlockImpact(parsed, lookup),
    failure: (parsed) => `can not unlock DDL lock ${parsed.args[0] ?? ''}:\n`,
    present: async (answer) => (await loadPresenters()).plainView(answer),
    hints: async (_parsed, answer) => (await loadPresenters()).afterUnlock(answer),
  });

interface UnlockFlags {
  readonly owner: string;
  readonly forceRemove: boolean;
  readonly action?: string;
  readonly database?: string;
  readonly table?: string;
}

const newer = (has: Has) => (has('6.0') ? ([ACTION, DATABASE, TABLE] as const) : ([] as const));

export const unlockDdlLock = (has: Has) =>
  unlock(has, {
    name: 'unlock-ddl-lock',
    usage: '<lock-ID>',
    summary: sentence('Unlocks DDL lock forcefully', has),
    hidden: has('5.4'),
  });

export const shardDdlLockUnlock = (has: Has) =>
  unlock(has, { name: 'shard-ddl-lock unlock', usage: '<lock-id>', summary: 'Unlock un-resolved DDL locks forcely', since: '5.4' });
