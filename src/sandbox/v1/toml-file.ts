// Reads TOML files in which unknown keys are errors, as in DM's own configuration files.

import { parse, TomlError } from 'smol-toml';

/** Known keys. A nested object is a table or a list of tables. */
export type Keys = { readonly [key: string]: true | Keys };

export type TomlFile = { content: Record<string, unknown>; unknown: string[] } | { bad: string };

/** The content and its unknown keys (`from.nosuch`), or the syntax error. */
export function readToml(text: string, keys: Keys): TomlFile {
  try {
    const content = parse(text) as Record<string, unknown>;
    return { content, unknown: unknownKeys(content, keys, '') };
  } catch (error) {
    if (error instanceof TomlError)
      return { bad: `Near line ${error.line}: ${(error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '')}` };
    throw error;
  }
}

function unknownKeys(content: Record<string, unknown>, keys: Keys, before: string): string[] {
  const out: string[] = [];
  for (const [key, value] of Object.entries(content)) {
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known === undefined) out.push(before + key);
    else if (known !== true) {
      for (const table of Array.isArray(value) ? value : [value]) {
        if (typeof table === 'object' && table !== null) out.push(...unknownKeys(table, known, `${before}${key}.`));
      }
    }
  }
  return [...new Set(out)];
}
