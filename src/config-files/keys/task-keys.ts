// The keys of a task file, for DM 1.0 and for DM 2.0 and later.

import { type ConfigKey, key, values, valuesSince } from './config-key.ts';
import { accountKeys, sessionKeys } from './database-keys.ts';
import { columnMappingKeys, expressionFilterKeys, filterKeys, listKeys, routeKeys } from './rule-keys.ts';

const NO_EFFECT = 'remove it: it has no effect';
const FOR_EACH = 'mysql-instances[]';

const GENERAL: readonly ConfigKey[] = [
  key('name', 'text', 'name of the task, unique in the cluster', { required: true, missingCode: '20019' }),
  key('task-mode', 'text', 'what the task does: dump and load (full), replicate (incremental), or both (all)', {
    required: true,
    missingCode: '20020',
    values: [...values('full', 'incremental', 'all'), ...valuesSince('7.3', 'dump', 'load&sync'), ...valuesSince('26.3', 'load')],
    valueCode: '20020',
  }),
  key('is-sharding', 'bool', 'merge sharded tables, with coordinated DDL statements', {
    default: false,
    deprecated: { since: '2.0', advice: 'use shard-mode: pessimistic' },
  }),
  key('shard-mode', 'text', 'merge sharded tables: how DDL statements are coordinated. Empty: no merge', {
    since: '2.0',
    values: values('pessimistic', 'optimistic'),
    valueCode: '20033',
  }),
  key('strict-optimistic-shard-mode', 'bool', 'with shard-mode: optimistic, reject DDL statements that may lose data', {
    since: ['6.5.4', '7.1.2'],
    default: false,
  }),
  key('ignore-checking-items', 'list', 'items of the pre-check to leave out', {
    items: 'text',
    valueCode: '20001',
    values: [
      ...values('all', 'dump_privilege', 'replication_privilege', 'version', 'binlog_enable', 'binlog_format', 'binlog_row_image'),
      ...values('table_schema', 'schema_of_shard_tables', 'auto_increment_ID'),
      ...valuesSince('2.0.1', 'server_id'),
      ...valuesSince('6.0', 'online_ddl', 'binlog_db'),
      ...valuesSince('6.3', 'conn_number'),
      ...valuesSince('6.5', 'target_privilege', 'empty_region', 'region_distribution', 'downstream_version'),
      ...valuesSince('6.6', 'free_space', 'downstream_mutex_features'),
      ...valuesSince('7.2', 'meta_position'),
      ...valuesSince('8.2', 'downstream_table_empty'),
      ...valuesSince('26.3', 'primary_key'),
    ],
  }),
  key('meta-schema', 'text', 'schema of the target database that stores checkpoints', { default: 'dm_meta' }),
  key('remove-meta', 'bool', 'delete the checkpoints before the task starts', {
    default: false,
    deprecated: { since: '2.0', advice: 'use start-task --remove-meta' },
  }),
  key('disable-heartbeat', 'bool', 'do not write heartbeats', {
    default: true,
    until: '1.0',
    deprecated: { advice: 'use enable-heartbeat' },
  }),
  key('enable-heartbeat', 'bool', 'write heartbeats to compute the lag', {
    default: false,
    deprecated: { since: '2.0', advice: NO_EFFECT },
  }),
  key('heartbeat-update-interval', 'int', 'seconds between heartbeats', {
    default: 1,
    deprecated: { since: '2.0', advice: NO_EFFECT },
  }),
  key('heartbeat-report-interval', 'int', 'seconds between reports of the lag', {
    default: 10,
    deprecated: { since: '2.0', advice: NO_EFFECT },
  }),
  key('timezone', 'text', 'time zone of the sessions: an IANA name or, since 5.3, an offset such as +08:00'),
  key('case-sensitive', 'bool', 'names and patterns of schemas and tables are case-sensitive', { default: false }),
  key('collation_compatible', 'text', 'loose: keep the default collation of the target. strict: that of the source', {
    since: '5.4',
    default: 'loose',
    values: values('loose', 'strict'),
    valueCode: '20052',
  }),
  key('online-ddl', 'bool', 'support gh-ost and pt-osc', { since: '2.0.5', default: [{ value: false }, { since: '6.0', value: true }] }),
  key('online-ddl-scheme', 'text', 'the tool that changes tables online', {
    values: values('gh-ost', 'pt'),
    valueCode: '20007',
    deprecated: { since: '2.0.5', advice: 'use online-ddl: true' },
  }),
  key('shadow-table-rules', 'list', 'regular expressions for shadow tables. Each must have exactly one group', {
    items: 'text',
    since: '2.0.7',
  }),
  key('trash-table-rules', 'list', 'regular expressions for trash tables. Each must have exactly one group', {
    items: 'text',
    since: '2.0.7',
  }),
  key('clean-dump-file', 'bool', 'delete the dump after it was loaded', { since: '2.0', default: true }),
  key('ansi-quotes', 'bool', 'use double quotes for names', { since: '2.0', default: false, deprecated: { advice: NO_EFFECT } }),
  key('experimental', 'block', 'features that may change', { since: '5.4' }),
  key('experimental.async-checkpoint-flush', 'bool', 'write checkpoints in the background', { since: '5.4', default: false }),
  key('tidb', 'block', 'how a dump is loaded', { since: '5.3', until: '5.4.3' }),
  key('tidb.backend', 'text', 'how rows are written', { since: '5.3', until: '5.4.3' }),
  key('tidb.status-port', 'int', 'status port of TiDB', { since: '5.3', until: '5.4.3' }),
  key('tidb.pd-addr', 'text', 'address of PD', { since: '5.3', until: '5.4.3' }),
];

