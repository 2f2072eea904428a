// The messages of a release of DM 2.0 and later.

import { atLeast, type Release } from '../../command/release.ts';
import { type Schema, schemaAt } from '../../wire/schema.ts';

const schemas = new Map<string, Promise<Schema>>();

/** The schema of a release, loaded on first use. An unknown release has the newest one. */
export function schemaFor(release: Release | undefined): Promise<Schema> {
  const key = release ? `${release.major}.${release.minor}.${release.patch}` : 'newest';
  let schema = schemas.get(key);
  if (!schema) {
    schema = load(release);
    schemas.set(key, schema);
  }
  return schema;
}

async function load(release: Release | undefined): Promise<Schema> {
  const { schema } = await import('../../wire/generated/v2.ts');
  return schemaAt(schema, (since) => atLeast(release, since));
}
