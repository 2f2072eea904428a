// Flags at the start of the SQL. The original accepts them there. Here the rest of a line is SQL, and no statement starts with
// a flag, so the user must have meant the flag.

import { parseFlags } from '../../../args/command-tree.ts';
import { commonFlagsBeside } from '../../../args/common-flags.ts';
import { FlagError, takesNext } from '../../../args/pflag.ts';
import { DRY_RUN } from '../../../command/dry-run-flag.ts';
import { Refusal } from '../../../command/errors.ts';
import { type FlagSpec, flagKey, type ParsedArgs } from '../../../command/flags.ts';
import type { CommandContext } from '../../../command/spec.ts';
import { WORKER } from '../flags.ts';

export interface SqlCommand {
  readonly name: string;
  readonly flags: readonly FlagSpec[];
  /** The text of the original before the reason of a failed call. Our own message starts with it too. */
  readonly failure: string;
}

/**
 * Rejects SQL that starts with flags of the command, and reports where to put them.
 * @param check the original's checks of the flags, so that wrong flags are reported with its messages
 * @throws InputError
 */
export async function refuseFlagsInSql<Flags>(
  command: SqlCommand,
  parsed: ParsedArgs<Flags>,
  context: CommandContext,
  check: (moved: ParsedArgs<Flags>) => Promise<unknown>,
): Promise<void> {
  const [task = '', ...sql] = parsed.args;
  const own = [WORKER, ...command.flags, DRY_RUN];
  const known = [...own, ...commonFlagsBeside(own)];
  const found = leadingFlags(sql.join(' '), known);
  if (!found) return;
  const { values, flags } = found;
  const names = Object.keys(values).flatMap((key) => known.filter((flag) => flagKey(flag.name) === key).map((flag) => `--${flag.name}`));
  const be = names.length === 1 ? 'is' : 'are';
  const why = `${names.join(' and ')} ${be} after the task name, where the SQL begins. Put flags before the task name: ${command.name} ${flags} ${task} …`;
  try {
    await check(withFlags(parsed, values, task));
  } catch (error) {
    await context.warn(why);
    throw error;
  }
  throw new Refusal(`${command.failure}${why}`);
}

/** A word; quotes group. */
const WORD = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+)/sy;

/** The flags at the beginning of a text, parsed and as typed. Undefined if there are none. */
function leadingFlags(text: string, known: readonly FlagSpec[]): { values: ParsedArgs['flags']; flags: string } | undefined {
  const words: string[] = [];
  let end = 0;
  WORD.lastIndex = 0;
  const next = (): string | undefined => WORD.exec(text)?.[1]?.replace(/^(['"])(.*)\1$/s, '$2');
  for (let word = next(); word?.startsWith('-') && word !== '-' && word !== '--'; word = next()) {
    words.push(word);
    const value = takesNext(word, known) ? next() : undefined;
    if (value !== undefined) words.push(value);
    end = WORD.lastIndex || text.length;
  }
  if (words.length === 0) return undefined;
  try {
    return { values: parseFlags(words, known), flags: text.slice(0, end).trim() };
  } catch (e) {
    if (e instanceof FlagError) return undefined; // not a flag of the command: it is rejected as SQL
    throw e;
  }
}

function withFlags<Flags>(parsed: ParsedArgs<Flags>, values: ParsedArgs['flags'], task: string): ParsedArgs<Flags> {
  const { worker, ...flags } = values;
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  return {
    ...parsed,
    args: [task],
    targets: [...parsed.targets, ...(Array.isArray(worker) ? worker : [])],
    flags: { ...parsed.flags, ...given },
  };
}
