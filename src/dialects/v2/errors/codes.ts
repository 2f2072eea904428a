// Error codes of DM 2.0 and later that a real cluster returned, with what to do next. DM's own `Workaround` is shown beside it.

import type { CodeEntry, CodeRange } from '../../../domain/error-catalog.ts';

export const CODES: readonly CodeEntry[] = [
  {
    code: 10001,
    title: 'a database cannot be reached',
    next: [
      'Check that the database runs and that its address, user and password are right.',
      'The task resumes automatically when the database is back.',
    ],
    commands: ['query-status <task>'],
  },
  {
    code: 10005,
    title: 'a query failed at a database',
    next: ['Read the cause. A table that does not exist is the most common one.'],
  },
  {
    code: 10006,
    title: 'a statement failed at the target',
    next: [
      'If it is a DDL statement, skip it or replace it by one that the target accepts.',
      'If it is a row, correct the data or the table at the target. DM retries automatically.',
    ],
    commands: ['binlog skip <task>', 'binlog replace <task> <sql>', 'resume-task <task>'],
  },
  {
    code: 11001,
    title: 'the metadata of the dump cannot be read',
    next: ['A finished full task was started again. Start it with --remove-meta to dump again.'],
    commands: ['start-task --remove-meta <task.yaml>'],
  },
  { code: 11010, title: 'the flavor of the source is wrong', next: ['Set flavor in the source file to mysql or mariadb.'] },
  {
    code: 11111,
    title: 'tables of a sharded migration have conflicting schemas',
    next: ['See which statement waits, then skip or execute it.'],
    commands: ['shard-ddl-lock', 'shard-ddl-lock unlock <lock> --action skip'],
  },
  { code: 11118, title: 'a binlog position cannot be read', next: ['Write FILE:POSITION, for example mysql-bin.000001:4.'] },
  {
    code: 20003,
    title: 'the task file cannot be read',
    next: ['Correct the line that the message names.'],
    commands: ['check-task <task.yaml>'],
  },
  {
    code: 26005,
    title: 'the pre-check of the task failed',
    next: ['Correct what the failed items report.', 'Items can be listed in ignore-checking-items, if you accept the risk.'],
    commands: ['check-task -o table <task.yaml>'],
  },
  {
    code: 34017,
    title: 'the source moved to another worker while it loaded',
    next: ['Bring the previous worker back: the source returns to it.', 'Otherwise start the task with --remove-meta.'],
    commands: ['list-member --worker', 'transfer-source <source> <worker>'],
  },
  { code: 34019, title: 'the load unit failed', next: ['Read the cause: usually the target rejects a table.'] },
  { code: 36024, title: 'a statement has no schema', next: ['Write the database before the table: db.table.'] },
  {
    code: 36027,
    title: 'a row does not fit the table schema that DM knows',
    next: ['A statement was skipped or injected. Set the schema that the upstream table had at this position.'],
    commands: ['binlog-schema list <task> <database> <table>', 'binlog-schema update <task> <database> <table> <schema.sql>'],
  },
  { code: 36064, title: 'only DDL statements can replace an event', next: ['Write a DDL statement.'] },
  {
    code: 36065,
    title: 'there is no operator at this position',
    next: ['List the operators.'],
    commands: ['binlog list <task>'],
  },
  {
    code: 36067,
    title: 'DM cannot parse a DDL statement',
    next: ['Execute an equivalent statement at the target, then skip this one.'],
    commands: ['binlog skip <task>', 'binlog replace <task> <sql>'],
  },
  {
    code: 36069,
    title: 'a binlog event cannot be read',
    next: ['The binlog file may be purged or the position wrong. If it is gone, start the task with --remove-meta.'],
  },
  { code: 38008, title: 'a worker cannot be reached', next: ['Check that the worker runs.'], commands: ['list-member --worker'] },
  {
    code: 38019,
    title: 'there is no such DDL lock',
    next: ['List the locks.'],
    commands: ['shard-ddl-lock'],
  },
  { code: 38022, title: 'the source does not wait for the lock', next: ['Choose an owner that waits.'], commands: ['shard-ddl-lock'] },
  {
    code: 38029,
    title: 'no worker is bound to the source',
    next: ['Start a worker, or move the source to a free one.'],
    commands: ['list-member --worker'],
  },
  {
    code: 38032,
    title: 'the worker reported an error after the operation',
    next: ['Read the error of the sub task.'],
    commands: ['query-status <task>'],
  },
  {
    code: 38041,
    title: 'the master does not know this operation',
    next: ['A client of another release sent it. Leave out -protocol.'],
  },
  {
    code: 38043,
    title: 'the masters have no leader',
    next: [
      'After a leader dies, a new one is elected within a minute. Wait and try again.',
      'If all masters are evicted, cancel an eviction at that master.',
    ],
    commands: ['list-member', 'operate-leader cancel-evict'],
  },
  {
    code: 38045,
    title: 'the worker did not report the expected state in time',
    next: ['The operation may still be carried out. Look before you repeat it.'],
    commands: ['query-status <task>', 'list-member --worker'],
  },
  { code: 38048, title: 'there is no such master', next: ['List the masters.'], commands: ['list-member --master'] },
  {
    code: 40051,
    title: 'the task is not paused',
    next: ['Only a paused task can be resumed. See its stage.'],
    commands: ['query-status <task>'],
  },
  { code: 40054, title: 'the source does not run the task', next: ['See which sources run it.'], commands: ['query-status <task>'] },
  {
    code: 40056,
    title: 'the task does not replicate yet',
    next: ['Wait until it is in unit Sync.'],
    commands: ['wait --for running <task>'],
  },
  {
    code: 40070,
    title: 'the worker handles no source',
    next: ['Workers drop their sources when the masters have no quorum. Start the missing masters.'],
    commands: ['list-member'],
  },
  {
    code: 42501,
    title: 'the master cannot write its state',
    next: ['The masters have no quorum. Start the missing masters.'],
    commands: ['list-member --master'],
  },
  {
    code: 43006,
    title: 'the task has no validation',
    next: ['Start it.'],
    commands: ['validation start <task>'],
  },
  { code: 44009, title: 'the schema cannot be executed', next: ['Write one CREATE TABLE statement.'] },
  {
    code: 44019,
    title: 'a table does not exist at the target',
    next: ['Create it at the target as the source has it.'],
    commands: ['resume-task <task>'],
  },
  { code: 46004, title: 'there is no such worker', next: ['List the workers.'], commands: ['list-member --worker'] },
  { code: 46005, title: 'the worker is alive', next: ['Stop it before you remove it from the cluster.'] },
  { code: 46006, title: 'the worker is not free', next: ['Choose a free worker.'], commands: ['list-member --worker'] },
  { code: 46007, title: 'the source exists already', next: ['See it.'], commands: ['operate-source show'] },
  { code: 46008, title: 'there is no such source', next: ['List the sources.'], commands: ['operate-source show'] },
  { code: 46009, title: 'the source is bound to no worker', next: ['Start a free worker.'], commands: ['list-member --worker'] },
  { code: 46010, title: 'the source has tasks', next: ['Stop them first.'], commands: ['query-status -s <source>'] },
  {
    code: 46014,
    title: 'the task runs already',
    next: ['To start it again, stop it first.'],
    commands: ['query-status <task>', 'stop-task <task>'],
  },
  { code: 46017, title: 'the task does not run on the source', next: ['See where it runs.'], commands: ['query-status <task>'] },
  {
    code: 46019,
    title: 'a task of the source is not in unit Sync',
    next: ['Wait until it is, or pause it.'],
    commands: ['query-status -s <source>'],
  },
  { code: 46021, title: 'the worker belongs to another source', next: ['Choose a free worker.'], commands: ['list-member --worker'] },
  { code: 46033, title: 'the worker is not free', next: ['Choose a free worker.'], commands: ['list-member --worker'] },
  {
    code: 48001,
    title: 'the client cannot connect to a DM-master',
    next: ['Check the address, and that the DM-master runs. With TLS, check ssl-ca, ssl-cert and ssl-key.'],
    commands: ['status'],
  },
  { code: 48002, title: 'the TLS settings of the client are invalid', next: ['Check the files of ssl-ca, ssl-cert and ssl-key.'] },
];

