// The messages of a release of DM 2.0 and later.

import { atLeast, type Release } from '../../command/release.ts';
import { type Schema, schemaAt } from '../../wire/schema.ts';

/** Loads the schema of a release. An unknown release has the newest one. */
export async function schemaFor(release: Release | undefined): Promise<Schema> {
  const { schema } = await import('../../wire/generated/v2.ts');
  return schemaAt(schema, (since) => atLeast(release, since));
}
