// The lines of query-status that the original does not have, for all generations (presenters/status.ts shows the answers).

import { isSelection } from '../domain/task-names.ts';
import { goQuote } from '../text/quote.ts';
import { NOT_SENT, Refusal } from './errors.ts';
import type { FlagSpec } from './flags.ts';
import { parseLagLimit } from './lag-limit.ts';
import type { Dialect } from './spec.ts';

export const BY = {
  name: 'by',
  kind: 'string',
  usage: 'show one row per `thing`: task or sub-task',
  values: { oneOf: ['task', 'sub-task'] },
  extension: true,
} as const satisfies FlagSpec;

export const PROBLEMS = {
  name: 'problems',
  kind: 'bool',
  usage: 'show only the sub tasks that need attention',
  extension: true,
} as const satisfies FlagSpec;

export const MAX_LAG = {
  name: 'max-lag',
  kind: 'string',
  usage: 'exit with status 1 if a sub task is more than this `lag` behind: 30s, or 1MiB of the binlog',
  values: 'none',
  extension: true,
} as const satisfies FlagSpec;

/** A line of query-status, as far as its view depends on it. */
export interface StatusLine {
  readonly args: readonly string[];
  readonly flags: { readonly by: string; readonly problems: boolean; readonly maxLag: string };
}

/** Whether a line asks for something that the original cannot show. */
export function isOwnView({ args, flags }: StatusLine): boolean {
  return isSelection(args) || flags.by !== '' || flags.problems || flags.maxLag !== '';
}

/** Throws Refusal for a value of --by that does not exist. */
function checkBy(by: string): void {
  if (by !== '' && !BY.values.oneOf.some((value) => value === by)) {
    throw new Refusal(`invalid --by ${goQuote(by)}. ${NOT_SENT}. Use task or sub-task`);
  }
}

/** Throws Refusal for a value of --by or --max-lag that does not exist. */
export function checkStatusLine({ flags }: StatusLine, dialect: Pick<Dialect, 'name' | 'reportsLag'>): void {
  checkBy(flags.by);
  parseLagLimit(flags.maxLag, dialect);
}
