// The state of a cluster, independent of its generation: workers, relays and sub tasks. A dialect reads it from an
// answer (Dialect.status); tables, waits and bulk plans use it.

/**
 * What a sub task needs. broken: an error stopped it. stuck: it waits for something that may never happen without help.
 * held: paused by a user. The others need no attention.
 */
export type Health = 'broken' | 'stuck' | 'held' | 'starting' | 'running' | 'finished';

export interface LoadState {
  /** Bytes loaded and bytes in total. 0 of 0 before the dump was examined. */
  readonly done: number;
  readonly total: number;
  /** Undefined if the generation does not report it. */
  readonly bytesPerSecond?: number;
}

export interface DumpState {
  /** Rows dumped, and an estimate of all rows. */
  readonly rows: number;
  readonly totalRows: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

export interface SyncState {
  /** Binlog events replayed since the sub task was started. */
  readonly events: number;
  /** The upstream's position, as DM writes it. */
  readonly master: string;
  /** The sub task's position: its last checkpoint, which may be half a minute old. */
  readonly at: string;
  /** DM's own flag for having reached the upstream's position. Row changes make it false, and it may stay false. */
  readonly synced: boolean;
  /** DDL statements that wait. */
  readonly blocking: readonly string[];
  /** Sharding groups that are not yet complete. */
  readonly groups: number;
  /** Seconds behind the upstream; undefined if the generation does not report it. */
  readonly lagSeconds?: number;
  /** Rows that were replayed in the last second, as DM reports it; undefined if the generation does not report it. */
  readonly rowsPerSecond?: number;
}

export interface SubTask {
  /** What the target selector names: the worker in DM 1.0, the source in later generations. */
  readonly target: string;
  readonly task: string;
  readonly worker: string;
  readonly source: string;
  readonly stage: string;
  readonly unit: string;
  readonly health: Health;
  /** Why it is stuck, in a few words. Empty if it is not stuck. */
  readonly reason: string;
  /** DM's error texts. */
  readonly errors: readonly string[];
  /** The DDL lock that it waits for. Empty if there is none. */
  readonly lock: string;
  readonly dump?: DumpState;
  readonly load?: LoadState;
  readonly sync?: SyncState;
  /** The comparison of the rows of source and target. Undefined if it was not started. */
  readonly validation?: ValidationState;
}

export interface ValidationState {
  readonly running: boolean;
  /** The position in the upstream's binlog up to which it has read, as of the last time that it was saved. Empty before that. */
  readonly at: string;
  /** Rows that wait for their check. */
  readonly pending: number;
  /** Rows that differ, and that no one has ignored or resolved. */
  readonly newErrors: number;
}

export interface Relay {
  /** As in SubTask. */
  readonly target: string;
  readonly worker: string;
  readonly source: string;
  readonly stage: string;
  readonly health: Health;
  readonly subDir: string;
  /** The positions of the relay and of its upstream, as DM writes them. */
  readonly at: string;
  readonly master: string;
  readonly caughtUp: boolean;
  readonly errors: readonly string[];
}

export interface Worker {
  /** As in SubTask. */
  readonly target: string;
  readonly worker: string;
  readonly source: string;
  /** Why its state is unknown. Empty if it answered. */
  readonly error: string;
  readonly relay?: Relay;
}

export interface Cluster {
  /** The master's message if it reported a failure. Empty otherwise. */
  readonly refused: string;
  readonly workers: readonly Worker[];
  readonly subTasks: readonly SubTask[];
}
