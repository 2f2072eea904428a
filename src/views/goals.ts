// What can be waited for. By itself, since the declaration of `wait` needs the names at every start.

/**
 * What can be waited for. synced is DM's own word and lags: it goes false with row changes and stays so on a quiet source, since
 * it compares the checkpoint, which is written only when an event comes more than 30 s after the last. caught-up also takes a
 * sub task where nothing has moved for longer than that: neither the upstream's position nor the count of events. It cannot tell
 * that from a statement that runs for longer than that in the target (docs/watch-and-wait.md).
 */
export const GOALS = ['synced', 'caught-up', 'running', 'paused', 'finished', 'stopped'] as const;
export type Goal = (typeof GOALS)[number];
