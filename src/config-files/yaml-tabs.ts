// Characters that DM's YAML parser rejects and the yaml package accepts.

import type { ReadProblem, Span } from './document.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: DM rejects files with these characters
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** The first control character before `end`. */
export function findForbiddenCharacter(text: string, end: number): ReadProblem | undefined {
  const found = FORBIDDEN.exec(text);
  if (!found || found.index >= end) return undefined;
  const code = (found[0].codePointAt(0) as number).toString(16).padStart(4, '0').toUpperCase();
  const span = { start: found.index, end: found.index + 1 };
  return { rule: 'syntax-error', span, message: `YAML must not contain the control character U+${code}`, fix: 'delete the character' };
}

const LEADING_TAB = /^([ ]*(?:[-?:][ ]+)*(?:[-?:](?=\t))?)\t/gm;

/** The first tab that indents something. `allowed`: what may contain tabs. `plainEnds`: the ends of values without quotes. */
export function findTab(text: string, end: number, allowed: readonly Span[], plainEnds: ReadonlySet<number>): ReadProblem | undefined {
  if (!text.includes('\t')) return undefined;
  for (const found of text.matchAll(LEADING_TAB)) {
    const before = found[1] as string;
    const at = found.index + before.length;
    if (at >= end) return undefined;
    if (allowed.some((span) => span.start < at && at < span.end)) continue;
    if (continuesText(text, found.index, before.length, plainEnds)) continue;
    return tabProblem(found.index, at);
  }
  return undefined;
}

/** The problem of a tab in the indentation of a line. */
export function tabProblem(start: number, tab: number): ReadProblem {
  return {
    rule: 'syntax-error',
    span: { start, end: tab + 1 },
    message: 'YAML must not be indented with a tab',
    fix: 'indent with spaces',
  };
}

/** Whether white space follows a value without quotes and is deeper than its line: then it belongs to that value. */
function continuesText(text: string, lineStart: number, column: number, plainEnds: ReadonlySet<number>): boolean {
  const lastEnd = text.slice(0, lineStart).trimEnd().length;
  if (!plainEnds.has(lastEnd)) return false;
  const start = text.lastIndexOf('\n', lastEnd - 1) + 1;
  const indent = /^[ ]*(?:- +)*/.exec(text.slice(start, lastEnd))?.[0].length ?? 0;
  return column > indent;
}
