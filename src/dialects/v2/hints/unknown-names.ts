// The texts in which DM 2.0 and later reject a name as unknown (answers of a real 8.1.0 cluster).

import { findUnknownNames, type UnknownNameTexts } from '../../../presenters/unknown-names.ts';

const TEXTS: UnknownNameTexts = {
  patterns: [
    ['task', /\btask (.*) has no source or not exist/],
    ['task', /\bcannot get subtask by task name `([^`]*)`/],
    ['source', /(?:^|Message: )(\S+) relevant worker-client not found/],
    ['source', /\bsource config with ID (\S+) not exists/],
    ['source', /\bsources \[([^\]]*)\] (?:have not bound|need to be operate not exist)/],
    ['source', /\bsource (\S+) in deployment configuration not found/],
    ['worker', /\bdm-worker with name (\S+) not exists/],
    ['lock', /\block with ID (.*?) not found/],
  ],
};

/** The names in a decoded answer of DM 2.0 and later that may be unknown, each once. */
export const unknownNames = (answer: object) => findUnknownNames(answer, TEXTS);
