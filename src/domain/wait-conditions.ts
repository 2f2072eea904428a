// The conditions of `wait`, in a file of their own, because the declaration of `wait` needs their names at every start.

/**
 * The conditions. synced is the flag of DM: it compares the checkpoint with the upstream's current position, so it can be true
 * only for a moment, or stay false on a quiet upstream. caught-up compares the checkpoint with the upstream's position when the
 * wait started: then everything before it was executed in the target (docs/watch-and-wait.md).
 * validated does the same with the position of the validation, and needs rows that neither wait for their check nor differ.
 */
export const WAIT_CONDITIONS = ['synced', 'caught-up', 'running', 'paused', 'finished', 'stopped', 'validated'] as const;
export type WaitCondition = (typeof WAIT_CONDITIONS)[number];
