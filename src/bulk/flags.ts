// The flags of commands that take many tasks at once, and whether a line means many.

import type { FlagSpec, FlagValues, ParsedArgs } from '../command/flags.ts';
import type { BulkSpec } from '../command/spec.ts';
import { isGlob as isPattern } from '../text/glob.ts';

const BULK_FLAGS = [
  { name: 'all', kind: 'bool', usage: 'every task that the command can do something to', extension: true },
  {
    name: 'parallel',
    kind: 'string',
    usage: 'with many tasks: how many calls at a time, `n` from 1 to 64 (4 when left out)',
    values: 'none',
    extension: true,
  },
  { name: 'problems', kind: 'bool', usage: 'only sub tasks that an error has paused', extension: true },
] as const satisfies readonly FlagSpec[];

export type BulkFlags = readonly FlagSpec[];
/** What a line gave to a bulk command: the flags that every bulk command has, and that of a dry run. */
export type BulkArgs = ParsedArgs<Partial<FlagValues<typeof BULK_FLAGS> & { readonly dryRun: boolean }>>;

/** The flags of a bulk command; --problems only where the command says which sub tasks have one. */
export function bulkFlags({ isProblem }: BulkSpec): BulkFlags {
  return isProblem ? BULK_FLAGS : BULK_FLAGS.filter((flag) => flag.name !== 'problems');
}

/** The usage lines of a bulk command, beside the original's line for one task. `target` is how they limit its targets. */
export function bulkUsage({ isProblem }: BulkSpec, target: string): readonly string[] {
  return [
    `${target} <task-name or pattern>...`,
    `${target} --all`,
    ...(isProblem ? [`${target} --problems [task-name or pattern]...`] : []),
  ];
}

/** Whether the line means many; one name as it stands is the original's call. */
export function isBulk(parsed: Pick<BulkArgs, 'args' | 'flags'>): boolean {
  return parsed.args.length > 1 || meansWhatIsFound(parsed);
}

/** Whether a line means tasks that it does not name: nobody can read from it what will be done. */
export function meansWhatIsFound({ args, flags }: Pick<BulkArgs, 'args' | 'flags'>): boolean {
  return args.some(isPattern) || flags.all === true || flags.problems === true;
}