/** Ranges of related codes, for codes without an entry. */
export const RANGES: readonly CodeRange[] = [
  range(10001, 10999, 'database', 'an error of a database', ['Read the cause that the database reports.']),
  range(11001, 11999, 'functional', 'an error of a function that several parts of DM use', []),
  range(20001, 20999, 'config', 'an error in a configuration', ['Correct the configuration and check it with check-task.']),
  range(26001, 26999, 'check', 'an error of the pre-check', ['Check the task with check-task -o table.']),
  range(28001, 32999, 'relay', 'an error of the relay or the dump', ['See the relays with query-status --relay.']),
  range(34001, 34999, 'load-unit', 'an error of the load', ['Read the cause, then resume the task.']),
  range(36001, 36999, 'sync-unit', 'an error of the replication', ['See it with query-status.']),
  range(38001, 38999, 'dm-master', 'an error of the DM-master', ['See the members with list-member.']),
  range(40001, 40999, 'dm-worker', 'an error of a DM-worker', ['See the workers with list-member --worker.']),
  range(42001, 42999, 'ha', 'an error of the state that the masters share', ['See the masters with list-member --master.']),
  range(43001, 43999, 'validator', 'an error of the validation', ['See it with validation status.']),
  range(44001, 44999, 'schema-tracker', 'an error of the table schemas that DM tracks', ['See them with binlog-schema list.']),
  range(46001, 46999, 'scheduler', 'an error of the assignment of sources to workers', ['See the workers with list-member --worker.']),
  range(48001, 48999, 'dmctl', 'an error of the client', []),
];

function range(from: number, to: number, className: string, title: string, next: readonly string[]): CodeRange {
  return { from, to, name: className, classes: [className], title, next };
}
