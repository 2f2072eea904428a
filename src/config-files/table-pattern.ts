// Patterns of rules for the names of schemas and tables: `*` at the end, `?`, `[a-z]`, and `~` before a regular expression.

import { regexpTester } from '../text/regexp.ts';

/** Whether a text is a regular expression, where these are accepted. */
export function isRegexp(pattern: string): boolean {
  return pattern.startsWith('~');
}

/** A pattern that can be compared with others. */
export interface ComparablePattern {
  readonly pattern: string;
  /** What is before a final star; undefined if there are other wildcards. */
  readonly prefix: string | undefined;
  readonly isPrefix: boolean;
}

export function comparable(pattern: string): ComparablePattern {
  const isPrefix = pattern.endsWith('*');
  const text = isPrefix ? pattern.slice(0, -1) : pattern;
  return { pattern, isPrefix, prefix: /[*?[\]]/.test(text) || isRegexp(pattern) ? undefined : text };
}

/** Whether two patterns certainly have a common name. Patterns with ? or [ ] count only if they are equal. */
export function overlap(a: ComparablePattern, b: ComparablePattern): boolean {
  if (a.pattern === b.pattern) return true;
  if (a.prefix === undefined || b.prefix === undefined) return false;
  if (a.isPrefix && b.prefix.startsWith(a.prefix)) return true;
  return b.isPrefix && a.prefix.startsWith(b.prefix);
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
