// The texts in which DM 1.0 rejects a name as unknown.

import { findUnknownNames, type UnknownNameTexts } from '../../../presenters/unknown-names.ts';

const TEXTS: UnknownNameTexts = {
  patterns: [
    ['task', /\btask (.*) has no workers or not exist/],
    ['task', /\bsub task with name (.*) not found/],
    ['task', /\bno sub task with name (.*) has started/],
    ['task', /\btask (.*) and worker \S+ not match/],
    ['worker', /\band worker (\S+) not match/],
    ['worker', /([^\s,]+(?:, [^\s,]+)*) relevant worker-client not found/],
    ['lock', /\b(?:lock|DDLLockInfo) with ID (.*) not found/],
    ['source', /\bsource (\S+) in deployment configuration not found/],
  ],
  ofEntry: { kind: 'worker', text: "worker not found in task's config or deployment config", field: 'worker' },
};

/** The names in a decoded answer of DM 1.0 that may be unknown, each once. */
export const unknownNames = (answer: object) => findUnknownNames(answer, TEXTS);
