// How a cluster stands, whatever its generation: workers, their relays and their sub tasks. A dialect reads it from an
// answer (Dialect.status); tables, waits and plans for many tasks are made of it.

/**
 * What a sub task needs. broken: an error stopped it. stuck: it waits for something that may not come by itself.
 * held: paused by hand. The rest need nobody.
 */
export type Health = 'broken' | 'stuck' | 'held' | 'starting' | 'running' | 'finished';

export interface LoadState {
  /** Bytes loaded, and bytes in all; 0 of 0 before the dump has been looked at. */
  readonly done: number;
  readonly total: number;
}

export interface SyncState {
  /** Binlog events replayed since the sub task was started. */
  readonly events: number;
  /** Where the upstream is, as DM writes it. */
  readonly master: string;
  /** Where the sub task is: its last checkpoint, which may be half a minute old. */
  readonly at: string;
  /** DM's own word for having come to the upstream's position; goes false with row changes and may stay so. */
  readonly synced: boolean;
  /** DDL statements that wait. */
  readonly blocking: readonly string[];
  /** Sharding groups that are not yet complete. */
  readonly groups: number;
}

export interface SubTask {
  readonly task: string;
  readonly worker: string;
  readonly source: string;
  readonly stage: string;
  readonly unit: string;
  readonly health: Health;
  /** Why it is stuck, in a few words; empty where it is not. */
  readonly reason: string;
  /** DM's texts of what went wrong. */
  readonly errors: readonly string[];
  /** The DDL lock that it waits for; empty for none. */
  readonly lock: string;
  readonly load?: LoadState;
  readonly sync?: SyncState;
}

export interface Relay {
  readonly worker: string;
  readonly source: string;
  readonly stage: string;
  readonly health: Health;
  readonly subDir: string;
  /** Where the relay is, and where its upstream is, as DM writes it. */
  readonly at: string;
  readonly master: string;
  readonly caughtUp: boolean;
  readonly errors: readonly string[];
}

export interface Worker {
  readonly worker: string;
  readonly source: string;
  /** Why nothing is known of it; empty where it answered. */
  readonly error: string;
  readonly relay?: Relay;
}

export interface Cluster {
  /** What the master said instead of an answer; empty when it answered. */
  readonly refused: string;
  readonly workers: readonly Worker[];
  readonly subTasks: readonly SubTask[];
}
