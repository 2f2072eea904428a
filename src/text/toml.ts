// Reads TOML through smol-toml and reports problems in one line.

import { parse, TomlError } from 'smol-toml';

/** The table of a TOML text. Throws Error with line and column. */
export function readToml(text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (e) {
    if (!(e instanceof TomlError)) throw e;
    const reason = e.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '');
    throw new Error(`line ${e.line}, column ${e.column}: ${reason}`);
  }
}

/** Why the text is not TOML, with line and column; undefined if it is. */
export function tomlProblem(text: string): string | undefined {
  try {
    readToml(text);
    return undefined;
  } catch (e) {
    return (e as Error).message;
  }
}
