// `schema`: JSON Schemas for editors.

import { defineBuiltin } from '../../command/registry.ts';
import { SCHEMAS } from './names.ts';

const names = SCHEMAS.map((s) => s.name);

export const schema = defineBuiltin({
  name: 'schema',
  usage: '<task|source|worker|master|output/command> [--dm release]',
  summary: 'print the JSON Schema of a configuration file, or of what a command prints, for editors and other tools',
  availability: 'both',
  examples: ['schema task --dm 8.5', 'schema output/query-status'],
  args: { min: 1, max: 1, names: ['<name>'], kinds: [{ oneOf: names }] },
  flags: [
    {
      name: 'dm',
      kind: 'string',
      usage: '`release` of DM, such as 1.0.7, 6.5 or 8.5 (default: the newest)',
      values: { oneOf: ['1.0', '2.0', '5.4', '6.1', '6.5', '7.1', '7.5', '8.1', '8.5', '26.3'] },
      extension: true,
    },
  ],
});
