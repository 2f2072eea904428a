// The DM error codes that users of dmctl see: the meaning of each, and what to do.
// Commands are templates for text/suggested-command.ts: <task> and <worker> stand for values from the text or the answer.

import type { CodeEntry, CodeRange } from '../../../domain/error-catalog.ts';

const entry = (code: number, title: string, next: readonly string[], commands?: readonly string[]): CodeEntry =>
  commands ? { code, title, next, commands } : { code, title, next };

const CHECK_TASK = 'check-task <task.yaml>';
const QUERY_STATUS = 'query-status <task>';
const QUERY_ERROR = 'query-error <task>';
const RESUME_TASK = 'resume-task <task>';
const SKIP = 'sql-skip -w <worker> -b <position> <task>';

const NAME_IN_FILE = 'a name in mysql-instances must match a name in its section exactly';
const ENCRYPT = 'encrypt it and put the result into the file. DM up to 1.0.5 accepts nothing else';
const MASTER_FILE = 'the DM-master has already overwritten its file: send a valid one before its next start';
const WORKER_FILE = 'the DM-worker has already overwritten its file: send a valid one before its next start';
const SEE_WORKER = 'write -w exactly as query-status shows the worker';

/** All entries, by code. */
export const CODES: readonly CodeEntry[] = [
  entry(
    10001,
    'a connection to a database failed or broke',
    [
      'check that it runs and that the worker can reach it: address, user, password',
      'the task pauses and tries again automatically. resume-task tries at once',
      'a relay does not try again automatically: use resume-relay',
      'after a failed update-relay, send a file with a reachable address before query-status',
      'query-status before that kills a DM-worker 1.0.1 that has a sub task',
    ],
    [QUERY_STATUS, RESUME_TASK, 'resume-relay -w <worker>'],
  ),
  entry(
    10005,
    'a query failed in the database',
    [
      'if the target does not need the table, filter it out or route it elsewhere',
      'query-error does not show this error. Use query-status',
      'then resume the task. It also tries again automatically, after 1, 2, 4 … seconds',
    ],
    [QUERY_STATUS, RESUME_TASK],
  ),
  entry(
    10006,
    'the database rejected a statement',
    [
      'query-error shows the statement and failedBinlogPosition',
      'best: remove the conflicting row, key or column in the target, then resume the task',
      'or skip a DDL: sql-skip with failedBinlogPosition unchanged, including the |, then resume',
      'or replace it: sql-replace with the same position',
      'DM accepts a position without the | part, but such a position has no effect',
    ],
    [QUERY_ERROR, SKIP, RESUME_TASK],
  ),
  entry(
    11006,
    'DM cannot parse a DDL statement',
    [
      'sql-skip and sql-replace do not help: DM parses the statement before it applies them',
      'add a filter rule for it to the task file, and update the task. Nothing else helps',
      'if the target needs the change, make it there by hand, in a form that TiDB accepts',
      'if sql-replace or sql-inject reports this code, correct the SQL that you typed',
    ],
    ['update-task <task.yaml>', RESUME_TASK],
  ),
  entry(
    11017,
    'the flags of sql-skip or sql-replace cannot be combined like this',
    [
      'use either --binlog-pos or --sql-pattern. With --sharding, use only --sql-pattern',
      'write a position as file:number, as query-error shows it',
      'a pattern that starts with ~ is a regular expression',
    ],
    ['help binlog-pos', 'help sql-pattern'],
  ),
  entry(
    11025,
    'the task needs a relay file that does not exist',
    [
      'the relay has not reached it yet, or was purged or migrated: see relayStatus',
      'if the relay is paused, resume it. The task tries again automatically',
      'if the files are gone, start the task again from a dump or with other meta',
    ],
    ['query-status', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(
    11028,
    'the task found a relay directory without a binlog file',
    [
      'repeated migrate-relay causes this: each call creates a directory, which may stay empty',
      'resume the relay so that it writes files, then resume the task',
      'if the error persists, stop the task and start it again with meta at a file that exists',
    ],
    ['query-status', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(11047, 'a password is too short to be encrypted', [ENCRYPT], ['dmctl -encrypt -']),
  entry(
    11048,
    'a password does not have the format of an encrypted one',
    ['encrypt the password again and put the whole result into the file, without line breaks'],
    ['dmctl -encrypt -'],
  ),
  entry(11050, 'a password is not base64, so it is probably not encrypted', [ENCRYPT], ['dmctl -encrypt -']),
  entry(11104, 'the log file is not writable', ['give the path of a writable file, not of a directory']),
  entry(
    20001,
    'ignore-checking-items names a check that does not exist',
    [
      'valid: dump_privilege, replication_privilege, version, binlog_enable, binlog_format',
      'also valid: binlog_row_image, table_schema, schema_of_shard_tables, auto_increment_ID, all',
    ],
    [CHECK_TASK],
  ),
  entry(
    20003,
    'the task file cannot be read',
    [
      'see the line that the text names: no tabs before keys, a space after colons, "- " in lists',
      '"field … not found" means an unknown key: check its spelling and its indentation',
      'do not use keys of DM 2.0: DM 1.0 rejects them',
    ],
    [CHECK_TASK],
  ),
  entry(20005, 'a source-id in the task file is empty', ['give each entry of mysql-instances the source-id of its worker'], [CHECK_TASK]),
  entry(20006, 'a source-id is longer than 32 bytes', ['shorten it in the task file and in the files of the DM-master and the worker']),
  entry(20007, 'this online-ddl-scheme is not supported', ['use gh-ost or pt. Leave the key out if you use neither'], [CHECK_TASK]),
  entry(
    20008,
    'the time zone of the task file is unknown',
    ['write a name, for example Asia/Shanghai or UTC, or leave the key out'],
    [CHECK_TASK],
  ),
  entry(20010, 'DM cannot decrypt a database password in the file', [ENCRYPT], ['dmctl -encrypt -', CHECK_TASK]),
  entry(20011, 'the meta of a source does not name the binlog file', ['set binlog-name and binlog-pos in its meta'], [CHECK_TASK]),
  entry(20012, 'an entry of mysql-instances is empty', ['fill it in, or remove its dash'], [CHECK_TASK]),
  entry(20013, 'the task file has no mysql-instances', ['list the sources of the task there, each with its source-id'], [CHECK_TASK]),
  entry(20014, 'two entries of mysql-instances have the same source-id', ['list each source only once'], [CHECK_TASK]),
  entry(20015, 'an instance has both mydumper-config-name and mydumper', ['keep only one of them'], [CHECK_TASK]),
  entry(20016, 'an instance has both loader-config-name and loader', ['keep only one of them'], [CHECK_TASK]),
  entry(20017, 'an instance has both syncer-config-name and syncer', ['keep only one of them'], [CHECK_TASK]),
  entry(20019, 'the task has no name', ['set name at the top of the task file'], [CHECK_TASK]),
  entry(20020, 'the task-mode is unknown', ['write full, incremental or all'], [CHECK_TASK]),
  entry(20021, 'the task file has no target-database', ['add it with the host, port, user and password of the target'], [CHECK_TASK]),
  entry(
    20022,
    'an incremental task has no start position',
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
    ['for mode full or all, set mydumper-path: the path of mydumper on the host of the worker'],
    [CHECK_TASK],
  ),
  entry(20029, 'a source names a loader section that does not exist', [`${NAME_IN_FILE} (loaders)`], [CHECK_TASK]),
  entry(20030, 'a source names a syncer section that does not exist', [`${NAME_IN_FILE} (syncers)`], [CHECK_TASK]),
  entry(
    20031,
    'the DM-master has no worker for a source of the task',
    [
      'compare the source-id with the sourceID that query-status shows',
      'add a new source to the deploy section of the DM-master with update-master-config',
    ],
    ['query-status', 'update-master-config <dm-master.toml>'],
  ),
  entry(20032, 'a rule is defined twice', ['rename or remove one of them in the task file'], [CHECK_TASK]),
  entry(
    26002,
    'the pre-check could not connect to a database',
    [
      'the text names it: the host of the DM-master must reach it too, not only the worker',
      'access denied: check user and password in target-database, or in the file of the worker',
      'with ignore-checking-items: ["all"] the pre-check does not connect to any database',
    ],
    [CHECK_TASK],
  ),
  entry(
    26005,
    'the pre-check failed. Nothing was started or changed',
    [
      'find "state": "fail". errorMsg is the problem, instruction the fix, extra the place',
      'to skip a check, add it to ignore-checking-items of the task file',
      'during a sharding DDL the tables differ: wait until the DDL lock is resolved',
    ],
    [CHECK_TASK, 'show-ddl-locks'],
  ),
  entry(
    30012,
    'the relay cannot read the binlog of its source',
    [
      'check that the source runs and that it still has the binlog file of the position',
      'resume the relay. It does not resume automatically, even when the source is back',
      'if the source has purged the file, use migrate-relay. The events in between are lost',
    ],
    ['query-status', 'resume-relay -w <worker>'],
  ),
  entry(
    30034,
    "switching the relay's source requires GTIDs",
    [
      'set enable-gtid = true for the worker, or use migrate-relay with file and position',
      'resume the relay afterwards: it is paused in both cases',
    ],
    ['migrate-relay <worker> <binlog-name> <binlog-pos>', 'resume-relay -w <worker>'],
  ),
  entry(30036, 'another purge is running', ['wait until it ends, and try again']),
  entry(
    30037,
    'DM does not purge relay files while a task on that worker is new or paused',
    ['resume or stop that task first. A finished task does not prevent a purge'],
    ['query-status', RESUME_TASK, 'purge-relay -w <worker> -f <file>'],
  ),
  entry(
    30038,
    'the worker found no relay file that is in use',
    ['check that the relay runs. If not, resume it and try again'],
    ['query-status'],
  ),
  entry(
    30039,
    'purge-relay needs the name of a relay file',
    [
      'give the file with -f. A directory alone is not enough',
      'DM does not check that the file exists: look up the name with query-status first',
    ],
    ['purge-relay -w <worker> -f <file>'],
  ),
  entry(
    30040,
    'the worker has no relay directory of that name',
    ['use relaySubDir of query-status, or leave --sub-dir out for the newest directory'],
    ['query-status'],
  ),
  entry(36023, 'the statement is not a DDL, or DM cannot use it', [
    'inject only DDL statements with sql-inject. Change rows in the target by hand',
  ]),
  entry(
    36024,
    'the injected DDL does not name its schema',
    ['write schema.table in the statement'],
    ['sql-inject -w <worker> <task> <sql>'],
  ),
  entry(
    36058,
    'a task cannot be updated during a sharding DDL',
    ['wait until all tables of the shard have executed the DDL, or resolve its lock. Then update'],
    ['show-ddl-locks <task>', QUERY_STATUS],
  ),
  entry(
    36059,
    'the worker is not waiting at a sharding DDL',
    [
      'break-ddl-lock may have released it already: see blockingDDLs in query-status',
      'remove a lock that remains in the DM-master with unlock-ddl-lock --force-remove',
    ],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(38002, 'the DM-master does not know this operation', ['use --sharding with sql-skip or sql-replace, not with sql-inject']),
  entry(
    38008,
    'a worker does not answer the DM-master',
    [
      'start that worker, or check the connection to it. Its log shows why it stopped',
      'until then start-task, check-task and update-task fail, also for tasks without this worker',
      'after it is back, calls may still fail for some seconds',
      'if the worker is gone for good, remove it with update-master-config',
      'after 30 s of sql-inject: it waited for a binlog event, but the source was quiet',
    ],
    ['query-status'],
  ),
  entry(
    38009,
    'a deploy entry has no source-id or no worker',
    ['give each [[deploy]] its source-id and dm-worker', MASTER_FILE],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38011,
    'the file for the DM-master has unknown keys',
    ['remove or correct them', MASTER_FILE],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38013,
    'the file for the DM-master is not valid TOML',
    ['correct the line that the text names', MASTER_FILE],
    ['update-master-config <dm-master.toml>'],
  ),
  entry(
    38016,
    'the workers of a shard reported different DDL',
    ['make the DDL of all sources equal, or resolve the lock by hand. It waits until then'],
    ['show-ddl-locks', QUERY_STATUS],
  ),
  entry(
    38019,
    'there is no DDL lock with that ID',
    [
      'copy the ID from show-ddl-locks, with its backquotes. It contains no space',
      'a restarted DM-master has no locks. Waiting workers report again within 15 s',
    ],
    ['show-ddl-locks'],
  ),
  entry(38020, 'the DM-master is resolving the DDL lock', ['wait a moment and check again'], ['show-ddl-locks']),
  entry(
    38021,
    'the DM-master does not know the worker that owns the lock or was given as owner',
    ['use the address of a worker of that lock, as show-ddl-locks shows it'],
    ['show-ddl-locks', 'query-status'],
  ),
  entry(38022, 'that worker does not wait for this DDL lock', ['choose a worker that show-ddl-locks lists as synced'], ['show-ddl-locks']),
  entry(
    38023,
    'the DM-master could not send the operation saved with --sharding to the lock owner',
    ['see the reason in the entry of the owner in workers. Fix it or save again, then unlock'],
    ['show-ddl-locks'],
  ),
  entry(
    38024,
    'the owner of the DDL lock did not execute the DDL',
    [
      'see the reason in the entry of the owner in workers. The lock stays',
      '40061 or 36059 means that it does not wait: choose a worker that waits with -o',
      'if no worker waits, use --force-remove. It also reports 38024, but removes the lock',
    ],
    ['show-ddl-locks', 'unlock-ddl-lock --force-remove <lock>'],
  ),
  entry(
    38025,
    'the owner executed the DDL and the lock is gone, but some workers did not skip the DDL',
    [
      'a worker that has not reached the DDL (40061) later creates a new lock and owns it',
      'let this worker, and each one that waits, skip the DDL: break-ddl-lock --skip',
      'then remove the new lock: unlock-ddl-lock --force-remove',
    ],
    [QUERY_STATUS, 'show-ddl-locks', 'break-ddl-lock -w <worker> --skip <task>'],
  ),
  entry(
    38026,
    'a DDL lock contains a worker that you want to remove',
    ['resolve the lock first', 'the DM-master has already overwritten its file: send the same file again afterwards'],
    ['show-ddl-locks', 'unlock-ddl-lock <lock>', 'update-master-config <dm-master.toml>'],
  ),
  entry(
    38028,
    'the DM-master has no worker for a source of the task',
    ['compare the source-id with the sourceID that query-status shows'],
    ['query-status'],
  ),
  entry(38029, 'the DM-master does not know a worker with that address', [SEE_WORKER], ['query-status']),
  entry(
    38031,
    'the worker does not know the operation that the DM-master asks about',
    ['it was probably restarted in between: check whether the operation was carried out'],
    [QUERY_STATUS],
  ),
  entry(
    38032,
    'a worker could not carry out the operation',
    ['the second code in the text is the reason: explain that code'],
    [QUERY_STATUS],
  ),
  entry(
    38033,
    'a worker did not carry out the operation within 30 seconds. It may still do so',
    [
      'do not repeat it: check the state first',
      'until its relay catches up, a waiting task blocks stop and start: resume the relay',
      'the worker may have stopped meanwhile: check that it runs',
    ],
    [QUERY_STATUS, 'resume-relay -w <worker>'],
  ),
  entry(
    40003,
    'the file for the worker is not valid TOML',
    ['correct the line that the text names', WORKER_FILE],
    ['update-relay -w <worker> <dm-worker.toml>'],
  ),
  entry(
    40004,
    'the file for the worker has unknown keys',
    ['remove or correct them', WORKER_FILE],
    ['update-relay -w <worker> <dm-worker.toml>'],
  ),
  entry(
    40039,
    'the relay is in the wrong stage for this operation',
    [
      'pause-relay needs a running relay, resume-relay and switch-relay-master a paused one',
      'if the relay is already in the stage that you want, do nothing',
    ],
    ['query-status -w <worker>'],
  ),
  entry(40040, 'the relay does not know this operation', ['use pause-relay, resume-relay or switch-relay-master']),
  entry(
    40050,
    'the task does not run on that worker, so it cannot be paused',
    ['it is already paused or finished, or waits for its relay. Usually no action is needed'],
    [QUERY_STATUS],
  ),
  entry(
    40051,
    'the task is not paused on that worker, so it cannot be resumed',
    ['check the stage with query-status: the task is running or finished'],
    [QUERY_STATUS],
  ),
  entry(
    40052,
    'only a paused task can be updated',
    ['pause the task, update it, resume it. A finished task cannot be updated'],
    ['pause-task <task>', 'update-task <task.yaml>', RESUME_TASK],
  ),
  entry(40053, 'the relay has stopped for good, so it cannot be migrated', ['restart the worker']),
  entry(
    40054,
    'the worker has no such task',
    [
      'see where the task runs, and check the spelling',
      'if it was never started there, or was stopped, use start-task',
      'update-task and resume-task do not start a task',
      'if the information of the DM-master is wrong, use refresh-worker-tasks',
    ],
    ['query-status', 'refresh-worker-tasks', 'start-task <task.yaml>'],
  ),
  entry(
    40055,
    'the task already exists on that worker',
    [
      'to continue a paused task: resume-task',
      'to change its rules: pause-task, update-task, resume-task',
      'to start it again: stop-task, then start-task',
    ],
    [QUERY_STATUS],
  ),
  entry(
    40056,
    'this works only while the task replicates the binlog',
    ['wait for unit Sync. In Dump, in Load or when finished there is nothing to skip or replace'],
    [QUERY_STATUS],
  ),
  entry(40057, 'the relay cannot be updated in its current stage', ['restart the worker with the new file'], ['query-status -w <worker>']),
  entry(
    40058,
    'a relay can be updated only while every task of its worker is in unit Sync',
    ['wait until Dump and Load are done. Stop tasks that are finished or failed to start'],
    ['query-status -w <worker>'],
  ),
  entry(40059, 'the source-id of a worker cannot be changed', ['keep the source-id of the worker. Use another worker for another source']),
  entry(
    40061,
    'that worker does not hold this DDL lock',
    [
      'it has not reached the DDL yet, or was released: see which workers wait (blockingDDLs)',
      'when it reaches a DDL whose lock is gone, it creates a new lock and owns it',
      'with --remove-id: copy the ID from unresolvedDDLLockID of that worker',
    ],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(
    40064,
    'a worker cannot both execute and skip a DDL',
    ['use --exec or --skip, not both'],
    ['break-ddl-lock -w <worker> --skip <task>'],
  ),
  entry(40065, 'a DDL lock can be resolved only while the task replicates the binlog', ['wait for unit Sync'], [QUERY_STATUS]),
  entry(
    40066,
    'the DDL timed out. It may still be running in the target',
    ['check whether it still blocks (blockingDDLs) and whether it still runs in the target'],
    [QUERY_STATUS, 'show-ddl-locks'],
  ),
  entry(
    40067,
    'the relay did not reach the position of the dump in time',
    ['check that the relay runs and makes progress. If not, resume it, then resume the task'],
    ['query-status -w <worker>', 'resume-relay -w <worker>', RESUME_TASK],
  ),
  entry(
    40068,
    'the worker is purging relay files, so no task can start',
    ['wait a moment, and start the task again'],
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
    title: 'a database could not be reached, or a request to it failed',
    next: ['the database assigns the number after "Error"', 'upstream is the source, downstream is the target'],
  },
  {
    from: 11000,
    to: 11999,
    name: 'common functions: parsing, passwords, relay files',
    classes: ['functional', 'relay-util', 'relay-event-lib'],
    title: 'a common function of DM failed: parsing, passwords or relay files',
    next: ['see the last part of the text for the exact reason'],
  },
  {
    from: 20000,
    to: 20999,
    name: 'task files',
    classes: ['config'],
    title: 'the task file is not valid. Nothing was started or changed',
    next: ['correct what the text names, and check the file again: check-task <task.yaml>'],
  },
  {
    from: 26000,
    to: 26999,
    name: 'the pre-check of a task',
    classes: ['task-check'],
    title: 'the check before the start or update of a task failed',
    next: ['correct what the text names, and check again: check-task <task.yaml>'],
  },
  {
    from: 30000,
    to: 30999,
    name: 'the relay',
    classes: ['relay-unit'],
    title: 'the relay of a worker failed',
    next: ['see its stage in query-status, remove the cause, then use resume-relay -w <worker>'],
  },
  {
    from: 32000,
    to: 32999,
    name: 'dumping',
    classes: ['dump-unit'],
    title: 'the dump of a source failed',
    next: ["check the log and disk of that worker and its user's privileges, then resume-task <task>"],
  },
  {
    from: 34000,
    to: 34999,
    name: 'loading',
    classes: ['load-unit'],
    title: 'loading the dump into the target failed',
    next: ['see query-error <task> and the log of that worker, then resume-task <task>'],
  },
  {
    from: 36000,
    to: 36999,
    name: 'replicating the binlog',
    classes: ['sync-unit'],
    title: 'a task could not continue to replicate the binlog',
    next: ['see the place in query-status <task> and query-error <task>, then resume-task <task>'],
  },
  {
    from: 38000,
    to: 38999,
    name: 'the DM-master',
    classes: ['dm-master'],
    title: 'a request to the DM-master failed',
    next: ['see query-status, and the log of the DM-master for details'],
  },
  {
    from: 40000,
    to: 40999,
    name: 'a DM-worker',
    classes: ['dm-worker'],
    title: 'a request to a DM-worker failed',
    next: ['see query-status -w <worker>, and the log of the DM-worker for details'],
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
