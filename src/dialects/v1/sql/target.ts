// Which binlog events sql-skip and sql-replace select: exactly one of a position and a pattern. Checked in the order
// and with the texts of the original (sql-notes: binlog-pos and sql-pattern).

import { InputError } from '../../../command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../../command/spec.ts';
import { goList, unquoted } from '../checks.ts';
import type { SqlOperatorFlags } from '../flags.ts';

export interface SqlTarget {
  readonly name: string;
  readonly worker: string;
  readonly binlogPos: string;
  readonly sqlPattern: string;
  readonly sharding: boolean;
}

const MAX_POSITION = 4294967295;

/** Checks the flags and returns the fields of the request. Throws InputError. */
export async function sqlTarget(parsed: ParsedArgs<SqlOperatorFlags>, context: CommandContext): Promise<SqlTarget> {
  const binlogPos = unquoted(parsed.flags.binlogPos);
  const sqlPattern = unquoted(parsed.flags.sqlPattern);
  const sharding = parsed.flags.sharding;
  if (binlogPos !== '' && sqlPattern !== '') throw refused('cannot specify both --binlog-pos and --sql-pattern in sql operation');
  if (binlogPos !== '') checkPosition(binlogPos);
  else if (sqlPattern !== '') await checkPattern(sqlPattern);
  else throw refused('must specify one of --binlog-pos and --sql-pattern in sql operation');
  if (sharding && binlogPos !== '') throw refused('cannot specify --binlog-pos with --sharding in sql operation');
  const worker = await oneWorker(parsed, context, sharding);
  const name = parsed.args[0] ?? '';
  if (name.trim() === '') throw new InputError('must specify the task-name');
  return { name, worker, binlogPos, sqlPattern, sharding };
}

async function oneWorker(parsed: ParsedArgs<SqlOperatorFlags>, context: CommandContext, sharding: boolean): Promise<string> {
  const { targets } = parsed;
  if (sharding) {
    if (targets.length > 0) {
      await context.printRemark(
        `--sharding operator always takes effect on DDL lock's owner, specified workers ${goList(targets)} arguments will be ignored`,
      );
    }
    return '';
  }
  if (targets.length !== 1) throw new InputError(`should only specify one worker, but got ${goList(targets)}`);
  return targets[0] as string;
}

function checkPosition(position: string): void {
  const parts = position.split(':');
  const wrong = (why: string): InputError =>
    refused(`invalid --binlog-pos ${position} in sql operation: ${why}, position string ${position}`);
  if (parts.length !== 2) throw wrong('the format should be filename:pos');
  const number = parts[1] as string;
  if (!/^[0-9]+$/.test(number) || Number(number) > MAX_POSITION) throw wrong('the pos should be digital');
}

/** A pattern that starts with ~ is an RE2 regular expression. Any other pattern is matched literally. */
async function checkPattern(pattern: string): Promise<void> {
  if (!pattern.startsWith('~')) return;
  const { regexpProblem } = await import('../../../text/regexp.ts');
  const problem = regexpProblem(pattern.slice(1));
  if (problem) throw refused(`invalid --sql-pattern ${pattern} in sql operation: error parsing regexp: ${problem}`);
}

function refused(text: string): InputError {
  return new InputError(`[code=11017:class=functional:scope=internal:level=low] ${text}`);
}
