// The schemas that `schema` prints. A new one needs an entry here.

import { OUTPUT_NAMES } from './output-names.ts';

export interface SchemaName {
  readonly name: string;
  /** The release if --dm is not given. Undefined if the schema does not depend on a release. */
  readonly newest?: string;
  /** Makes the schema for a release. Loaded when it is printed. Throws UsageError if the release has none. */
  load(): Promise<(release: string) => object>;
}

const ofFile = (name: 'task' | 'source' | 'worker' | 'master', newest: string): SchemaName => ({
  name,
  newest,
  load: async () => {
    const { schemaOfFile } = await import('./file-schema.ts');
    return (release) => schemaOfFile(name, release);
  },
});

const ofOutput = (output: (typeof OUTPUT_NAMES)[number]): SchemaName => ({
  name: `output/${output}`,
  load: async () => {
    const { outputSchema } = await import('./output-schemas.ts');
    return () => outputSchema(output);
  },
});

export const SCHEMAS: readonly SchemaName[] = [
  ofFile('task', '26.3'),
  ofFile('source', '26.3'),
  ofFile('worker', '1.0.7'),
  ofFile('master', '1.0.7'),
  ...OUTPUT_NAMES.map(ofOutput),
];