const INSTANCES: readonly ConfigKey[] = [
  key('mysql-instances', 'list', 'sources of the task, with their rules', { items: 'block', required: true, missingCode: '20013' }),
  key(`${FOR_EACH}.source-id`, 'text', 'source, at most 32 bytes', { required: true, missingCode: '20005' }),
  key(`${FOR_EACH}.meta`, 'block', 'where replication starts in mode incremental'),
  key(`${FOR_EACH}.meta.binlog-name`, 'text', 'binlog file'),
  key(`${FOR_EACH}.meta.binlog-pos`, 'uint32', 'position in the binlog file'),
  key(`${FOR_EACH}.meta.binlog-gtid`, 'text', 'GTID set', { since: '2.0' }),
  key(`${FOR_EACH}.filter-rules`, 'list', 'names of entries of filters', { items: 'text' }),
  key(`${FOR_EACH}.route-rules`, 'list', 'names of entries of routes', { items: 'text' }),
  key(`${FOR_EACH}.column-mapping-rules`, 'list', 'names of entries of column-mappings', { items: 'text' }),
  key(`${FOR_EACH}.expression-filters`, 'list', 'names of entries of expression-filter', { items: 'text', since: '2.0.5' }),
  key(`${FOR_EACH}.black-white-list`, 'text', 'name of an entry of black-white-list', {
    deprecated: { since: '2.0', advice: 'rename it to block-allow-list' },
  }),
  key(`${FOR_EACH}.block-allow-list`, 'text', 'name of an entry of block-allow-list', { since: '2.0' }),
  key(`${FOR_EACH}.mydumper-config-name`, 'text', 'name of an entry of mydumpers'),
  key(`${FOR_EACH}.mydumper`, 'block', 'settings of the dump, instead of mydumper-config-name'),
  key(`${FOR_EACH}.mydumper-thread`, 'int', 'replaces threads of the dump', { since: '1.0.2', default: 0 }),
  key(`${FOR_EACH}.loader-config-name`, 'text', 'name of an entry of loaders'),
  key(`${FOR_EACH}.loader`, 'block', 'settings of the load, instead of loader-config-name'),
  key(`${FOR_EACH}.loader-thread`, 'int', 'replaces pool-size of the load', { since: '1.0.2', default: 0 }),
  key(`${FOR_EACH}.syncer-config-name`, 'text', 'name of an entry of syncers'),
  key(`${FOR_EACH}.syncer`, 'block', 'settings of the replication, instead of syncer-config-name'),
  key(`${FOR_EACH}.syncer-thread`, 'int', 'replaces worker-count of the replication', { since: '1.0.2', default: 0 }),
  key(`${FOR_EACH}.continuous-validator-config-name`, 'text', 'name of an entry of validators', { since: '6.0', until: '6.1' }),
  key(`${FOR_EACH}.validator-config-name`, 'text', 'name of an entry of validators', { since: '6.2' }),
];

