// Configuration files as YAML. The master checks their keys.

import { dump, load, YAML11_SCHEMA, YAMLException } from 'js-yaml';

/** The value of the text, or why it is not YAML, with line and column. A byte order mark is allowed, as in Go. */
export function readYaml(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: load(text, { schema: YAML11_SCHEMA }) };
  } catch (e) {
    if (!(e instanceof YAMLException)) return { problem: (e as Error).message };
    const { line, column } = e.mark ?? { line: 0, column: 0 };
    return { problem: `line ${line + 1}, column ${column + 1}: ${e.reason}` };
  }
}

/** Why the text is not YAML. Undefined if it is. */
export function yamlProblem(text: string): string | undefined {
  const read = readYaml(text);
  return 'problem' in read ? read.problem : undefined;
}

/** A plain value as YAML. */
export function writeYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
