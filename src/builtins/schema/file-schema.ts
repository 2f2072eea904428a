// The schemas of configuration files.

import { UsageError } from '../../command/errors.ts';
import { type FileKind, KINDS, releaseName, releaseOf } from '../../config-files/file-kind.ts';
import { type JsonSchema, schemaOf } from '../../config-files/json-schema.ts';
import { isReadBy } from '../../config-files/key-tree.ts';
import { goQuote } from '../../text/quote.ts';

/** The schema of a kind of file. Throws UsageError for an invalid release, or one without such files. */
export function schemaOfFile(kind: FileKind, text: string): JsonSchema {
  const release = releaseOf(text);
  if (!release) throw new UsageError(`invalid release ${goQuote(text)} in --dm: use for example 1.0.7, 6.5 or 8.5`);
  if (!isReadBy(kind, release)) throw new UsageError(`${releaseName(release)} has no ${KINDS[kind].title}`);
  return schemaOf(kind, release);
}