function dumpKeys(entry: string): readonly ConfigKey[] {
  return [
    key(`${entry}.mydumper-path`, 'text', 'path of mydumper', {
      default: './bin/mydumper',
      deprecated: { since: '2.0', advice: NO_EFFECT },
    }),
    key(`${entry}.threads`, 'int', 'number of threads, at least 1', { default: 4 }),
    key(`${entry}.chunk-filesize`, 'int', 'size of the files of a dump in MB', { until: '1.0', default: 64 }),
    key(`${entry}.chunk-filesize`, 'text', 'size of the files of a dump in MB, or with a unit such as 64MB', {
      since: '2.0',
      default: '64',
    }),
    key(`${entry}.statement-size`, 'uint64', 'size of an INSERT statement in bytes', { since: '2.0', default: 0 }),
    key(`${entry}.rows`, 'uint64', 'number of rows of a part of a table', { since: '2.0', default: 0 }),
    key(`${entry}.where`, 'text', 'condition for the rows to dump', { since: '2.0' }),
    key(`${entry}.skip-tz-utc`, 'bool', 'do not convert times to UTC', { default: true }),
    key(`${entry}.extra-args`, 'text', 'further arguments of the dump'),
  ];
}

function loadKeys(entry: string): readonly ConfigKey[] {
  const levels = values('required', 'optional', 'off');
  const any = { anyCase: true };
  return [
    key(`${entry}.pool-size`, 'int', 'number of threads', { default: 16 }),
    key(`${entry}.dir`, 'text', 'folder of the dump', { default: './dumped_data' }),
    key(`${entry}.import-mode`, 'text', 'how a dump is loaded', {
      since: '6.0',
      until: '6.4',
      default: 'sql',
      values: values('sql', 'loader'),
      valueCode: '20053',
    }),
    key(`${entry}.import-mode`, 'text', 'how a dump is loaded: with SQL (logical) or into TiKV (physical)', {
      since: '6.5',
      default: 'logical',
      values: [...values('logical', 'physical', 'sql', 'loader'), ...valuesSince('26.3', 'import-into')],
      valueCode: '20053',
      ...any,
    }),
    key(`${entry}.on-duplicate`, 'text', 'what to do with rows that exist', {
      since: '6.0',
      until: '6.5',
      default: 'replace',
      values: values('replace', 'error', 'ignore'),
      valueCode: '20054',
      deprecated: { since: '6.5', advice: 'use on-duplicate-logical' },
      ...any,
    }),
    key(`${entry}.on-duplicate`, 'text', 'what to do with rows that exist', {
      since: '6.6',
      deprecated: { advice: 'use on-duplicate-logical: on-duplicate has no effect' },
    }),
    key(`${entry}.on-duplicate-logical`, 'text', 'what a logical import does with rows that exist', {
      since: '6.5',
      default: 'replace',
      values: values('replace', 'error', 'ignore'),
      valueCode: '20054',
      ...any,
    }),
    key(`${entry}.on-duplicate-physical`, 'text', 'what a physical import does with rows that exist', {
      since: '6.5',
      default: 'none',
      values: values('none', 'manual'),
      valueCode: '20062',
      ...any,
    }),
    key(`${entry}.disk-quota-physical`, 'text', 'disk space of a physical import, such as 100MiB or a number of bytes', { since: '6.6' }),
    key(`${entry}.sorting-dir-physical`, 'text', 'folder in which a physical import sorts', { since: '6.6' }),
    key(`${entry}.checksum-physical`, 'text', 'compare checksums after a physical import', {
      since: '6.6',
      default: 'required',
      values: levels,
      valueCode: '20063',
      ...any,
    }),
    key(`${entry}.analyze`, 'text', 'collect statistics after a physical import', {
      since: '7.0',
      default: 'optional',
      values: levels,
      valueCode: '20065',
      ...any,
    }),
    key(`${entry}.range-concurrency`, 'int', 'number of parallel writes to TiKV', { since: '7.0' }),
    key(`${entry}.compress-kv-pairs`, 'text', 'compress what is sent to TiKV: gzip, or empty for no compression', { since: '7.0' }),
    key(`${entry}.pd-addr`, 'text', 'address of PD', { since: '7.0' }),
  ];
}

