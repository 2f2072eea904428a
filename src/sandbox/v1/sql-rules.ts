// Finds the statement that an instruction of sql-skip or sql-replace applies to.

import { regexpFinds, regexpProblem } from '../../text/regexp.ts';
import type { SqlRule } from './state.ts';
import { sqlArgsError } from './texts.ts';

/** Whether a rule applies to that statement. Only the position in the form of query-error has an effect. */
export function ruleMatches(rule: SqlRule, sql: string, position: string): boolean {
  if (rule.position) return rule.position === position;
  if (!rule.pattern.startsWith('~')) return rule.pattern === sql;
  return regexpFinds(rule.pattern.slice(1), sql);
}

/** Removes the first rule that applies to the statement from the list and returns it. */
export function takeRule(rules: SqlRule[], sql: string, position: string): SqlRule | undefined {
  const at = rules.findIndex((r) => ruleMatches(r, sql, position));
  return at < 0 ? undefined : rules.splice(at, 1)[0];
}

/** Removes the surrounding quotes, which dmctl passes on. */
export function unquote(text: string): string {
  return /^"(.+)"$/s.exec(text)?.[1] ?? text;
}

/** DM's error text for an invalid pattern; `of` is the error class of the component that reports it. */
export function patternError(given: string, of: string): string | undefined {
  const pattern = unquote(given);
  if (!pattern.startsWith('~')) return undefined;
  const problem = regexpProblem(pattern.slice(1));
  return problem && sqlArgsError(`invalid --sql-pattern ${given} in sql operation: error parsing regexp: ${problem}`, of);
}
