// The keys of a DM 1.0 task file and their types. Unknown keys and wrong types are errors.

/** The type of a value: a scalar, a list of one shape, a mapping with arbitrary keys, or a structure with a Go name. */
export type Shape =
  | 'string'
  | 'int'
  | 'bool'
  | { list: Shape }
  | { map: Shape }
  | { struct: string; keys: Readonly<Record<string, Shape>> };

const STRINGS: Shape = { list: 'string' };
const TABLE: Shape = { struct: 'filter.Table', keys: { 'db-name': 'string', 'tbl-name': 'string' } };

const DATABASE: Shape = {
  struct: 'config.DBConfig',
  keys: { host: 'string', port: 'int', user: 'string', password: 'string', 'max-allowed-packet': 'int', session: { map: 'string' } },
};

const MYDUMPER: Shape = {
  struct: 'config.MydumperConfig',
  keys: {
    'mydumper-path': 'string',
    threads: 'int',
    'chunk-filesize': 'int',
    'skip-tz-utc': 'bool',
    'extra-args': 'string',
  },
};

const LOADER: Shape = { struct: 'config.LoaderConfig', keys: { 'pool-size': 'int', dir: 'string' } };

const SYNCER: Shape = {
  struct: 'config.SyncerConfig',
  keys: {
    'meta-file': 'string',
    'worker-count': 'int',
    batch: 'int',
    'max-retry': 'int',
    'auto-fix-gtid': 'bool',
    'enable-gtid': 'bool',
    'disable-detect': 'bool',
    'safe-mode': 'bool',
    'enable-ansi-quotes': 'bool',
  },
};

const META: Shape = { struct: 'config.Meta', keys: { 'binlog-name': 'string', 'binlog-pos': 'int' } };

const INSTANCE: Shape = {
  struct: 'config.MySQLInstance',
  keys: {
    'source-id': 'string',
    meta: META,
    'filter-rules': STRINGS,
    'column-mapping-rules': STRINGS,
    'route-rules': STRINGS,
    'black-white-list': 'string',
    'mydumper-config-name': 'string',
    mydumper: MYDUMPER,
    'loader-config-name': 'string',
    loader: LOADER,
    'syncer-config-name': 'string',
    syncer: SYNCER,
  },
};

const ROUTE: Shape = {
  struct: 'router.TableRule',
  keys: { 'schema-pattern': 'string', 'table-pattern': 'string', 'target-schema': 'string', 'target-table': 'string' },
};

const FILTER: Shape = {
  struct: 'filter.BinlogEventRule',
  keys: { 'schema-pattern': 'string', 'table-pattern': 'string', events: STRINGS, 'sql-pattern': STRINGS, action: 'string' },
};

const COLUMN_MAPPING: Shape = {
  struct: 'column.Rule',
  keys: {
    'schema-pattern': 'string',
    'table-pattern': 'string',
    'source-column': 'string',
    'target-column': 'string',
    expression: 'string',
    arguments: STRINGS,
    'create-table-query': 'string',
  },
};

const LISTS: Shape = {
  struct: 'filter.Rules',
  keys: { 'do-dbs': STRINGS, 'do-tables': { list: TABLE }, 'ignore-dbs': STRINGS, 'ignore-tables': { list: TABLE } },
};

export const TASK: Shape = {
  struct: 'config.TaskConfig',
  keys: {
    name: 'string',
    'task-mode': 'string',
    'is-sharding': 'bool',
    'ignore-checking-items': STRINGS,
    'meta-schema': 'string',
    'remove-meta': 'bool',
    'enable-heartbeat': 'bool',
    'heartbeat-update-interval': 'int',
    'heartbeat-report-interval': 'int',
    timezone: 'string',
    'case-sensitive': 'bool',
    'target-database': DATABASE,
    'online-ddl-scheme': 'string',
    'mysql-instances': { list: INSTANCE },
    routes: { map: ROUTE },
    filters: { map: FILTER },
    'column-mappings': { map: COLUMN_MAPPING },
    'black-white-list': { map: LISTS },
    mydumpers: { map: MYDUMPER },
    loaders: { map: LOADER },
    syncers: { map: SYNCER },
  },
};
