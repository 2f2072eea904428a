// Regular expressions in the syntax of Go's regexp package (RE2), which differs from JavaScript's.

import { RE2JS, RE2JSSyntaxException } from 're2js';

/** Whether an RE2 expression matches some part of a text. Throws for an invalid expression. */
export function regexpFinds(expression: string, text: string): boolean {
  return RE2JS.compile(expression).matcher(text).find();
}

/**
 * Returns functions that match an expression against a whole text or any part of it, in time linear in the text.
 * @returns undefined if the expression is not valid RE2
 */
export function regexpTester(expression: string): { whole(text: string): boolean; part(text: string): boolean } | undefined {
  try {
    const compiled = RE2JS.compile(expression);
    return { whole: (text) => compiled.matches(text), part: (text) => compiled.matcher(text).find() };
  } catch {
    return undefined;
  }
}

/** Why the text is not an RE2 expression; undefined if it is one. */
export function regexpProblem(text: string): string | undefined {
  try {
    RE2JS.compile(text);
    return undefined;
  } catch (e) {
    if (e instanceof RE2JSSyntaxException) return `${e.getDescription()}: \`${e.getPattern()}\``;
    return (e as Error).message;
  }
}
