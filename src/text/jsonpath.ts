// JSONPath (RFC 9535) as people write it: with the braces of kubectl or without, with $ or without.

import { compile } from 'json-p3';

/** What finds the values of a path in a value. Throws Error that says what is wrong with the path. */
export function jsonPath(text: string): (value: unknown) => readonly unknown[] {
  const bare = text
    .trim()
    .replace(/^\{(.*)\}$/s, '$1')
    .trim();
  const path = bare.startsWith('$') ? bare : bare.startsWith('.') || bare.startsWith('[') ? `$${bare}` : `$.${bare}`;
  let query: ReturnType<typeof compile>;
  try {
    query = compile(path);
  } catch (e) {
    throw new Error(`${JSON.stringify(text)} is no JSONPath: ${(e as Error).message}; write for example $.workers[*].worker`);
  }
  return (value) => query.query(value as Parameters<typeof query.query>[0]).values();
}
