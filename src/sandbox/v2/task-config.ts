// How a DM-master shows a task: with every key, and with its own names for rules.

import { writeYaml } from '../../text/yaml.ts';
import { sourcesOf, type TaskFile } from './task-file.ts';

type Settings = Readonly<Record<string, unknown>>;

const DUMP: Settings = {
  'mydumper-path': './bin/mydumper',
  threads: 4,
  'chunk-filesize': '64',
  'statement-size': 0,
  rows: 0,
  where: '',
  'skip-tz-utc': true,
  'extra-args': '',
};
const LOAD: Settings = { 'pool-size': 16, dir: './dumped_data', 'import-mode': 'logical', 'on-duplicate': '' };
const SYNC: Settings = {
  'meta-file': '',
  'worker-count': 16,
  batch: 100,
  'queue-size': 1024,
  'checkpoint-flush-interval': 30,
  compact: false,
  'multiple-rows': false,
  'max-retry': 0,
  'auto-fix-gtid': false,
  'enable-gtid': false,
  'disable-detect': false,
  'safe-mode': false,
  'safe-mode-duration': '60s',
  'enable-ansi-quotes': false,
};
const VALIDATOR: Settings = {
  mode: 'none',
  'worker-count': 4,
  'validate-interval': '10s',
  'check-interval': '5s',
  'row-error-delay': '30m0s',
  'meta-flush-interval': '5m0s',
  'batch-query-size': 100,
  'max-pending-row-size': '500m',
  'max-pending-row-count': 2147483647,
};

/** Keys that a task file and a sub task have under the same name, with their defaults. */
const COMMON: Settings = {
  'is-sharding': false,
  'shard-mode': '',
  'strict-optimistic-shard-mode': false,
  'ignore-checking-items': [],
  'meta-schema': 'dm_meta',
  'enable-heartbeat': false,
  'heartbeat-update-interval': 1,
  'heartbeat-report-interval': 10,
  timezone: '',
  'case-sensitive': false,
  collation_compatible: 'loose',
};

const commonOf = (file: TaskFile): Settings =>
  Object.fromEntries(Object.entries(COMMON).map(([key, otherwise]) => [key, (file as Settings)[key] ?? otherwise]));

const targetOf = (file: TaskFile, password: string): Settings => ({
  host: '',
  port: 4000,
  user: '',
  'max-allowed-packet': null,
  session: { tidb_txn_mode: 'optimistic' },
  security: null,
  ...file['target-database'],
  password,
});

/** The name that a DM-master gives to a rule or to settings. */
const numbered = (prefix: string, i: number): string => `${prefix}-${String(i + 1).padStart(2, '0')}`;

/** The task as YAML. */
export function taskYaml(file: TaskFile, password: string): string {
  const routes = Object.keys(file.routes ?? {});
  const lists = { ...file['black-white-list'], ...file['block-allow-list'] };
  const listNames = Object.keys(lists);
  const instances = (file['mysql-instances'] ?? []).map((instance) => {
    const list = instance['block-allow-list'] ?? instance['black-white-list'];
    return {
      'source-id': instance['source-id'],
      meta: instance.meta ?? null,
      'filter-rules': [],
      'column-mapping-rules': [],
      'route-rules': (instance['route-rules'] ?? []).map((name) => numbered('route', routes.indexOf(name))),
      'expression-filters': [],
      'block-allow-list': list === undefined ? '' : numbered('balist', listNames.indexOf(list)),
      'mydumper-config-name': 'dump-01',
      'loader-config-name': 'load-01',
      'syncer-config-name': 'sync-01',
      'validator-config-name': 'validator-01',
    };
  });
  return writeYaml({
    name: file.name,
    'task-mode': file['task-mode'],
    ...commonOf(file),
    'target-database': targetOf(file, password),
    'mysql-instances': instances,
    'online-ddl': true,
    'shadow-table-rules': [],
    'trash-table-rules': [],
    'online-ddl-scheme': '',
    routes: Object.fromEntries(routes.map((name, i) => [numbered('route', i), file.routes?.[name]])),
    filters: {},
    'column-mappings': {},
    'expression-filter': {},
    'black-white-list': {},
    'block-allow-list': Object.fromEntries(listNames.map((name, i) => [numbered('balist', i), lists[name]])),
    mydumpers: { 'dump-01': DUMP },
    loaders: { 'load-01': LOAD },
    syncers: { 'sync-01': SYNC },
    validators: { 'validator-01': VALIDATOR },
    'clean-dump-file': true,
    'ansi-quotes': false,
    'remove-meta': file['remove-meta'] ?? false,
    experimental: { 'async-checkpoint-flush': false },
  });
}

/** The configuration of a sub task, as the key-value store has it. */
export function subTaskConfig(file: TaskFile, source: string, password: string): Record<string, unknown> {
  const instance = file['mysql-instances']?.[sourcesOf(file).indexOf(source)] ?? {};
  const list = instance['block-allow-list'] ?? instance['black-white-list'];
  const lists = { ...file['black-white-list'], ...file['block-allow-list'] };
  return {
    ...commonOf(file),
    name: file.name,
    mode: file['task-mode'],
    'source-id': source,
    'online-ddl': true,
    'clean-dump-file': true,
    to: targetOf(file, password),
    meta: instance.meta,
    'route-rules': (instance['route-rules'] ?? []).map((name) => file.routes?.[name]),
    'filter-rules': [],
    'block-allow-list': list === undefined ? undefined : lists[list],
    ...DUMP,
    ...LOAD,
    ...SYNC,
  };
}
