// Whether a task file is YAML at all. What its keys mean is the master's to judge.

import { load, YAML11_SCHEMA, YAMLException } from 'js-yaml';

/** Why the text is not YAML, with line and column; undefined when it is. A byte order mark is allowed, as in Go. */
export function yamlProblem(text: string): string | undefined {
  try {
    load(text, { schema: YAML11_SCHEMA });
    return undefined;
  } catch (e) {
    if (!(e instanceof YAMLException)) return (e as Error).message;
    const { line, column } = e.mark ?? { line: 0, column: 0 };
    return `line ${line + 1}, column ${column + 1}: ${e.reason}`;
  }
}
