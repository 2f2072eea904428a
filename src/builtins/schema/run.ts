// Prints a schema.

import { UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import { renderValue } from '../../output/renderer.ts';
import { didYouMean } from '../../text/nearest.ts';
import { goQuote } from '../../text/quote.ts';
import type { Runner } from '../index.ts';
import type { schema } from './command.ts';
import { SCHEMAS } from './names.ts';

/** Prints the schema of the argument. Throws UsageError for an unknown name or release. */
export const runSchema: Runner<typeof schema> = async ({ args, flags }, context) => {
  const [name = ''] = args;
  const found = SCHEMAS.find((s) => s.name === name);
  if (!found) {
    const names = SCHEMAS.map((s) => s.name);
    const near = didYouMean(name, names);
    throw new UsageError(`no schema ${goQuote(name)}: ${near === '' ? `use ${names.join(', ')}` : near}`);
  }
  if (found.newest === undefined && flags.dm !== '') throw new UsageError(`--dm: the schema ${name} does not depend on a release`);
  const value = (await found.load())(flags.dm === '' ? (found.newest ?? '') : flags.dm);
  await renderValue(context, value, { columns: [], rows: [] }, () => [`${JSON.stringify(value, null, 2)}\n`]);
  return EXIT_CODE.ok;
};
