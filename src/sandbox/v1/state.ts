// The state of the sandbox as plain data: a DM-master 1.0.1, its dm-workers and their upstream databases. Nothing here uses a
// clock, a socket or a file: `now` is a number that is passed to `advance`.

import type { ProcessResultInit, Stage, TaskOp, UnitType } from '../../wire/generated/v1.ts';

/** A binlog position. */
export interface Position {
  /** The number in the file name: 3 for mysql-bin.000003. */
  file: number;
  /** Bytes. */
  offset: number;
}

/** One table changed by a DDL statement. The statement is built for each task, since a task may route the table elsewhere. */
export interface Ddl {
  /** `` `shop`.`t_1` `` */
  table: string;
  /** What follows ALTER TABLE and the table's name: `` ADD COLUMN `e` INT ``. */
  change: string;
  /** The task whose target database rejects the statement. Every other task executes it. */
  failsFor?: string;
  /** The error text of the target database in that case. */
  error?: string;
}

/** A transaction in an upstream's binlog. */
export interface Txn {
  seq: number;
  start: Position;
  end: Position;
  /** The number of binlog events that a syncer counts for it: one for each row event and one for the commit. A DDL is one. */
  events: number;
  ddl?: Ddl;
  /** A change of another database. The syncer filters it and does not count it as an event. */
  foreign?: true;
}

export interface Upstream {
  up: boolean;
  address: string;
  uuid: string;
  end: Position;
  /** Number of the newest transaction. The GTID set is uuid:1-seq. */
  seq: number;
  /** The newest transactions, numbered consecutively. */
  log: Txn[];
  /** The number of transactions that a relay log is assumed to keep. */
  kept: number;
  /** Column names by table, for the pre-check of sharded tables. */
  columns: Map<string, string[]>;
}

export interface Relay {
  stage: 'Running' | 'Paused' | 'Stopped';
  result: ProcessResultInit | undefined;
  /** The suffix of relaySubDir. A migration or a switch of the upstream starts a new one. */
  suffix: number;
  /** The relay log contains the transactions up to this one. */
  received: number;
  /** undefined prints as `(, 4)`: nothing is relayed from the new upstream yet. */
  position: Position | undefined;
}

export interface ShardTables {
  /** `` `shop`.`t_all` `` */
  target: string;
  tables: string[];
}

/** What the sandbox keeps of a task file for one source. */
export interface TaskPart {
  name: string;
  mode: 'full' | 'incremental' | 'all';
  targetHost: string;
  targetPort: number;
  targetUser: string;
  removeMeta: boolean;
  /** The position where an incremental task starts. */
  meta: Position | undefined;
  /** Set if the task merges sharded tables. */
  shard: ShardTables | undefined;
  /** `enable-heartbeat: true`: while the task replicates, a row of another database is written in the upstream every second. */
  heartbeat: boolean;
}

/** Row changes that the target database is executing. */
export interface Batch {
  /** Number of its last transaction. */
  upTo: number;
  /** The time at which the target has executed all of it. */
  until: number;
  /** Whether one of its events was due to write the checkpoint. The checkpoint waits for the whole batch. */
  flushes: boolean;
}

/** An instruction of sql-skip or sql-replace that waits for its statement. It is used once. */
export interface SqlRule {
  op: 'SKIP' | 'REPLACE';
  /** `mysql-bin|000001.000003:1234`, or empty. */
  position: string;
  /** Compared with the whole statement, or a regular expression after `~`, or empty. */
  pattern: string;
  sqls: string[];
}

/** Tables of one source that share a target and have not all reached the same DDL yet. */
export interface ShardGroup {
  target: string;
  ddls: string[];
  first: Txn;
  synced: string[];
  unsynced: string[];
}

