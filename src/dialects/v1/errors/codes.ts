// The codes of DM errors that users of dmctl meet, in our own words: the meaning of each and what helps.
// Commands are templates for text/suggested-command.ts: <task> and <worker> stand for values from the text or the answer.

import type { CodeEntry, CodeRange } from '../../../domain/error-catalog.ts';

const entry = (code: number, title: string, next: readonly string[], commands?: readonly string[]): CodeEntry =>
  commands ? { code, title, next, commands } : { code, title, next };

const CHECK_TASK = 'check-task <task.yaml>';
const QUERY_STATUS = 'query-status <task>';
const QUERY_ERROR = 'query-error <task>';
const RESUME_TASK = 'resume-task <task>';
const SKIP = 'sql-skip -w <worker> -b <position> <task>';

const NAME_IN_FILE = 'a name in mysql-instances must stand in its section, letter by letter';

/** All entries, by code. */
export const CODES: readonly CodeEntry[] = [
  entry(
    10001,
    'no connection to a database could be made, or it broke',
    [
      'see whether it runs, and whether the worker can reach it: address, user, password',
      'a task pauses and tries again by itself; resume-task tries at once',
      'a relay does not try again by itself: resume-relay is needed',
      'after update-relay: send a file with a reachable address before query-status,',
      '  otherwise query-status kills a DM-worker 1.0.1 that has a sub task',
    ],
    [QUERY_STATUS, RESUME_TASK, 'resume-relay -w <worker>'],
  ),
  entry(
    10005,
    'a query failed at the database',
    [
      'a table that is not wanted at the target can be routed elsewhere or filtered out',
      'query-error shows nothing of this one; query-status does',
      'then resume the task; it also tries again by itself, after 1, 2, 4 … seconds',
    ],
    [QUERY_STATUS, RESUME_TASK],
  ),
  entry(
    10006,
    'the database refused a statement',
    [
      'query-error shows the statement and failedBinlogPosition',
      'best: remove the reason at the target (the row, key or column in the way), then resume',
      'or skip a DDL: sql-skip with failedBinlogPosition as it is, with the |, then resume',
      'or replace it: sql-replace, with the same position',
      'a position without the | part is accepted, but has no effect',
    ],
    [QUERY_ERROR, SKIP, RESUME_TASK],
  ),
  entry(
    11006,
    'DM cannot parse a DDL statement',
    [
      'sql-skip and sql-replace do not help: the statement is parsed before they are looked at',
      'only a filter rule that ignores it helps: add one to the task file, and update the task',
      'if the target needs the change, make it there by hand, in a form that TiDB takes',
      'said by sql-replace or sql-inject: correct the SQL that was typed',
    ],
    ['update-task <task.yaml>', RESUME_TASK],
  ),
  entry(
    11017,
    'the flags of sql-skip or sql-replace do not go together',
    [
      'give either --binlog-pos or --sql-pattern; with --sharding only --sql-pattern',
      'a position is file:number, as query-error shows it; a pattern with ~ before it is a regexp',
    ],
    ['help binlog-pos', 'help sql-pattern'],
  ),
  entry(
    11025,
    'the task looks for a relay file that is not there',
    [
      'the relay has not come so far, was purged, or was moved on: see relayStatus',
      'a paused relay: resume it; the task tries again by itself',
      'files that are gone do not come back: start the task anew from a dump, or with other meta',
    ],
    ['query-status', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(
    11028,
    'the task found a directory of the relay without any binlog file in it',
    [
      'repeated migrate-relay causes it: each call makes a directory, which may stay empty',
      'resume the relay, so that files come; then resume the task',
      'if it stays: stop the task, and start it anew with meta at a file that exists',
    ],
    ['query-status', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(
    11047,
    'a password is too short to be an encrypted one',
    ['encrypt it, and put the result into the file: up to 1.0.5 nothing else is taken'],
    ['dmctl -encrypt -'],
  ),
  entry(
    11048,
    'a password is not in the form of an encrypted one',
    ['encrypt the password again, and put the whole result into the file, without line breaks'],
    ['dmctl -encrypt -'],
  ),
  entry(
    11050,
    'a password is not base64, so it is probably not encrypted',
    ['encrypt it, and put the result into the file: up to 1.0.5 nothing else is taken'],
    ['dmctl -encrypt -'],
  ),
  entry(11104, 'the log file cannot be written', ['give the path of a file that can be written, not that of a directory']),
  entry(
    20001,
    'ignore-checking-items names a check that does not exist',
    [
      'there are: dump_privilege, replication_privilege, version, binlog_enable, binlog_format,',
      '  binlog_row_image, table_schema, schema_of_shard_tables, auto_increment_ID, all',
    ],
    [CHECK_TASK],
  ),
  entry(
    20003,
    'the task file cannot be read',
    [
      'the text says the line: no tabs before a key, a blank after each colon, "- " before items',
      '"field … not found" is a key that DM does not know: misspelled, or at the wrong depth',
      'keys of DM 2.0 are unknown to 1.0',
    ],
    [CHECK_TASK],
  ),
  entry(20005, 'a source-id in the task file is empty', ['give each entry of mysql-instances the source-id of its worker'], [CHECK_TASK]),
  entry(20006, 'a source-id is longer than 32 bytes', ['shorten it, in the task file and in the files of master and worker']),
  entry(20007, 'this online-ddl-scheme is not supported', ['gh-ost and pt are; leave the key out if neither is used'], [CHECK_TASK]),
  entry(
    20008,
    'the time zone of the task file is unknown',
    ['write a name such as Asia/Shanghai or UTC, or leave the key out'],
    [CHECK_TASK],
  ),
  entry(
    20010,
    'a database password in the file cannot be decrypted',
    ['encrypt it, and put the result into the file: up to 1.0.5 nothing else is taken'],
    ['dmctl -encrypt -', CHECK_TASK],
  ),
  entry(20011, 'meta of a source does not say the binlog file', ['set binlog-name and binlog-pos in its meta'], [CHECK_TASK]),
  entry(20012, 'an entry of mysql-instances is empty', ['fill it in, or remove its dash'], [CHECK_TASK]),
  entry(20013, 'the task file has no mysql-instances', ['list the sources of the task there, with their source-id'], [CHECK_TASK]),
  entry(20014, 'two entries of mysql-instances have the same source-id', ['each source may stand there only once'], [CHECK_TASK]),
  entry(20015, 'mydumper is given both by name and in place', ['keep either mydumper-config-name or mydumper'], [CHECK_TASK]),
  entry(20016, 'loader is given both by name and in place', ['keep either loader-config-name or loader'], [CHECK_TASK]),
  entry(20017, 'syncer is given both by name and in place', ['keep either syncer-config-name or syncer'], [CHECK_TASK]),
  entry(20019, 'the task has no name', ['set name at the top of the task file'], [CHECK_TASK]),
  entry(20020, 'the task-mode is unknown', ['write full, incremental or all'], [CHECK_TASK]),
  entry(20021, 'the task file has no target-database', ['say host, port, user and password of the target there'], [CHECK_TASK]),
  entry(
    20022,
    'an incremental task does not say where to begin',
    ['give each entry of mysql-instances a meta with binlog-name and binlog-pos'],
    [CHECK_TASK],
  ),
  entry(20023, 'a source names a route that does not exist', [`${NAME_IN_FILE} (routes)`], [CHECK_TASK]),
  entry(20024, 'a source names a filter that does not exist', [`${NAME_IN_FILE} (filters)`], [CHECK_TASK]),
  entry(20025, 'a source names a column mapping that does not exist', [`${NAME_IN_FILE} (column-mappings)`], [CHECK_TASK]),
  entry(20026, 'a source names a black-white-list that does not exist', [`${NAME_IN_FILE} (black-white-list)`], [CHECK_TASK]),
  entry(20027, 'a source names a mydumper section that does not exist', [`${NAME_IN_FILE} (mydumpers)`], [CHECK_TASK]),
  entry(
    20028,
    'the path of mydumper is missing',
    ['mode full and all need mydumper-path: where the program is on the host of the worker'],
    [CHECK_TASK],
  ),
  entry(20029, 'a source names a loader section that does not exist', [`${NAME_IN_FILE} (loaders)`], [CHECK_TASK]),
  entry(20030, 'a source names a syncer section that does not exist', [`${NAME_IN_FILE} (syncers)`], [CHECK_TASK]),
  entry(
    20031,
    'the master knows no worker for a source of the task',
    [
      'compare the source-id with what query-status shows as sourceID',
      'a new source: add it to the deploy section of the master with update-master-config',
    ],
    ['query-status', 'update-master-config <dm-master.toml>'],
  ),
  entry(20032, 'a rule is given twice', ['rename or remove one of them in the task file'], [CHECK_TASK]),
  entry(
    26002,
    'the pre-check could not connect to a database',
    [
      'the text says which: the host of the master must reach it, not only that of the worker',
      'access denied: see user and password of target-database, or of the worker for its source',
      'with ignore-checking-items: ["all"] the pre-check does not connect at all',
    ],
    [CHECK_TASK],
  ),
  entry(
    26005,
    'the pre-check found something wrong; nothing was started or changed',
    [
      'look for "state": "fail": errorMsg says what, instruction how to mend it, extra where',
      'a check that does not matter here can be named in ignore-checking-items of the task file',
      'in the middle of a sharding DDL the tables differ: wait until the DDL lock is resolved',
    ],
    [CHECK_TASK, 'show-ddl-locks'],
  ),
  entry(
    30012,
    'the relay cannot read the binlog of its source',
    [
      'see whether the source runs, and whether it still has the file of the position',
      'the relay does not resume by itself, even when the source is back: resume it',
      'a file that the source has purged: move on with migrate-relay; what is between is lost',
    ],
    ['query-status', 'resume-relay -w <worker>'],
  ),
  entry(
    30034,
    "the relay's source can only be switched with GTIDs",
    ['set enable-gtid = true for the worker; or use migrate-relay with file and position', 'after either the relay is paused: resume it'],
    ['migrate-relay <worker> <binlog-name> <binlog-pos>', 'resume-relay -w <worker>'],
  ),
  entry(30036, 'another purge is running', ['wait until it has ended, and try again']),
  entry(
    30037,
    'relay files are not purged while a task on that worker is paused or just beginning',
    ['resume or stop that task first; a finished one is not in the way'],
    ['query-status', RESUME_TASK, 'purge-relay -w <worker> -f <file>'],
  ),
  entry(30038, 'nobody says which relay file is in use', ['see whether the relay runs, resume it, and try again'], ['query-status']),
  entry(
    30039,
    'purge-relay was not told up to which file',
    [
      'give the file with -f; a directory alone is not enough',
      'DM does not check that the file exists: see the names in query-status first',
    ],
    ['purge-relay -w <worker> -f <file>'],
  ),
  entry(
    30040,
    'the worker has no relay directory of that name',
    ['query-status shows the right one as relaySubDir; leave --sub-dir out for the newest'],
    ['query-status'],
  ),
  entry(36023, 'only DDL can be injected, or the statement cannot be used', [
    'give DDL statements with sql-inject; change rows at the target by hand',
  ]),
  entry(
    36024,
    'the injected DDL does not name its schema',
    ['write schema.table in the statement'],
    ['sql-inject -w <worker> <task> <sql>'],
  ),
  entry(
    36058,
    'the task cannot be updated in the middle of a sharding DDL',
    ['wait until all tables of the shard have had the DDL, or resolve its lock; then update'],
    ['show-ddl-locks <task>', QUERY_STATUS],
  ),
  entry(
    36059,
    'the worker is not waiting at a sharding DDL',
    [
      'a break-ddl-lock has let it go on already: look at blockingDDLs in query-status',
      'a lock that is left in the master is removed with unlock-ddl-lock --force-remove',
    ],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(38002, 'the master does not know this operation', ['--sharding goes with sql-skip and sql-replace, not with sql-inject']),
  entry(
    38008,
    'the master gets no answer from a worker',
    [
      'start that worker, or see why it cannot be reached; its log says why it ended',
      'until then every start-, check- and update-task fails, also for tasks that do not use it',
      'after it is back the first calls may still fail for some seconds',
      'a worker that is gone for good: remove it from the master with update-master-config',
      'after 30 seconds of sql-inject: it waits for a binlog event, and the source is quiet',
    ],
    ['query-status'],
  ),
  entry(
    38009,
    'the master wants a source-id and a worker in each deploy entry',
    [
      'give each [[deploy]] its source-id and dm-worker',
      'the file of the master is overwritten already: send a good one before its next start',
    ],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38011,
    'the file for the master has keys that it does not know',
    ['take them out, or correct them', 'the file of the master is overwritten already: send a good one before its next start'],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38013,
    'the file for the master is not TOML',
    ['the text says the line: mend it', 'the file of the master is overwritten already: send a good one before its next start'],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38016,
    'the workers of a shard came with different DDL',
    ['bring the DDL of all sources in line, or resolve the lock by hand: it waits until then'],
    ['show-ddl-locks', QUERY_STATUS],
  ),
  entry(
    38019,
    'there is no DDL lock of that ID',
    [
      'copy the ID from show-ddl-locks, with its backquotes; it has no blank',
      'a master that has restarted has no locks; waiting workers report again after up to 15 s',
    ],
    ['show-ddl-locks'],
  ),
  entry(38020, 'the DDL lock is just being resolved', ['wait a moment and look again'], ['show-ddl-locks']),
  entry(
    38021,
    'the master does not know the worker that was named as owner, or that owns the lock',
    ['give the address of a worker of that lock, as show-ddl-locks shows it'],
    ['show-ddl-locks', 'query-status'],
  ),
  entry(
    38022,
    'that worker does not wait for this DDL lock',
    ['name one of those that show-ddl-locks lists as synced'],
    ['show-ddl-locks'],
  ),
  entry(
    38023,
    'what was saved with --sharding could not be handed to the owner of the lock',
    ['the part of the owner in workers says why: mend that or save it anew, and unlock again'],
    ['show-ddl-locks'],
  ),
  entry(
    38024,
    'the owner of the DDL lock did not execute the DDL',
    [
      'the part of that worker in workers says why; the lock stays',
      '40061 or 36059 there: it is not waiting; name the worker that is, with -o',
      'a lock that no worker waits for: --force-remove answers the same, but removes the lock',
    ],
    ['show-ddl-locks', 'unlock-ddl-lock --force-remove <lock>'],
  ),
  entry(
    38025,
    'the owner executed the DDL and the lock is gone, but some workers did not skip it',
    [
      'a worker that has not reached the DDL (40061) later creates a new lock, as its owner',
      'let such a worker, and one that waits, skip the DDL: break-ddl-lock --skip',
      'then remove the new lock: unlock-ddl-lock --force-remove',
    ],
    [QUERY_STATUS, 'show-ddl-locks', 'break-ddl-lock -w <worker> --skip <task>'],
  ),
  entry(
    38026,
    'a worker that is to be removed takes part in a DDL lock',
    ['resolve the lock first', 'the file of the master is overwritten already: send it again afterwards'],
    ['show-ddl-locks', 'unlock-ddl-lock <lock>', 'update-master-config <dm-master.toml>'],
  ),
  entry(
    38028,
    'the master knows no worker for a source of the task',
    ['compare the source-id with what query-status shows as sourceID'],
    ['query-status'],
  ),
  entry(
    38029,
    'the master does not know a worker of that address',
    ['write -w exactly as query-status shows the worker'],
    ['query-status'],
  ),
  entry(
    38031,
    'the worker does not know the operation that the master asks about',
    ['it has probably started anew meanwhile: look whether the operation took place'],
    [QUERY_STATUS],
  ),
  entry(38032, 'a worker could not carry the operation out', ['the second code in the text says why: explain that one'], [QUERY_STATUS]),
  entry(
    38033,
    'a worker did not carry out the operation within 30 seconds; it may still do so',
    [
      'do not repeat it: look at the state first',
      'a task that waits for its relay blocks stop and start until it has caught up: resume it',
      'the worker may have ended in the middle: see whether it runs',
    ],
    [QUERY_STATUS, 'resume-relay -w <worker>'],
  ),
  entry(38041, 'the master does not take this operation; it is one of DM 2.0', ['this client speaks DM 1.0 only'], ['status']),
  entry(38043, 'the master is not the leader of its DM 2.0 cluster', ['this client speaks DM 1.0 only'], ['status']),
  entry(
    40003,
    'the file for the worker is not TOML',
    ['the text says the line: mend it', 'the file of the worker is overwritten already: send a good one before its next start'],
    ['update-relay -w <worker> <dm-worker.toml>'],
  ),
  entry(
    40004,
    'the file for the worker has keys that it does not know',
    ['take them out, or correct them', 'the file of the worker is overwritten already: send a good one before its next start'],
    ['update-relay -w <worker> <dm-worker.toml>'],
  ),
  entry(
    40039,
    'the relay is not in the stage that this needs',
    [
      'pause-relay needs a running relay; resume-relay and switch-relay-master need a paused one',
      'if it is already as you want it, nothing is left to do',
    ],
    ['query-status -w <worker>'],
  ),
  entry(40040, 'the relay does not know this operation', ['pause-relay, resume-relay and switch-relay-master are there']),
  entry(
    40050,
    'the task does not run on that worker, so it cannot be paused',
    ['it is paused already, finished, or waits for its relay: mostly nothing is left to do'],
    [QUERY_STATUS],
  ),
  entry(
    40051,
    'the task is not paused on that worker, so it cannot be resumed',
    ['it runs, which needs nothing, or is finished: query-status shows which'],
    [QUERY_STATUS],
  ),
  entry(
    40052,
    'only a paused task can be updated',
    ['pause it, update, resume; a finished one cannot be updated'],
    ['pause-task <task>', 'update-task <task.yaml>', RESUME_TASK],
  ),
  entry(40053, 'the relay has stopped for good, so it cannot be moved', ['start the worker anew']),
  entry(
    40054,
    'the worker has no such task',
    [
      'see where it runs, and how it is spelled',
      'never started there, or stopped: start it; update-task and resume-task do not',
      'if the master is wrong about it: refresh-worker-tasks',
    ],
    ['query-status', 'refresh-worker-tasks', 'start-task <task.yaml>'],
  ),
  entry(
    40055,
    'the task is on that worker already',
    ['to go on with a paused one: resume-task; to change its rules: pause, update, resume', 'to begin anew: stop-task, then start-task'],
    [QUERY_STATUS],
  ),
  entry(
    40056,
    'this works only while the task replicates the binlog',
    ['while dumping, loading or finished there is nothing to skip or replace: wait for unit Sync'],
    [QUERY_STATUS],
  ),
  entry(
    40057,
    'the relay is in a stage in which it cannot be updated',
    ['start the worker anew with the new file'],
    ['query-status -w <worker>'],
  ),
  entry(
    40058,
    'the relay can only be updated while every task of the worker is in unit Sync',
    ['wait until dumping and loading are done; stop tasks that are finished or failed to start'],
    ['query-status -w <worker>'],
  ),
  entry(40059, 'the source-id of a worker cannot be changed', [
    'keep the source-id that the worker has; another source wants another worker',
  ]),
  entry(
    40061,
    'that worker does not hold this DDL lock',
    [
      'it has not reached the DDL yet, or was let go: see who waits (blockingDDLs)',
      'when it reaches a DDL whose lock is gone, it creates a new lock, as its owner',
      'with --remove-id: copy the ID from unresolvedDDLLockID of that worker',
    ],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(40064, 'a DDL is either executed or skipped', ['give --exec or --skip, not both'], ['break-ddl-lock -w <worker> --skip <task>']),
  entry(40065, 'a DDL lock can only be resolved while the task replicates the binlog', ['wait for unit Sync'], [QUERY_STATUS]),
  entry(
    40066,
    'the DDL took too long; it may still be running at the target',
    ['look whether it still blocks (blockingDDLs), and whether it still runs at the target'],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(
    40067,
    'the relay did not reach the position of the dump in time',
    ['see whether the relay runs and goes on; resume it, then the task'],
    ['query-status -w <worker>', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(
    40068,
    'the worker is purging relay files, so no task can start',
    ['wait a moment, and start it again'],
    ['start-task <task.yaml>'],
  ),
];

/** The ranges of codes. */
export const RANGES: readonly CodeRange[] = [
  {
    from: 10000,
    to: 10999,
    name: 'databases',
    classes: ['database'],
    title: 'a database could not be reached, or did not do what it was asked',
    next: ['the number behind "Error" is the database\'s own; upstream is the source, downstream the target'],
  },
  {
    from: 11000,
    to: 11999,
    name: 'what all parts share: parsing, passwords, relay files',
    classes: ['functional', 'relay-util', 'relay-event-lib'],
    title: 'something that all parts of DM use did not work: parsing, passwords, files of the relay',
    next: ['the last part of the text says what exactly'],
  },
  {
    from: 20000,
    to: 20999,
    name: 'task files',
    classes: ['config'],
    title: 'the task file cannot be used; nothing was started or changed',
    next: ['mend what the text names, and check the file again: check-task <task.yaml>'],
  },
  {
    from: 26000,
    to: 26999,
    name: 'the pre-check of a task',
    classes: ['task-check'],
    title: 'the check before a task is started or updated did not pass',
    next: ['mend what the text names, and check again: check-task <task.yaml>'],
  },
  {
    from: 30000,
    to: 30999,
    name: 'the relay',
    classes: ['relay-unit'],
    title: 'the relay of a worker could not do its work',
    next: ['query-status shows its stage; once the reason is gone it needs resume-relay -w <worker>'],
  },
  {
    from: 32000,
    to: 32999,
    name: 'dumping',
    classes: ['dump-unit'],
    title: 'the dump of a source did not work',
    next: ['see the log of that worker, its disk, the privileges of its user; then resume-task <task>'],
  },
  {
    from: 34000,
    to: 34999,
    name: 'loading',
    classes: ['load-unit'],
    title: 'the dump could not be loaded into the target',
    next: ['see query-error <task> and the log of that worker; then resume-task <task>'],
  },
  {
    from: 36000,
    to: 36999,
    name: 'replicating the binlog',
    classes: ['sync-unit'],
    title: 'a task could not go on replicating the binlog',
    next: ['query-status <task> and query-error <task> show where; then resume-task <task>'],
  },
  {
    from: 38000,
    to: 38999,
    name: 'the DM-master',
    classes: ['dm-master'],
    title: 'the DM-master could not do what it was asked',
    next: ['query-status shows what it knows; its log has more'],
  },
  {
    from: 40000,
    to: 40999,
    name: 'a DM-worker',
    classes: ['dm-worker'],
    title: 'a DM-worker could not do what it was asked',
    next: ['query-status -w <worker> shows how it is; its log has more'],
  },
  {
    from: 48000,
    to: 48999,
    name: 'dmctl',
    classes: ['dmctl'],
    title: 'dmctl of DM 2.0 could not do what it was asked',
    next: ['this client speaks DM 1.0; status shows whom it talks to'],
  },
];

const byCode = new Map(CODES.map((e) => [e.code, e]));

/** The entry of a code. */
export function entryOf(code: number): CodeEntry | undefined {
  return byCode.get(code);
}

/** The range of a code without an entry, or of a class. */
export function rangeOf(code: number | undefined, className?: string): CodeRange | undefined {
  const byNumber = code === undefined ? undefined : RANGES.find((r) => r.from <= code && code <= r.to);
  return byNumber ?? (className ? RANGES.find((r) => r.classes.includes(className)) : undefined);
}
