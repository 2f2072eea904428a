// What can be waited for. By itself, since the declaration of `wait` needs the names at every start.

/**
 * What can be waited for. synced is DM's own word: it compares the checkpoint with the upstream as it is now, so it can be true
 * for a moment only, or stay false on a quiet upstream. caught-up compares the checkpoint with where the upstream was when the
 * wait began: everything before that has then been executed in the target (docs/watch-and-wait.md).
 */
export const WAIT_CONDITIONS = ['synced', 'caught-up', 'running', 'paused', 'finished', 'stopped'] as const;
export type WaitCondition = (typeof WAIT_CONDITIONS)[number];
