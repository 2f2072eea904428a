// Flags that several commands of DM 1.0 share.

import type { FlagSpec, FlagValues } from '../../command/flags.ts';
import type { FlagRequirement } from '../../command/spec.ts';

export const WORKER = {
  name: 'worker',
  short: 'w',
  kind: 'strings',
  usage: 'dm-worker ID',
  values: 'worker',
} as const satisfies FlagSpec;

/** For commands that require workers. */
export const SOME_WORKERS: FlagRequirement = { oneOf: [WORKER.name] };
export const ONE_WORKER: FlagRequirement = { oneOf: [WORKER.name], single: true };

/** What sql-skip and sql-replace require: the worker and the events. With sharding, only a pattern. */
export const SQL_OPERATOR_NEEDS: readonly FlagRequirement[] = [
  { ...ONE_WORKER, unless: ['sharding'] },
  { oneOf: ['sql-pattern'], when: ['sharding'] },
  { oneOf: ['binlog-pos', 'sql-pattern'], unless: ['sharding'] },
];

export const CHECK = {
  name: 'check',
  kind: 'bool',
  usage: 'check the file first, as check-task does, and continue only if the check passes',
  extension: true,
} as const satisfies FlagSpec;

/** The three flags of sql-skip and sql-replace. Their texts name the operation and its effect. */
export function sqlOperatorFlags(operation: string, done: string) {
  return [
    {
      name: 'binlog-pos',
      short: 'b',
      kind: 'string',
      usage: `position used to match binlog event if matched the ${operation} operation will be applied. The format like "mysql-bin|000001.000003:3270"`,
      values: 'position',
    },
    {
      name: 'sql-pattern',
      short: 's',
      kind: 'string',
      usage: `SQL pattern used to match the DDL converted by optional router-rules if matched the ${operation} operation will be applied. The format like "~(?i)ALTER\\s+TABLE\\s+\`db1\`.\`tbl1\`\\s+ADD\\s+COLUMN\\s+col1\\s+INT". Whitespace is not supported, and must be replaced by "\\s". Staring with ~ as regular expression. This can only be used for DDL (converted by optional router-rules), and if multi DDLs in one binlog event, one of them matched is enough, but all of them will be ${done}`,
    },
    {
      name: 'sharding',
      kind: 'bool',
      usage: "whether are handing sharding DDL, which will only take effect on DDL lock's owner",
    },
  ] as const satisfies readonly FlagSpec[];
}

/** The values of these flags. */
export type SqlOperatorFlags = FlagValues<ReturnType<typeof sqlOperatorFlags>>;
