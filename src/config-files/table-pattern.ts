// Patterns of rules for the names of schemas and tables: `*` at the end, `?`, `[a-z]`, and `~` before a regular expression.

import { regexpTester } from '../text/regexp.ts';

/** Whether a text is a regular expression, where these are accepted. */
export function isRegexp(pattern: string): boolean {
  return pattern.startsWith('~');
}

/** What a pattern consists of before its wildcards, if it has no other wildcard than a final star. */
function literal(pattern: string): { readonly text: string; readonly isPrefix: boolean } | undefined {
  const isPrefix = pattern.endsWith('*');
  const text = isPrefix ? pattern.slice(0, -1) : pattern;
  return /[*?[\]]/.test(text) || isRegexp(pattern) ? undefined : { text, isPrefix };
}

/** Whether two patterns certainly have a common name. Patterns with ? or [ ] count only if they are equal. */
export function overlap(first: string, second: string): boolean {
  if (first === second) return true;
  const a = literal(first);
  const b = literal(second);
  if (!a || !b) return false;
  if (a.isPrefix && b.text.startsWith(a.text)) return true;
  return b.isPrefix && a.text.startsWith(b.text);
}

/**
 * A function that tells whether a pattern matches a name. Invalid patterns match nothing.
 * @param regexps whether `~` begins a regular expression
 */
export function matcher(pattern: string, isCaseSensitive: boolean, regexps: boolean): (name: string) => boolean {
  const fold = (text: string): string => (isCaseSensitive ? text : text.toLowerCase());
  if (regexps && isRegexp(pattern)) {
    const tester = regexpTester(`${isCaseSensitive ? '' : '(?i)'}${pattern.slice(1)}`);
    return (name) => tester?.part(name) ?? false;
  }
  const source = fold(pattern).replace(/\[(!?)([^\]]+)\]|[*?]|[^*?[]+|\[/g, (part, not: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  try {
    const compiled = new RegExp(`^${source}$`, 's');
    return (name) => compiled.test(fold(name));
  } catch {
    return () => false;
  }
}
