// Findings for people: the place, the mistake, the marked line of the file, and how to fix it.

import { KINDS, releaseName } from '../../config-files/file-kind.ts';
import type { Finding } from '../../config-files/lint/finding.ts';
import type { Paint } from '../../output/style.ts';
import { count } from '../../text/quantity.ts';
import { forTerminal } from '../../text/sanitize.ts';
import { truncate, width } from '../../text/width.ts';
import type { Checked } from './run.ts';

/** Cells of a line of the file if the output is not a terminal. */
const LINE_CELLS = 120;
/** Code units of a line that is not looked at as a whole. */
const LONG_LINE = 4000;
/** The smallest number of cells for the line of a file. */
const LEAST_CELLS = 20;

/** A part of a line of the file without control characters and tabs. */
const visible = (text: string): string => forTerminal(text.replace(/[\t\r\n]/g, ' '));

/** The text of a finding, safe for a terminal. */
export function findingText({ file, lines }: Checked, finding: Finding, style: Paint, columns: number | undefined): string {
  const { line, column, severity, rule, message, fix, code } = finding;
  const place = style.strong(`${visible(file)}:${line}:${column}:`);
  const word = style.tone(severity === 'error' ? 'bad' : 'warn', `${severity}:`);
  const names = style.dim(`[${code === '' ? rule : `${rule}, ${code}`}]`);
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const cells = Math.max(LEAST_CELLS, (columns ?? LINE_CELLS) - number.length - 5);
  const { text, mark } = marked(withHiddenPasswords(lines.line(line)), finding, cells);
  const help = fix === '' ? '' : `  ${gutter} = ${visible(fix)}\n`;
  return `${place} ${word} ${visible(message)} ${names}
  ${style.dim(`${number} |`)} ${text}
  ${style.dim(`${gutter} |`)} ${style.tone(severity === 'error' ? 'bad' : 'warn', mark)}
${help}`;
}

/** `password:` or `password =` at the start of a line, and everything after it. */
const PASSWORD_LINE = /^(\s*(?:-\s+)?["']?password["']?\s*[:=]\s*)(.*)$/i;
/** The same inside brackets: the value ends at a comma or a bracket. */
const PASSWORD_IN_BRACKETS = /(\bpassword["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^,}\]]*)/gi;

/** The line with a star for each character of a password, so that all columns stay. */
export function withHiddenPasswords(line: string): string {
  const hidden = (_: string, start: string, value: string): string => start + value.replace(/[^"'\s]/gu, '*');
  return PASSWORD_LINE.test(line) ? line.replace(PASSWORD_LINE, hidden) : line.replace(PASSWORD_IN_BRACKETS, hidden);
}

/** The line, and carets below the marked part. A long line is cut so that the marked part can be seen. */
function marked(line: string, { column, endColumn }: Finding, cells: number): { readonly text: string; readonly mark: string } {
  const from = line.length > LONG_LINE ? Math.max(0, column - 1 - cells) : 0;
  // Of a very long line, only what is near the marked part is looked at. Without other than ASCII characters this is exact.
  const near = from > 0 || line.length > LONG_LINE ? line.slice(from, from + LONG_LINE) : line;
  const characters = [...near];
  const [first, end] = [column - 1 - from, endColumn - 1 - from];
  let before = visible(characters.slice(0, first).join(''));
  const part = visible(characters.slice(first, end).join(''));
  const after = visible(characters.slice(end).join(''));
  const room = Math.floor(cells / 2);
  if (width(before) > room && width(before + part + after) > cells) {
    const rest = [...before];
    while (width(rest.join('')) > room - 1) rest.shift();
    before = `…${rest.join('')}`;
  }
  const start = width(before);
  const carets = Math.max(1, Math.min(width(part), cells - start));
  return { text: truncate(`${before}${part}${after}`, cells), mark: `${' '.repeat(start)}${'^'.repeat(carets)}` };
}

/** The last line: how many problems, and what the files were checked for. */
export function summaryText(checked: readonly Checked[], skipped: number): string {
  const left = skipped === 0 ? '' : `. ${count(skipped, 'file')} of the folders ${skipped === 1 ? 'is' : 'are'} not for DM`;
  const findings = checked.flatMap((c) => c.findings);
  const errors = findings.filter((f) => f.severity === 'error').length;
  const warnings = findings.length - errors;
  const [only] = checked;
  const where = checked.length === 1 && only ? visible(only.file) : count(checked.length, 'file');
  const how =
    checked.length === 1 && only?.kind && only.release ? `, checked as a ${KINDS[only.kind].title} of ${releaseName(only.release)}` : '';
  if (checked.length === 0) return skipped === 0 ? '' : `no configuration files of DM found${left}\n`;
  if (findings.length === 0) return `no problems in ${where}${how}${left}\n`;
  const parts = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''].filter((p) => p !== '');
  return `${parts.join(' and ')} in ${where}${how}${left}\n`;
}
