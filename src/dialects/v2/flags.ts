// Flags that several commands of DM 2.0 and later share, with the original's texts.

import type { FlagSpec } from '../../command/flags.ts';
import type { FlagRequirement } from '../../command/spec.ts';

/** The target selector of the generation. */
export const SOURCE = {
  name: 'source',
  short: 's',
  kind: 'strings',
  usage: 'MySQL Source ID.',
  values: 'source',
  emptyItems: true,
} as const satisfies FlagSpec;

/** For commands that require sources. */
export const SOME_SOURCES: FlagRequirement = { oneOf: [SOURCE.name] };

/** The flags of the program that the original lists under every command. */
export const PROGRAM_FLAGS: readonly FlagSpec[] = [
  { name: 'config', kind: 'string', usage: 'Path to config file.' },
  {
    name: 'master-addr',
    kind: 'string',
    usage: 'Master API server address, this parameter is required when interacting with the dm-master',
  },
  { name: 'rpc-timeout', kind: 'string', usage: 'RPC timeout, default is 10m.', default: '10m' },
  { name: 'ssl-ca', kind: 'string', usage: 'Path of file that contains list of trusted SSL CAs for connection.' },
  { name: 'ssl-cert', kind: 'string', usage: 'Path of file that contains X509 certificate in PEM format for connection.' },
  { name: 'ssl-key', kind: 'string', usage: 'Path of file that contains X509 key in PEM format for connection.' },
  { name: 'version', short: 'V', kind: 'bool', usage: 'Prints version and exit.' },
];

/** A position in the binlog. The flag of handle-error, and of the group `binlog`. */
export const BINLOG_POS = {
  name: 'binlog-pos',
  short: 'b',
  kind: 'string',
  usage:
    'position used to match binlog event if matched the binlog operation will be applied. The format like "mysql-bin|000001.000003:3270"',
  values: 'position',
  ofGroup: true,
} as const satisfies FlagSpec;

/** Where the group `config` reads and writes. */
export const CONFIG_PATH = {
  name: 'path',
  short: 'p',
  kind: 'string',
  usage: 'specify the file path to export/import`',
  values: 'file',
  ofGroup: true,
} as const satisfies FlagSpec;

/** The table of operate-schema. */
export const DATABASE = { name: 'database', short: 'd', kind: 'string', usage: 'database name of the table', values: 'database' } as const;
export const TABLE = { name: 'table', short: 't', kind: 'string', usage: 'table name', values: 'table' } as const;

export const START_TIME = {
  name: 'start-time',
  since: '6.0',
  kind: 'string',
  usage: "specify the start time of binlog replication, e.g. '2021-10-21 00:01:00' or 2021-10-21T00:01:00",
  values: 'none',
} as const satisfies FlagSpec;
