// Checks the files of a command before its call, for people: the findings are on standard error, and the call is made anyway.

import { type FileKind, newestRelease } from '../../config-files/file-kind.ts';
import { lintFile } from '../../config-files/lint/lint.ts';
import type { RunContext } from '../../invoke/context.ts';
import { hasColor, paint } from '../../output/style.ts';
import { isRegularFile, othersCanRead } from '../../platform/config-files.ts';
import { count } from '../../text/quantity.ts';
import { forTerminal } from '../../text/sanitize.ts';
import { quoteWord } from '../../text/suggested-command.ts';
import { findingText } from './human.ts';
import type { Checked } from './run.ts';

/** How many findings to show before a call. */
const MAX_FINDINGS = 10;
/** Larger files are not checked, in bytes: the command would have to wait for it. */
const MAX_BYTES = 1 << 20;
const MAX_FILES = 20;

/**
 * Checks the files for the release of the master and prints what is wrong. Never throws: a fault of lint, or a file that
 * cannot be read, must not stop the command, which reads the file itself.
 */
export async function lintBefore(kind: FileKind, files: readonly string[], context: RunContext): Promise<void> {
  try {
    const checked: Checked[] = [];
    for (const file of files.slice(0, MAX_FILES)) {
      const one = await check(file, kind, context);
      if (one && one.findings.length > 0) checked.push(one);
    }
    if (checked.length > 0) await context.io.stderr.write(reportOf(checked, context));
  } catch {
    // the command runs without advice
  }
}

/** Undefined for what can be read only once, such as standard input and pipes, and for a large file. */
async function check(file: string, kind: FileKind, { io, registry, signal }: RunContext): Promise<Checked | undefined> {
  if (file === '-' || !isRegularFile(file)) return undefined;
  const bytes = await io.readFile(file, signal);
  if (bytes.length > MAX_BYTES) return undefined;
  const { release, generation } = registry.dialect;
  const request = { kind, path: file, release: release ?? newestRelease(generation), isReadableByOthers: othersCanRead(file) };
  return { ...(await lintFile(bytes, request)), file };
}

/** The findings, errors first if there are too many, and how to see the others. Safe for a terminal. */
function reportOf(checked: readonly Checked[], { io, options, session }: RunContext): string {
  const style = paint(hasColor(options.color, io.stderr, io.env));
  const columns = io.stderr.columns ?? 80;
  const all = checked.flatMap((one) => one.findings.map((finding) => ({ one, finding })));
  const errors = all.filter(({ finding }) => finding.severity === 'error');
  const shown = new Set([...errors, ...all.filter(({ finding }) => finding.severity !== 'error')].slice(0, MAX_FINDINGS));
  const texts = all.filter((found) => shown.has(found)).map(({ one, finding }) => findingText(one, finding, style, columns));
  const warnings = all.length - errors.length;
  const parts = [errors.length > 0 ? count(errors.length, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''];
  const line = `${session.mode === 'one-shot' ? 'dmctl ' : ''}lint ${checked.map(({ file }) => quoteWord(forTerminal(file))).join(' ')}`;
  const rest = all.length > shown.size ? `. ${line} shows all` : '';
  return `${texts.join('')}lint: ${parts.filter((part) => part !== '').join(' and ')}${rest}\n`;
}
