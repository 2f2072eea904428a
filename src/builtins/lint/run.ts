// Runs `lint`: reads the files, checks them and prints the findings.

import { Interrupted, Refusal, UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Release } from '../../command/release.ts';
import { FILE_KINDS, type FileKind, releaseOf } from '../../config-files/file-kind.ts';
import { type LintResult, lintFile } from '../../config-files/lint/lint.ts';
import type { RunContext } from '../../invoke/context.ts';
import { readAll } from '../../io/text-file.ts';
import { unlessClosed } from '../../io/write-outcome.ts';
import { writeSafe } from '../../io/write-safe.ts';
import { renderValue } from '../../output/renderer.ts';
import { hasColor, paint } from '../../output/style.ts';
import { configFilesIn, isFolder, othersCanRead } from '../../platform/config-files.ts';
import type { View } from '../../presenters/view.ts';
import { goQuote } from '../../text/quote.ts';
import { fileError } from '../../text/system-error.ts';
import type { Runner } from '../index.ts';
import type { lint } from './command.ts';
import { findingText, summaryText } from './human.ts';
import { githubText, sarifText } from './machine.ts';
import { printMatches } from './match.ts';

/** A file that was checked. */
export interface Checked extends LintResult {
  /** The name as printed. Standard input is `<stdin>`. */
  readonly file: string;
}

/** Checks the files. Throws UsageError for an invalid flag, Refusal, and Interrupted. */
export const runLint: Runner<typeof lint> = async ({ args, flags }, context) => {
  const options = readFlags(flags, context);
  const { checked, isUnreadable, skipped } = await checkAll(args, options, context);
  if (flags.match !== '') await printMatches(checked, flags.match, context);
  else if (flags.format === 'sarif') await write(context, sarifText(checked));
  else if (flags.format === 'github') await write(context, githubText(checked));
  else if (context.options.format.kind === 'auto' && context.options.query === '') await printForPeople(checked, skipped, context);
  else await printStructured(checked, context);
  if (isUnreadable) return EXIT_CODE.usage;
  return checked.some(({ findings }) => findings.some((f) => f.severity === 'error')) ? EXIT_CODE.failed : EXIT_CODE.ok;
};

interface Options {
  readonly release: Release | undefined;
  readonly kind: FileKind | undefined;
}

type Flags = Parameters<typeof runLint>[0]['flags'];

function readFlags({ dm, kind, format, match }: Flags, { options }: RunContext): Options {
  const release = dm === '' ? undefined : releaseOf(dm);
  if (dm !== '' && !release) throw new UsageError(`invalid release ${goQuote(dm)} in --dm: use for example 1.0.7, 6.5 or 8.5`);
  const found = FILE_KINDS.find((k) => k === kind);
  if (kind !== '' && !found) throw new UsageError(`invalid kind ${goQuote(kind)} in --kind: use ${FILE_KINDS.join(', ')}`);
  if (format !== '' && format !== 'sarif' && format !== 'github') {
    throw new UsageError(`invalid format ${goQuote(format)} in --format: use sarif or github. For JSON use -o json or -o jsonl`);
  }
  if (format !== '' && options.format.kind !== 'auto') throw new UsageError('--format and --output exclude each other. Use one of them');
  if (match !== '' && !/^[^.]+\.[^.]+$/.test(match)) {
    throw new UsageError(`invalid table ${goQuote(match)} in --match: use db.table, such as shop.orders`);
  }
  return { release, kind: found };
}

/** What was checked. */
interface Run {
  readonly checked: readonly Checked[];
  /** Whether some input cannot be read. */
  readonly isUnreadable: boolean;
  /** Files of folders that are not configuration files of DM. */
  readonly skipped: number;
}

async function checkAll(args: readonly string[], options: Options, context: RunContext): Promise<Run> {
  const checked: Checked[] = [];
  let isUnreadable = false;
  let skipped = 0;
  const fail = async (text: string): Promise<void> => {
    isUnreadable = true;
    await writeSafe(context.io.stderr, `${text}\n`);
  };
  for (const arg of args) {
    const inFolder = arg !== '-' && isFolder(arg);
    for await (const [file, bytes] of readAhead(await filesOf(arg, inFolder, fail), context, fail)) {
      const path = file === '-' ? '' : file;
      const result = await lintFile(bytes, { ...options, path, isReadableByOthers: path !== '' && othersCanRead(path) });
      if (result.kind === undefined && inFolder) skipped += 1;
      else checked.push({ ...result, file: path === '' ? '<stdin>' : file });
    }
  }
  return { checked, isUnreadable, skipped };
}

async function filesOf(arg: string, inFolder: boolean, fail: (text: string) => Promise<void>): Promise<readonly string[]> {
  if (!inFolder) return [arg];
  try {
    const files = configFilesIn(arg);
    if (files.length === 0) await fail(`${arg} has no .yaml, .yml or .toml file`);
    return files;
  } catch (e) {
    await fail(fileError(e, arg));
    return [];
  }
}

/** How many files to read at once. */
const AT_ONCE = 32;

/** The files with their content, in their order. Reports those that cannot be read. */
async function* readAhead(
  files: readonly string[],
  context: RunContext,
  fail: (text: string) => Promise<void>,
): AsyncGenerator<readonly [file: string, bytes: Buffer]> {
  for (let i = 0; i < files.length; i += AT_ONCE) {
    context.signal.throwIfAborted();
    const some = files.slice(i, i + AT_ONCE);
    const contents = await Promise.all(some.map((file) => read(file, context).catch((error: unknown) => ({ error }))));
    for (const [j, content] of contents.entries()) {
      const file = some[j] as string;
      if (Buffer.isBuffer(content)) yield [file, content];
      else if (content.error instanceof Interrupted || content.error instanceof Refusal) throw content.error;
      else await fail(fileError(content.error, file));
    }
  }
}

async function read(file: string, { io, session, signal }: RunContext): Promise<Buffer> {
  if (file !== '-') return await io.readFile(file, signal);
  if (session.mode === 'lines') throw new Refusal('lint - cannot be used here: the commands come from standard input. Name a file');
  return await readAll(io.stdin, signal);
}

const write = (context: RunContext, text: string): Promise<void> => unlessClosed(writeSafe(context.io.stdout, text));

async function printForPeople(checked: readonly Checked[], skipped: number, { io, options }: RunContext): Promise<void> {
  const style = paint(hasColor(options.color, io.stdout, io.env));
  const columns = io.stdout.isTTY ? (io.stdout.columns ?? 80) : undefined;
  const texts = checked.flatMap((one) => one.findings.map((finding) => findingText(one, finding, style, columns)));
  // The texts are already safe for a terminal. Their colors must stay.
  await unlessClosed(io.stdout.write(`${texts.join('')}${summaryText(checked, skipped)}`));
}

async function printStructured(checked: readonly Checked[], context: RunContext): Promise<void> {
  const findings = checked.flatMap(({ file, findings: found }) => found.map((finding) => ({ file, ...finding })));
  const view: View = {
    columns: [{ title: 'PLACE' }, { title: 'SEVERITY' }, { title: 'RULE' }, { title: 'CODE' }, { title: 'MESSAGE', cut: true }],
    rows: findings.map(({ file, line, column, severity, rule, code, message }) => {
      const place = `${file}:${line}:${column}`;
      const tone = severity === 'error' ? 'bad' : 'warn';
      return { key: `${place} ${rule}`, name: place, cells: [place, { text: severity, tone }, rule, code || '-', message] };
    }),
  };
  await renderValue(context, findings, view);
}