function syncKeys(entry: string): readonly ConfigKey[] {
  return [
    key(`${entry}.meta-file`, 'text', 'file of the position', { deprecated: { advice: NO_EFFECT } }),
    key(`${entry}.worker-count`, 'int', 'number of threads that write', { default: 16 }),
    key(`${entry}.batch`, 'int', 'number of statements in a transaction', { default: 100 }),
    key(`${entry}.queue-size`, 'int', 'length of the queue of events', { since: '1.0.5', default: 1024 }),
    key(`${entry}.checkpoint-flush-interval`, 'int', 'seconds between checkpoints', { since: '1.0.5', default: 30 }),
    key(`${entry}.compact`, 'bool', 'merge changes of a row', { since: '5.3', default: false }),
    key(`${entry}.multiple-rows`, 'bool', 'write several rows with a statement', { since: '5.3', default: false }),
    key(`${entry}.max-retry`, 'int', 'number of attempts', { deprecated: { advice: NO_EFFECT } }),
    key(`${entry}.auto-fix-gtid`, 'bool', 'repair GTID sets', { deprecated: { since: '2.0', advice: NO_EFFECT } }),
    key(`${entry}.enable-gtid`, 'bool', 'replicate with GTIDs', {
      default: false,
      deprecated: { since: '2.0', advice: 'remove it: enable-gtid of the source file counts' },
    }),
    key(`${entry}.disable-detect`, 'bool', 'do not detect conflicts', { default: false, deprecated: { since: '2.0', advice: NO_EFFECT } }),
    key(`${entry}.safe-mode`, 'bool', 'write statements that can be repeated', { default: false }),
    key(`${entry}.safe-mode-duration`, 'text', 'how long safe mode lasts after a start, such as 60s', { since: '6.3', default: '60s' }),
    key(`${entry}.enable-ansi-quotes`, 'bool', 'use double quotes for names', {
      default: false,
      deprecated: { since: '2.0', advice: NO_EFFECT },
    }),
  ];
}

function validatorKeys(entry: string): readonly ConfigKey[] {
  const duration = (name: string, summary: string, value: string): ConfigKey =>
    key(`${entry}.${name}`, 'duration', summary, { since: '6.1', default: value });
  return [
    key(`${entry}.mode`, 'text', 'compare changed rows completely (full), by their keys (fast), or not at all', {
      since: '6.0',
      default: 'none',
      values: values('none', 'fast', 'full'),
      valueCode: '20055',
    }),
    key(`${entry}.worker-count`, 'int', 'number of threads', { since: '6.0', default: 4 }),
    duration('validate-interval', 'time between two validations', '10s'),
    duration('check-interval', 'time between two checks of the progress', '5s'),
    duration('row-error-delay', 'time after which a row that differs is an error', '30m'),
    duration('meta-flush-interval', 'time between two checkpoints of the validation', '5m'),
    key(`${entry}.batch-query-size`, 'int', 'number of rows in a query', { since: '6.1', default: 100 }),
    key(`${entry}.max-pending-row-size`, 'text', 'size of the rows that wait, such as 500m', { since: '6.2', default: '500m' }),
    key(`${entry}.max-pending-row-count`, 'int', 'number of rows that wait', { since: '6.2', default: 2147483647 }),
  ];
}

const SECTIONS: readonly ConfigKey[] = [
  key('routes', 'named', 'to which schema and table of the target a source table goes', { items: 'block' }),
  ...routeKeys('routes.*'),
  key('filters', 'named', 'binlog events to leave out or to keep', { items: 'block' }),
  ...filterKeys('filters.*'),
  key('column-mappings', 'named', 'changes of the values of a column. DM 6.6 and later reject them', { items: 'block' }),
  ...columnMappingKeys('column-mappings.*'),
  key('black-white-list', 'named', 'schemas and tables to migrate', {
    items: 'block',
    deprecated: { since: '2.0', advice: 'rename it to block-allow-list' },
  }),
  ...listKeys('black-white-list.*'),
  key('block-allow-list', 'named', 'schemas and tables to migrate', { items: 'block', since: '2.0' }),
  ...listKeys('block-allow-list.*', '2.0'),
  key('expression-filter', 'named', 'rows to leave out, by their values', { items: 'block', since: '2.0.5' }),
  ...expressionFilterKeys('expression-filter.*'),
  key('mydumpers', 'named', 'settings of the dump', { items: 'block' }),
  ...dumpKeys('mydumpers.*'),
  ...dumpKeys(`${FOR_EACH}.mydumper`),
  key('loaders', 'named', 'settings of the load', { items: 'block' }),
  ...loadKeys('loaders.*'),
  ...loadKeys(`${FOR_EACH}.loader`),
  key('syncers', 'named', 'settings of the replication', { items: 'block' }),
  ...syncKeys('syncers.*'),
  ...syncKeys(`${FOR_EACH}.syncer`),
  key('validators', 'named', 'settings of the continuous validation', { items: 'block', since: '6.0' }),
  ...validatorKeys('validators.*'),
];

/** All keys of a task file. */
export const TASK_KEYS: readonly ConfigKey[] = [
  ...GENERAL,
  key('target-database', 'block', 'database to which the task writes', { required: true, missingCode: '20021' }),
  ...accountKeys('target-database'),
  ...sessionKeys('target-database'),
  ...INSTANCES,
  ...SECTIONS,
];
