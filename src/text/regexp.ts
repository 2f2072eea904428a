// Regular expressions as Go's regexp package (RE2) reads them, which is not how JavaScript does.

import { RE2JS, RE2JSSyntaxException } from 're2js';

/** Whether an RE2 expression is found in a text. Throws where it is none. */
export function regexpFinds(expression: string, text: string): boolean {
  return RE2JS.compile(expression).matcher(text).find();
}

/**
 * What tests texts against an expression in time linear in the text: its whole, or any part of it.
 * @returns undefined where the text is not an RE2 expression
 */
export function regexpTester(expression: string): { whole(text: string): boolean; part(text: string): boolean } | undefined {
  try {
    const compiled = RE2JS.compile(expression);
    return { whole: (text) => compiled.matches(text), part: (text) => compiled.matcher(text).find() };
  } catch {
    return undefined;
  }
}

/** Why the text is not an RE2 expression; undefined when it is one. */
export function regexpProblem(text: string): string | undefined {
  try {
    RE2JS.compile(text);
    return undefined;
  } catch (e) {
    if (e instanceof RE2JSSyntaxException) return `${e.getDescription()}: \`${e.getPattern()}\``;
    return (e as Error).message;
  }
}
