// Changes the key `profile` in the text of a configuration file. Everything else, comments too, stays byte for byte.

import { isDeepStrictEqual } from 'node:util';

/** A place in a text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The text of a configuration file with another default profile; an empty name for none.
 * @param text valid TOML
 * @throws Error for a text that cannot be changed without changing something else
 */
export async function withDefaultProfile(text: string, name: string): Promise<string> {
  const { key, end } = topLevel(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const value = tomlString(name);
  const { readToml } = await import('../text/toml.ts');
  let changed: string;
  if (key) changed = `${text.slice(0, key.from)}${value}${text.slice(key.to)}`;
  else if (name === '') return text;
  else changed = `${text.slice(0, end)}${end > 0 && text[end - 1] !== '\n' ? newline : ''}profile = ${value}${newline}${text.slice(end)}`;
  const rest = (table: Record<string, unknown>): [string, unknown][] => Object.entries(table).filter(([k]) => !isProfile(k));
  const found = readToml(changed);
  const chosen = Object.entries(found).find(([k]) => isProfile(k))?.[1];
  if (chosen !== name || !isDeepStrictEqual(rest(found), rest(readToml(text)))) throw new Error('the key profile is not in a simple form');
  return changed;
}

/** Keys are case-insensitive, as in the original. */
const isProfile = (key: string): boolean => key.toLowerCase() === 'profile';

/** A basic string of TOML. JSON has the same escapes. */
const tomlString = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

/** The value of the key `profile` before the first table, and the end of the last line before it that has a key. */
function topLevel(text: string): { readonly key: Span | undefined; readonly end: number } {
  let key: Span | undefined;
  let end = 0;
  let at = 0;
  for (;;) {
    at = skip(text, at, /(?:[ \t\r\n]|#[^\n]*)*/y);
    if (at >= text.length || text[at] === '[') return { key, end };
    const name = /[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*/y;
    const equals = endOfKey(text, at);
    name.lastIndex = at;
    const found = name.exec(text);
    const whole = found && name.lastIndex === equals ? (found[1] ?? found[2] ?? found[3] ?? '') : '';
    const from = skip(text, equals + 1, /[ \t]*/y);
    const to = endOfValue(text, from);
    if (isProfile(whole)) key = { from, to };
    at = skip(text, to, /[ \t]*(?:#[^\n]*)?\r?\n?/y);
    end = at;
  }
}

function skip(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The place of the equals sign after a key, which may have quotes and dots. */
function endOfKey(text: string, at: number): number {
  let i = at;
  while (i < text.length && text[i] !== '=') i = text[i] === '"' || text[i] === "'" ? endOfString(text, i) : i + 1;
  return i;
}

/** The end of a value: of a string, a list or a table with all it contains, or of a plain word. */
function endOfValue(text: string, at: number): number {
  let depth = 0;
  let i = at;
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '"' || char === "'") {
      i = endOfString(text, i);
    } else if (char === '#') {
      if (depth === 0) break;
      i = skip(text, i, /[^\n]*/y);
    } else if (char === '\n' && depth === 0) {
      break;
    } else {
      if (char === '[' || char === '{') depth += 1;
      if (char === ']' || char === '}') depth -= 1;
      i += 1;
    }
  }
  const value = text.slice(at, i);
  return at + value.trimEnd().length;
}

/** The end of a string that starts at a place, of one line or of several. */
function endOfString(text: string, at: number): number {
  const several = /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}/y;
  const one = /"(?:[^"\\]|\\.)*"|'[^']*'/y;
  for (const pattern of [several, one]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return text.length;
}
