// The SQL of handle-error, `binlog replace` and `binlog inject`.

import { InputError } from '../../command/errors.ts';
import type { CommandContext } from '../../command/spec.ts';

/** The statements in the arguments, which are one text cut at spaces. Throws InputError for what DM cannot parse. */
export async function sqlArguments(args: readonly string[], context: CommandContext, purpose: 'replace' | 'inject'): Promise<string[]> {
  const { readSql, sqlDoubt, sqlRefusal } = await import('../../sql/read.ts');
  const reading = readSql(withoutQuotes(args.join(' ')), 'inject');
  if (!reading.ok && reading.kind === 'not-ddl') throw new InputError('only DDL statements can be used here. Nothing was sent');
  if (!reading.ok) throw new InputError(sqlRefusal(reading, 'replace'));
  for (const doubt of reading.doubts) await context.warn(sqlDoubt(doubt));
  await context.preview(`SQL to ${purpose}`, reading.pieces);
  return [...reading.pieces];
}

/** Removes one pair of double quotes around the whole text. */
const withoutQuotes = (text: string): string => (/^".+"$/s.test(text) ? text.slice(1, -1) : text);
