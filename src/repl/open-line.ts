// Whether a line of the prompt goes on in the next row.

import { Refusal } from '../core/errors.ts';
import type { Catalogue } from '../core/find-command.ts';
import { sqlOf } from './line.ts';

/** A comment, or a quoted text with what may stand in it; one without an end is an open quote. */
const COMMENT = /#.*|--(?=\s|$).*|\/\*[\s\S]*?(?:\*\/|$)/y;
const QUOTED = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`/y;

/** A backslash at the end, or SQL with an open quote. An open quote elsewhere is a mistake of that line. */
export function isOpenLine(line: string, catalogue: Catalogue): boolean {
  if (line.endsWith('\\')) return true;
  try {
    return hasOpenQuote(sqlOf(line, catalogue) ?? '');
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

export function hasOpenQuote(sql: string): boolean {
  for (let at = 0; at < sql.length; ) {
    COMMENT.lastIndex = at;
    QUOTED.lastIndex = at;
    if (COMMENT.test(sql)) at = COMMENT.lastIndex;
    else if (QUOTED.test(sql)) at = QUOTED.lastIndex;
    else if (/['"`]/.test(sql[at] as string)) return true;
    else at += 1;
  }
  return false;
}
