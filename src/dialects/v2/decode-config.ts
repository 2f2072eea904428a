// Decodes configuration files as strictly as DM does: unknown keys and values of the wrong type are mistakes. Only what decides
// whether DM's client accepts a file is checked here.

import { isTable, type Table } from '../../text/table.ts';
import { readYaml } from '../../text/yaml.ts';

export interface Decoded {
  /** The first document; undefined if it is no table. */
  readonly value: Table | undefined;
  /** The first mistake; undefined if there is none. */
  readonly problem: string | undefined;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The keys of a task file from 2.0 on (config-facts, sections 2 and 3), of all releases. */
const TASK_KEYS = words(`
  name task-mode is-sharding shard-mode strict-optimistic-shard-mode ignore-checking-items meta-schema enable-heartbeat
  heartbeat-update-interval heartbeat-report-interval timezone case-sensitive collation_compatible target-database
  mysql-instances online-ddl shadow-table-rules trash-table-rules online-ddl-scheme routes filters column-mappings
  expression-filter black-white-list block-allow-list mydumpers loaders syncers clean-dump-file ansi-quotes remove-meta
  experimental validators tidb start-time
`);

/** The keys of a source file. */
const SOURCE_KEYS = words(`
  enable source-id server-id from enable-gtid auto-fix-gtid relay-dir meta-dir flavor charset enable-relay relay-binlog-name
  relay-binlog-gtid purge checker case-sensitive filters tracer
`);

const DATABASE_KEYS = words('host port user password max-allowed-packet session security');

/** The first document of a file, and what is wrong with it as a task. */
export function decodeTask(text: string): Decoded {
  return decode(text, TASK_KEYS, 'target-database');
}

/** The same for a source. */
export function decodeSource(text: string): Decoded {
  return decode(text, SOURCE_KEYS, 'from');
}

function decode(text: string, keys: ReadonlySet<string>, database: string): Decoded {
  const read = readYaml(firstDocument(text));
  if ('problem' in read) return { value: undefined, problem: `it is not valid YAML: ${read.problem}` };
  if (read.value === null || read.value === undefined) return { value: undefined, problem: 'it has no content' };
  if (!isTable(read.value)) return { value: undefined, problem: 'it is not a table of keys and values' };
  return { value: read.value, problem: problemIn(read.value, keys, '') ?? databaseProblem(read.value[database], database) };
}

function problemIn(table: Table, keys: ReadonlySet<string>, prefix: string): string | undefined {
  const unknown = Object.keys(table).find((key) => !keys.has(key));
  return unknown === undefined ? undefined : `the key ${prefix}${unknown} is unknown`;
}

function databaseProblem(value: unknown, name: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isTable(value)) return `${name} must be a table`;
  const { port } = value;
  if (port !== null && port !== undefined && typeof port !== 'number') return `${name}.port must be a number`;
  return problemIn(value, DATABASE_KEYS, `${name}.`);
}

/** DM reads the first document of a file and ignores the others. */
function firstDocument(text: string): string {
  const documents = text.replace(/^\uFEFF/, '').split(/^---[ \t]*\r?$/m);
  return documents.find((document) => /^[ \t]*[^#\s]/m.test(document)) ?? '';
}
