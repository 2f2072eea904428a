// The flags of commands that take many tasks at once, and whether a line selects many tasks.

import type { FlagSpec, FlagValues, ParsedArgs } from '../command/flags.ts';
import type { BulkSpec, CommandSpec } from '../command/spec.ts';
import { isGlob as isPattern } from '../text/glob.ts';

const BULK_FLAGS = [
  { name: 'all', kind: 'bool', usage: 'select every task that the command applies to', extension: true },
  {
    name: 'parallel',
    kind: 'string',
    usage: 'make up to `n` calls at a time, from 1 to 64 (default 4)',
    values: 'none',
    extension: true,
  },
  { name: 'problems', kind: 'bool', usage: 'select only sub tasks that an error has paused', extension: true },
] as const satisfies readonly FlagSpec[];

export type BulkFlags = readonly FlagSpec[];
/** The arguments of a bulk command: the flags that every bulk command has, and the flag of a dry run. */
export type BulkArgs = ParsedArgs<Partial<FlagValues<typeof BULK_FLAGS> & { readonly dryRun: boolean }>>;

/** The flags of a bulk command. --problems exists only if the command declares which sub tasks have a problem. */
export function bulkFlags({ isProblem }: BulkSpec): BulkFlags {
  return isProblem ? BULK_FLAGS : BULK_FLAGS.filter((flag) => flag.name !== 'problems');
}

/**
 * The usage lines of a bulk command, beside the original's line for one task.
 * @param target how they limit its targets
 * @param max how many names it takes
 */
export function bulkUsage({ isProblem }: BulkSpec, target: string, max: number): readonly string[] {
  const several = max > 1;
  return [
    several ? `${target} <task-name or pattern>...` : `${target} <pattern>`,
    `${target} --all`,
    ...(isProblem ? [`${target} --problems [task-name or pattern]${several ? '...' : ''}`] : []),
  ];
}

/** Whether the line selects many tasks. A single name without a pattern is the original's call. */
export function isBulk(parsed: Pick<BulkArgs, 'args' | 'flags'>): boolean {
  return parsed.args.length > 1 || selectsUnnamedTasks(parsed);
}

/** Whether a line selects tasks that it does not name, so that the line alone does not show what will be done. */
export function selectsUnnamedTasks({ args, flags }: Pick<BulkArgs, 'args' | 'flags'>): boolean {
  return args.some(isPattern) || flags.all === true || flags.problems === true;
}

/** Whether a line of a command names several task files. */
export const namesFiles = ({ manyFiles }: Pick<CommandSpec, 'manyFiles'>, { args }: Pick<ParsedArgs, 'args'>): boolean =>
  manyFiles !== undefined && args.length > 1;
