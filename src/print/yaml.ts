// Plain values as YAML.

import { dump } from 'js-yaml';

/** The text of the value, a document without marks around it. */
export function yamlText(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
