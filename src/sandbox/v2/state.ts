// The state of the sandbox as plain data: DM-masters of DM 2.0 or later, their dm-workers, and the upstream databases. Nothing
// here uses a clock, a socket or a file: `now` is a number that is passed to `advance`.

import type { ProcessResultInit, Stage, UnitType, ValidateErrorState } from '../../wire/generated/v2.ts';
import type { TaskFile } from './task-file.ts';

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
  /** The task whose target database rejects the statement, and the error of the target in that case. */
  failsFor?: string;
  error?: string;
}

/** A transaction in an upstream's binlog: rows, or one DDL statement. */
export interface Txn {
  seq: number;
  start: Position;
  end: Position;
  rows: number;
  ddl?: Ddl;
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
  /** Definitions of the columns by table. */
  tables: Map<string, string[]>;
}

export interface Relay {
  stage: 'Running' | 'Paused';
  result: ProcessResultInit | undefined;
  /** The relay log contains the transactions up to this one, which ends at `position`. */
  received: number;
  position: Position;
  /** The workers that were named for it. Empty if it belongs to the worker that the source is bound to. */
  workers: string[];
}

/** An operator on a binlog event: what `binlog skip`, `replace` or `inject` has set. */
export interface Operator {
  op: 'Skip' | 'Replace' | 'Inject';
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
  /** Number of the last replayed transaction. */
  done: number;
  /** The checkpoint. It follows `done` only when it is flushed. */
  saved: { seq: number; position: Position; at: number; inRelay: boolean };
  /** Rows and DDL statements, and when counting began. */
  events: number;
  began: number;
  /** The last query that computed rates. */
  counted: { at: number; events: number };
  groups: ShardGroup[];
  /** The group whose DDL waits for the other sources. */
  blocking: ShardGroup | undefined;
  /** By the binlog position of the event, as `(mysql-bin.000001, 4)`. */
  operators: Map<string, Operator>;
  /** The transaction that failed. */
  failed: Txn | undefined;
  /** The tables whose definition was set or removed: CREATE TABLE, or empty. */
  schemas: Map<string, string>;
}

export interface RowError {
  id: number;
  srcTable: string;
  srcData: string;
  dstTable: string;
  dstData: string;
  errorType: string;
  state: ValidateErrorState;
  /** Milliseconds of the sandbox's time. */
  changed: number;
}

export interface Validator {
  mode: string;
  stage: 'Running' | 'Stopped';
  began: number;
  /** The last transaction before it and the last that it has seen. */
  from: number;
  seen: number;
  errors: RowError[];
  /** Whether the demonstration has made its errors. */
  shown: boolean;
  /** Whether it has saved its position. */
  saved: boolean;
  cutoverPos: string;
  cutoverGtid: string;
}

export interface SubTask {
  name: string;
  source: string;
  stage: Stage;
  unit: UnitType;
  result: ProcessResultInit | undefined;
  /** Milliseconds spent in Dump and Load, without pauses. */
  spent: number;
  /** The dump contains the transactions up to this one. */
  dumped: { seq: number; position: Position };
  sync: SyncState;
  validator: Validator | undefined;
  /** When the worker tries again after an error that may end. */
  retryAt: number | undefined;
}

/** What a stopped sub task leaves in the target database. */
export interface Checkpoint {
  finished: boolean;
  spent: number;
  saved: SyncState['saved'] | undefined;
}

export interface Source {
  id: string;
  /** The source file, as YAML and as read. */
  text: string;
  config: Record<string, unknown>;
  enableGtid: boolean;
  upstream: Upstream;
  /** The worker that it is bound to. */
  worker: string | undefined;
  /** The worker that it was bound to before; it gets the source again first. */
  lastWorker: string | undefined;
  relay: Relay | undefined;
  tasks: Map<string, SubTask>;
}

export interface Worker {
  name: string;
  address: string;
  /** Since when its process is gone; undefined while it runs. */
  downSince: number | undefined;
  /** Whether the masters have noticed that it is gone. */
  offline: boolean;
}

export interface Master {
  name: string;
  address: string;
  memberID: bigint;
  evicted: boolean;
}

/** A task as the masters keep it. */
export interface Task {
  name: string;
  text: string;
  file: TaskFile;
  /** The sources that run it, sorted. */
  sources: string[];
}

export interface Lock {
  ID: string;
  task: string;
  mode: 'pessimistic' | 'optimistic';
  owner: string;
  ddls: string[];
  /** Whether each source, or each table of a source in optimistic mode, has reached the DDL. */
  reached: Map<string, boolean>;
}

export interface Options {
  /** The release without `v`: 8.5.0. */
  release: string;
  masters: number;
  workers: number;
  /** Names or addresses of workers whose process is gone. */
  down: readonly string[];
  /** Milliseconds that Dump and Load each take. */
  dumpMs: number;
  loadMs: number;
  /** Milliseconds between two transactions in each upstream. 0 means none. */
  trafficMs: number;
  /** Whether the demonstrations of demo.ts run. */
  demos: boolean;
  /** The time at 0, in milliseconds since 1970, for times that are printed. */
  epochMs: number;
}

export interface State {
  options: Options;
  /** Whether the release is the given one or later. */
  has: (since: string) => boolean;
  /** The simulated time in milliseconds. */
  now: number;
  masters: Master[];
  /** The name of the leading master; undefined if there is none. */
  leader: string | undefined;
  workers: Map<string, Worker>;
  sources: Map<string, Source>;
  tasks: Map<string, Task>;
  /** By task and source, joined with a space. */
  checkpoints: Map<string, Checkpoint>;
  locks: Map<string, Lock>;
  /** Each task's demonstration: when its first source reached Sync, whether it was shown since, and how often before. */
  demos: Map<string, { began: number | undefined; shown: boolean; round: number }>;
  /** DDL statements of the upstreams to come, for the demonstrations. */
  scheduled: { at: number; source: string; ddl: Ddl }[];
  /** Counts answers in random order and encrypted texts, so that each differs. */
  shuffles: number;
}
