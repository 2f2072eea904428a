// The flags of commands that take many tasks at once, and whether a line means many.

import type { BulkSpec, FlagSpec, ParsedArgs } from '../command/spec.ts';
import { isGlob as isPattern } from '../text/glob.ts';

const ALL: FlagSpec = { name: 'all', kind: 'bool', usage: 'every task that the command can do something to', extension: true };
const PARALLEL: FlagSpec = {
  name: 'parallel',
  kind: 'string',
  usage: 'with many tasks: how many calls at a time, `n` from 1 to 64 (4 when left out)',
  values: 'none',
  extension: true,
};
const PROBLEMS: FlagSpec = { name: 'problems', kind: 'bool', usage: 'only sub tasks that an error has paused', extension: true };

export function bulkFlags({ isProblem }: BulkSpec): readonly FlagSpec[] {
  return [ALL, PARALLEL, ...(isProblem ? [PROBLEMS] : [])];
}

/** Whether the line means many; one name as it stands is the original's call. */
export function isBulk(given: ParsedArgs): boolean {
  return given.args.length > 1 || meansWhatIsFound(given);
}

/** Whether a line means tasks that it does not name: nobody can read from it what will be done. */
export function meansWhatIsFound({ args, on }: ParsedArgs): boolean {
  return args.some(isPattern) || on('all') || on('problems');
}
