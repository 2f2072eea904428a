// Splits the SQL of sql-replace and sql-inject into the pieces of the request.

import { InputError } from '../../../command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../../command/spec.ts';

/** The pieces, unchanged. A terminal shows them, because nothing else parses them before the target. */
export async function sqlPieces(parsed: ParsedArgs<unknown>, context: CommandContext, purpose: 'replace' | 'inject'): Promise<string[]> {
  const { readSql, sqlDoubt, sqlRefusal } = await import('../../../sql/read.ts');
  const text = parsed.args.slice(1).join(' ');
  const reading = readSql(text, purpose);
  if (!reading.ok) throw new InputError(sqlRefusal(reading, purpose));
  for (const doubt of reading.doubts) await context.warn(sqlDoubt(doubt));
  await context.preview(`SQL to ${purpose}`, reading.pieces);
  return [...reading.pieces];
}
