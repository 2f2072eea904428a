// The keys of a source file of DM 2.0 and later.

import { type ConfigKey, key, values } from './config-key.ts';
import { accountKeys, sessionKeys } from './database-keys.ts';
import { filterKeys } from './rule-keys.ts';

const NO_EFFECT = { advice: 'remove it: it has no effect' };

/** All keys of a source file. */
export const SOURCE_KEYS: readonly ConfigKey[] = [
  key('source-id', 'text', 'name of the source, unique in the cluster, at most 32 bytes', { required: true, missingCode: '40005' }),
  key('enable', 'bool', 'false: the tasks of the source do not run', { since: '6.0', default: true }),
  key('enable-gtid', 'bool', 'read the binlog with GTIDs. MySQL must run with gtid_mode ON', { default: false }),
  key('enable-relay', 'bool', 'store the binlog on the worker. Since 2.0.2 also with start-relay', { default: false }),
  key('relay-binlog-name', 'text', 'binlog file at which the relay starts, such as mysql-bin.000001'),
  key('relay-binlog-gtid', 'text', 'GTID set at which the relay starts'),
  key('relay-dir', 'text', 'folder of the relay log', { default: 'relay-dir' }),
  key('meta-dir', 'text', 'folder of the position of the relay', { deprecated: NO_EFFECT }),
  key('charset', 'text', 'character set of the connection', { deprecated: NO_EFFECT }),
  key('auto-fix-gtid', 'bool', 'repair GTID sets', { deprecated: NO_EFFECT }),
  key('flavor', 'text', 'kind of the database. Without it the database is asked', { values: values('mysql', 'mariadb') }),
  key('server-id', 'uint32', 'server ID of the worker, unique among the replicas. Without it an unused one is chosen'),
  key('from', 'block', 'database that is read', { required: true }),
  ...accountKeys('from'),
  ...sessionKeys('from'),
  key('purge', 'block', 'when old relay files are deleted'),
  key('purge.interval', 'int', 'seconds between two checks', { default: 3600 }),
  key('purge.expires', 'int', 'hours for which a relay file is kept. 0: no limit', { default: 0 }),
  key('purge.remain-space', 'int', 'GB that must stay free. 0: no limit', { default: 15 }),
  key('checker', 'block', 'when a paused task is resumed automatically'),
  key('checker.check-enable', 'bool', 'resume automatically', { default: true }),
  key('checker.backoff-rollback', 'duration', 'time after which the waiting time is reduced', { default: '5m' }),
  key('checker.backoff-max', 'duration', 'longest waiting time, at least 1s', { default: '5m' }),
  key('checker.check-interval', 'duration', 'time between two checks', { default: '5s', deprecated: NO_EFFECT }),
  key('checker.backoff-min', 'duration', 'shortest waiting time', { default: '1s', deprecated: NO_EFFECT }),
  key('checker.backoff-jitter', 'bool', 'vary the waiting time', { default: true, deprecated: NO_EFFECT }),
  key('checker.backoff-factor', 'float', 'factor from one waiting time to the next', { default: 2, deprecated: NO_EFFECT }),
  key('case-sensitive', 'bool', 'names and patterns of the filters are case-sensitive', { since: '2.0.2', default: false }),
  key('filters', 'list', 'binlog events to leave out or to keep, for all tasks of the source', { items: 'block', since: '2.0.2' }),
  ...filterKeys('filters[]'),
  key('tracer', 'named', 'tracing', { items: 'any', deprecated: NO_EFFECT }),
];
