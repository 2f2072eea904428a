// What the sandbox remembers: a DM-master 1.0.1, its dm-workers and their upstream databases, as plain data.
// Nothing in here knows a clock, a socket or a file: `now` is a number that `advance` is given.

import type { ProcessResultInit, Stage, TaskOp, UnitType } from '../../wire/generated/v1.ts';

/** A place in a binlog. */
export interface Position {
  /** The number in the file name: 3 for mysql-bin.000003. */
  file: number;
  /** Bytes. */
  offset: number;
}

/** One table changed by a DDL statement; the statement is made per task, since a task may route the table elsewhere. */
export interface Ddl {
  /** `` `shop`.`t_1` `` */
  table: string;
  /** What follows ALTER TABLE and the table's name: `` ADD COLUMN `e` INT ``. */
  change: string;
  /** The task whose target database refuses the statement; every other task executes it. */
  failsFor?: string;
  /** What the target database says then. */
  error?: string;
}

/** A transaction in an upstream's binlog. */
export interface Txn {
  seq: number;
  start: Position;
  end: Position;
  /** Binlog events that a syncer counts for it: a row event each and one for the commit; a DDL is one. */
  events: number;
  ddl?: Ddl;
  /** A change of another database: the syncer filters it, and it counts as no event. */
  foreign?: true;
}

export interface Upstream {
  up: boolean;
  address: string;
  uuid: string;
  end: Position;
  /** Number of the newest transaction; the GTID set is uuid:1-seq. */
  seq: number;
  /** The newest transactions, rising by one. */
  log: Txn[];
  /** Names of columns by table, for the pre-check of sharded tables. */
  columns: Map<string, string[]>;
}

export interface Relay {
  stage: 'Running' | 'Paused' | 'Stopped';
  result: ProcessResultInit | undefined;
  /** The suffix of relaySubDir; a migration or a switch of the upstream begins a new one. */
  suffix: number;
  /** Transactions up to this one are in the relay log. */
  received: number;
  /** undefined prints as `(, 4)`: nothing relayed from the new upstream yet. */
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
  /** Where an incremental task begins. */
  meta: Position | undefined;
  /** Set when the task merges sharded tables. */
  shard: ShardTables | undefined;
  /** `enable-heartbeat: true`: while it replicates, a row of another database is written in the upstream every second. */
  heartbeat: boolean;
}

/** Row changes that are on their way to the target database. */
export interface Batch {
  /** Number of its last transaction. */
  upTo: number;
  /** When the target has executed all of it. */
  until: number;
  /** Whether an event of it was due to write the checkpoint, which waits for all of it. */
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
  /** When the sub task came to Sync, and the last transaction before. */
  began: number;
  from: number;
  /** Number of the last transaction replayed. */
  done: number;
  /** What the target is executing; undefined while it has nothing to do. */
  batch: Batch | undefined;
  /** The checkpoint, which is what syncerBinlog shows; undefined prints as `(, 4)`. */
  saved: Position | undefined;
  /** The suffix of the relay's sub-directory that it was read from; undefined, and not printed, until anything has been replayed. */
  savedUnder: number | undefined;
  savedAt: number;
  events: number;
  /** Events at the last checkpoint in time, and the rates computed there (per second). */
  countedAt: number;
  counted: number;
  totalTps: number;
  recentTps: number;
  groups: ShardGroup[];
  /** The group whose DDL waits for the other sources. */
  blocking: ShardGroup | undefined;
  /** Whether the master knows of it; else it is told again at `reportAt`. */
  reported: boolean;
  reportAt: number;
  /** The ID of the lock that the master made; break-ddl-lock may leave it behind. */
  lockID: string;
  rules: SqlRule[];
  failure: { msg: string; position: string; sql: string } | undefined;
}

export interface SubTask {
  part: TaskPart;
  stage: Stage;
  unit: UnitType;
  result: ProcessResultInit | undefined;
  /** False when its initialisation failed or when it was Paused while its worker restarted: no unit is shown then. */
  ready: boolean;
  /** Milliseconds spent in Dump or Load, without pauses. */
  spent: number;
  /** Transactions up to this one are in the dump. */
  dumped: number;
  dumpPosition: Position;
  /** Since when it waits for the relay to reach the dump's position. */
  waitingSince: number | undefined;
  sync: SyncState;
  /** The task checker's next try to resume after an error. */
  retry: { tries: number; at: number } | undefined;
}

/** An operation that waits in the worker's queue. */
export interface Operation {
  op: TaskOp;
  name: string;
  part?: TaskPart;
}

/** What a stopped sub task leaves in its checkpoint tables. */
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
  /** Operations behind one that waits for the relay. */
  queue: Operation[];
}

export interface DdlLock {
  ID: string;
  task: string;
  owner: string;
  ddls: string[];
  /** Worker address to whether it waits for the lock. */
  workers: Map<string, boolean>;
}

/** A saved `--sharding` instruction. */
export interface ShardingRule {
  task: string;
  rule: SqlRule;
}

export interface Options {
  /** How many workers, 127.0.0.1:8262 and following, sources mysql-replica-01 and following. */
  workers: number;
  /** Addresses of workers that do not answer. */
  down: readonly string[];
  /** Milliseconds that Dump and Load take. */
  dumpMs: number;
  loadMs: number;
  /** Milliseconds between two transactions in each upstream; 0: none. */
  trafficMs: number;
  /** Whether the demonstrations of demo.ts happen. */
  demos: boolean;
}

export interface State {
  options: Options;
  /** Milliseconds; the machine has lived up to here. */
  now: number;
  /** The running dm-workers, whether the master knows them or not. */
  workers: Map<string, Worker>;
  /** The master's configuration: source to address. */
  deploy: Map<string, string>;
  /** Addresses that the master has clients for. Not always those of `deploy`: see config.ts. */
  clients: Set<string>;
  /** Task name to sorted worker addresses. */
  taskMap: Map<string, string[]>;
  locks: Map<string, DdlLock>;
  shardingRules: ShardingRule[];
  /** Each task's demonstration: when its first source reached Sync, whether it was shown since, and how often before. */
  demos: Map<string, { began: number | undefined; shown: boolean; round: number }>;
  /** What the upstreams are going to do, for the demonstrations. */
  scheduled: { at: number; address: string; ddl: Ddl }[];
  /** Rises with each pre-check, so that the order of its items differs from one to the next, as it does in DM. */
  shuffles: number;
}
