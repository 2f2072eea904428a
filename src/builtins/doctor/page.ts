// The page of doctor: one line per check with its mark, advice below it, and a summary. Pure.

import type { Paint } from '../../output/style.ts';
import { markOf } from '../../output/style.ts';
import type { Tone, View } from '../../presenters/view.ts';
import { count } from '../../text/quantity.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { width, wrapText } from '../../text/width.ts';
import { type Check, GROUPS, type Status } from './check.ts';

const TONES: Readonly<Record<Status, Tone>> = { ok: 'good', warning: 'warn', failed: 'bad', skipped: 'none' };

/** Cells of the longest name of a check, and the space after it. */
const NAME_CELLS = Math.max(...GROUPS.flatMap((group) => group.checks.map((name) => name.length))) + 2;
/** Cells of a mark and the space after it. */
const MARK_CELLS = 2;
/** The fewest cells for a text beside its name. */
const LEAST_CELLS = 24;

/** The page as text, safe for a terminal. Lines are broken only if the output is one. */
export function pageText(checks: readonly Check[], style: Paint, { isTTY, columns }: PageOutput): string {
  const indent = ' '.repeat(MARK_CELLS + NAME_CELLS);
  const cells = isTTY ? Math.max(LEAST_CELLS, (columns ?? 80) - indent.length) : Number.POSITIVE_INFINITY;
  const paragraph = (text: string): string => wrapText(text, cells).join(`\n${indent}`);
  const lineOf = ({ check, status, text, advice }: Check): string => {
    const tone = TONES[status];
    const mark = markOf(tone) === '' ? '-' : markOf(tone).trim();
    const said = status === 'skipped' ? style.dim(paragraph(`skipped: ${inOneLine(text)}`)) : paragraph(inOneLine(text));
    const line = `${style.tone(tone, mark)} ${check}${' '.repeat(NAME_CELLS - width(check))}${said}\n`;
    return advice === '' ? line : `${line}${indent}${paragraph(`→ ${inOneLine(advice)}`)}\n`;
  };
  const groups = GROUPS.map(({ title, checks: names }) => ({
    title,
    own: checks.filter(({ check }) => names.some((name) => name === check)),
  }));
  const shown = groups.filter(({ own }) => own.length > 0).map(({ title, own }) => `${style.head(title)}\n${own.map(lineOf).join('')}`);
  return `${shown.join('\n')}\n${summaryOf(checks)}\n`;
}

interface PageOutput {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** The page as rows. */
export function pageView(checks: readonly Check[]): View {
  return {
    columns: [{ title: 'CHECK' }, { title: 'STATUS' }, { title: 'TEXT', cut: true }, { title: 'ADVICE', cut: true, rank: 1 }],
    rows: checks.map(({ check, status, text, advice }) => ({
      key: check,
      name: check,
      cells: [check, { text: status, tone: TONES[status] }, text, advice || '-'],
    })),
    footer: summaryOf(checks),
  };
}

function summaryOf(checks: readonly Check[]): string {
  const number = (status: Status): number => checks.filter((check) => check.status === status).length;
  const parts = [
    ...(number('failed') > 0 ? [`${count(number('failed'), 'check')} failed`] : []),
    ...(number('warning') > 0 ? [count(number('warning'), 'warning')] : []),
    ...(number('skipped') > 0 ? [`${number('skipped')} skipped`] : []),
  ];
  return parts.length === 0
    ? `all ${checks.length} checks passed`
    : `${parts.join(', ')}, ${number('ok')} of ${checks.length} checks passed`;
}
