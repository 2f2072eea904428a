// Which statement an instruction of sql-skip or sql-replace means.

import { regexpFinds, regexpProblem } from '../../text/regexp.ts';
import type { SqlRule } from './state.ts';
import { sqlArgsError } from './texts.ts';

/** Whether a rule means that statement. Only the position as query-error shows it has an effect. */
export function ruleMatches(rule: SqlRule, sql: string, position: string): boolean {
  if (rule.position) return rule.position === position;
  if (!rule.pattern.startsWith('~')) return rule.pattern === sql;
  return regexpFinds(rule.pattern.slice(1), sql);
}

/** Takes the first rule that means the statement out of the list. */
export function takeRule(rules: SqlRule[], sql: string, position: string): SqlRule | undefined {
  const at = rules.findIndex((r) => ruleMatches(r, sql, position));
  return at < 0 ? undefined : rules.splice(at, 1)[0];
}

/** Without the quotes around it that dmctl lets pass. */
export function unquote(text: string): string {
  return /^"(.+)"$/s.exec(text)?.[1] ?? text;
}

/** Why a pattern is none, in DM's words; `of` is the class of the one who says so. */
export function patternError(given: string, of: string): string | undefined {
  const pattern = unquote(given);
  if (!pattern.startsWith('~')) return undefined;
  const problem = regexpProblem(pattern.slice(1));
  return problem && sqlArgsError(`invalid --sql-pattern ${given} in sql operation: error parsing regexp: ${problem}`, of);
}
