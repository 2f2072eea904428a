// The flags of commands that take many tasks at once, and whether a line means many.

import { isGlob } from '../../text/glob.ts';
import type { FlagSpec, Given, Many } from '../spec.ts';

const ALL: FlagSpec = { name: 'all', kind: 'bool', usage: 'every task that the command can do something to', ours: true };
const PARALLEL: FlagSpec = {
  name: 'parallel',
  kind: 'string',
  usage: 'with many tasks: how many calls at a time, `n` from 1 to 64 (4 when left out)',
  values: 'none',
  ours: true,
};
const PROBLEMS: FlagSpec = { name: 'problems', kind: 'bool', usage: 'only sub tasks that an error has paused', ours: true };

export function manyFlags({ problem }: Many): readonly FlagSpec[] {
  return [ALL, PARALLEL, ...(problem ? [PROBLEMS] : [])];
}

/** Whether the line means many; one name as it stands is the original's call. */
export function meansMany(given: Given): boolean {
  return given.args.length > 1 || meansWhatIsFound(given);
}

/** Whether a line means tasks that it does not name: nobody can read from it what will be done. */
export function meansWhatIsFound({ args, on }: Given): boolean {
  return args.some(isGlob) || on('all') || on('problems');
}
