// The keys of dm-worker.toml and dm-master.toml of DM 1.0.

import { type ConfigKey, key, values } from './config-key.ts';
import { accountKeys } from './database-keys.ts';

const LOG: readonly ConfigKey[] = [
  key('log-level', 'text', 'level of the log: debug, info, warn, error or fatal', { default: 'info' }),
  key('log-file', 'text', 'file of the log'),
  key('log-rotate', 'text', 'when a new log file begins: day or hour'),
];

/** All keys of a worker file. */
export const WORKER_KEYS: readonly ConfigKey[] = [
  ...LOG,
  key('worker-addr', 'text', 'address of the worker, as host:port'),
  key('source-id', 'text', 'name of the source, at most 32 bytes', { required: true, missingCode: '40005' }),
  key('server-id', 'int', 'server ID of the worker', { until: '1.0.1', default: 0 }),
  key('server-id', 'uint32', 'server ID of the worker. 0: an unused one is chosen', { since: '1.0.2', default: 0 }),
  key('flavor', 'text', 'kind of the database', { values: values('mysql', 'mariadb') }),
  key('enable-gtid', 'bool', 'read the binlog with GTIDs', { default: false }),
  key('auto-fix-gtid', 'bool', 'repair GTID sets', { default: false }),
  key('relay-dir', 'text', 'folder of the relay log', { default: './relay_log' }),
  key('meta-dir', 'text', 'folder of the positions', { default: './dm_worker_meta' }),
  key('charset', 'text', 'character set of the connection'),
  key('relay-binlog-name', 'text', 'binlog file at which the relay starts, such as mysql-bin.000001'),
  key('relay-binlog-gtid', 'text', 'GTID set at which the relay starts'),
  key('from', 'block', 'database that is read'),
  ...accountKeys('from'),
  key('from.session', 'named', 'session variables', { items: 'text', since: '1.0.6' }),
  key('purge', 'block', 'when old relay files are deleted'),
  key('purge.interval', 'int', 'seconds between two checks', { default: 3600 }),
  key('purge.expires', 'int', 'hours for which a relay file is kept. 0: no limit', { default: 0 }),
  key('purge.remain-space', 'int', 'GB that must stay free. 0: no limit', { default: 15 }),
  key('checker', 'block', 'when a paused task is resumed automatically'),
  key('checker.check-enable', 'bool', 'resume automatically', { default: true }),
  ...['backoff-rollback', 'backoff-max'].flatMap((name) => [
    key(`checker.${name}`, 'int', 'waiting time in nanoseconds', { until: '1.0.1', default: 300000000000 }),
    key(`checker.${name}`, 'duration', 'waiting time, such as "5m"', { since: '1.0.2', default: '5m' }),
  ]),
  key('tracer', 'block', 'tracing'),
  key('tracer.enable', 'bool', 'trace', { default: false }),
  key('tracer.source', 'text', 'source of the trace'),
  key('tracer.tracer-addr', 'text', 'address of the tracer'),
  key('tracer.batch-size', 'int', 'number of events in a request', { default: 20 }),
  key('tracer.checksum', 'bool', 'compute checksums', { default: false }),
];

/** All keys of a master file. */
export const MASTER_KEYS: readonly ConfigKey[] = [
  ...LOG,
  key('master-addr', 'text', 'address of the master, as host:port'),
  key('rpc-timeout', 'text', 'time limit of a call of a worker, such as "30s"', { default: '30s' }),
  key('rpc-rate-limit', 'float', 'calls of a worker per second, such as 10.0', { default: 10.0 }),
  key('rpc-rate-burst', 'int', 'calls of a worker at once', { default: 40 }),
  key('deploy', 'list', 'which worker reads which source', { items: 'block' }),
  key('deploy[].source-id', 'text', 'name of the source', { required: true }),
  key('deploy[].mysql-instance', 'text', 'name of the source', { deprecated: { advice: 'rename it to source-id' } }),
  key('deploy[].dm-worker', 'text', 'address of the worker, as host:port'),
];