export interface SyncState {
  /** The time at which the subtask reached Sync, and the last transaction before it. */
  began: number;
  from: number;
  /** Number of the last replayed transaction. */
  done: number;
  /** The batch that the target is executing; undefined if there is none. */
  batch: Batch | undefined;
  /** The checkpoint, shown as syncerBinlog. undefined prints as `(, 4)`. */
  saved: Position | undefined;
  /** The suffix of the relay subdirectory of the checkpoint. undefined, and not printed, until something has been replayed. */
  savedUnder: number | undefined;
  savedAt: number;
  events: number;
  /** The number of events at the last checkpoint interval, and the rates computed then (per second). */
  countedAt: number;
  counted: number;
  totalTps: number;
  recentTps: number;
  groups: ShardGroup[];
  /** The group whose DDL waits for the other sources. */
  blocking: ShardGroup | undefined;
  /** Whether the master knows the DDL. If not, it is reported again at `reportAt`. */
  reported: boolean;
  reportAt: number;
  /** The ID of the lock that the master created. break-ddl-lock may leave it set. */
  lockID: string;
  rules: SqlRule[];
  failure: { msg: string; position: string; sql: string } | undefined;
}

export interface SubTask {
  part: TaskPart;
  stage: Stage;
  unit: UnitType;
  result: ProcessResultInit | undefined;
  /** False if the initialization failed, or if the subtask was Paused while its worker restarted. No unit is shown then. */
  ready: boolean;
  /** Milliseconds spent in Dump or Load, without pauses. */
  spent: number;
  /** The dump contains the transactions up to this one. */
  dumped: number;
  dumpPosition: Position;
  /** The time since when it waits for the relay to reach the dump's position. */
  waitingSince: number | undefined;
  sync: SyncState;
  /** The task checker's next attempt to resume after an error. */
  retry: { tries: number; at: number } | undefined;
}

/** An operation that waits in the worker's queue. */
export interface Operation {
  op: TaskOp;
  name: string;
  part?: TaskPart;
}

/** What a stopped subtask leaves in its checkpoint tables. */
export interface Checkpoint {
  finished: boolean;
  done: number;
  position: Position | undefined;
  under: number | undefined;
}

export interface Worker {
  address: string;
  sourceID: string;
  up: boolean;
  enableGtid: boolean;
  upstream: Upstream;
  relay: Relay;
  tasks: Map<string, SubTask>;
  checkpoints: Map<string, Checkpoint>;
  /** Number of the last operation, over all tasks. */
  logID: number;
  /** Operations queued behind one that waits for the relay. */
  queue: Operation[];
}

export interface DdlLock {
  ID: string;
  task: string;
  owner: string;
  ddls: string[];
  /** Whether each worker, by address, waits for the lock. */
  workers: Map<string, boolean>;
}

/** A saved `--sharding` instruction. */
export interface ShardingRule {
  task: string;
  rule: SqlRule;
}

export interface Options {
  /** The number of workers: 127.0.0.1:8262 and up, with sources mysql-replica-01 and up. */
  workers: number;
  /** Addresses of workers that do not answer. */
  down: readonly string[];
  /** Milliseconds that Dump and Load each take. */
  dumpMs: number;
  loadMs: number;
  /** Milliseconds between two transactions in each upstream. 0 means none. */
  trafficMs: number;
  /** Whether the demonstrations of demo.ts run. */
  demos: boolean;
}

export interface State {
  options: Options;
  /** The simulated time in milliseconds. */
  now: number;
  /** The running dm-workers, including those that the master does not know. */
  workers: Map<string, Worker>;
  /** The master's configuration: source to address. */
  deploy: Map<string, string>;
  /** Addresses that the master has clients for. They can differ from those of `deploy` (see config.ts). */
  clients: Set<string>;
  /** Task name to sorted worker addresses. */
  taskMap: Map<string, string[]>;
  locks: Map<string, DdlLock>;
  shardingRules: ShardingRule[];
  /** Each task's demonstration: when its first source reached Sync, whether it was shown since, and how often before. */
  demos: Map<string, { began: number | undefined; shown: boolean; round: number }>;
  /** Scheduled DDL statements of the upstreams, for the demonstrations. */
  scheduled: { at: number; address: string; ddl: Ddl }[];
  /** Incremented by each pre-check, so that the order of its items changes, as it does in DM. */
  shuffles: number;
}
