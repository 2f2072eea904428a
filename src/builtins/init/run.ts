// Runs `init`: asks, encrypts the password, shows and checks the text, and writes it to a new file.

import { InputError, Refusal, UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Release } from '../../command/release.ts';
import { LineIndex } from '../../config-files/document.ts';
import { FILE_KINDS, type FileKind, KINDS, releaseName } from '../../config-files/file-kind.ts';
import { isReadBy } from '../../config-files/key-tree.ts';
import { isEncrypted } from '../../config-files/lint/check-common.ts';
import { lintFile } from '../../config-files/lint/lint.ts';
import { writeConfig } from '../../config-files/write-config.ts';
import type { RunContext } from '../../invoke/context.ts';
import { createNameCache } from '../../invoke/name-cache.ts';
import { secretIO } from '../../invoke/secret-input.ts';
import { unlessClosed } from '../../io/write-outcome.ts';
import { writeMessage, writeSafe } from '../../io/write-safe.ts';
import { hasColor, paint } from '../../output/style.ts';
import { isTaken } from '../../platform/write-file.ts';
import { withoutPasswords } from '../../text/passwords.ts';
import { goQuote } from '../../text/quote.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { systemReason } from '../../text/system-error.ts';
import { CannotEncrypt, encryptFor, isEncryptedByMaster } from '../file-passwords.ts';
import { chosenRelease, type FoundMaster, findMaster, releaseOfFlag } from '../file-release.ts';
import type { Runner } from '../index.ts';
import { findingText } from '../lint/human.ts';
import type { init } from './command.ts';
import { RECIPES, type Setting } from './contents.ts';
import { Interview, NOTHING } from './interview.ts';

/** Writes a file. Throws UsageError and Refusal for invalid answers, Cancelled, and Interrupted. */
export const runInit: Runner<typeof init> = async (parsed, context) => {
  const kind = kindOf(parsed.args[0] ?? '');
  refuseOtherFlags(kind, parsed.given);
  const interview = new Interview(context, parsed);
  const named = parsed.args[1];
  if (named === undefined && !interview.asks) throw new Refusal(`the file is missing: add its name, or - for standard output. ${NOTHING}`);
  // Not only after all questions.
  if (named !== undefined && named !== '-' && isTaken(named)) throw exists(named);
  refusePassword(interview, parsed.flags.password);
  refuseMissing(kind, interview);
  const setting = await settingFor(kind, parsed.flags.dm, interview, context);
  const content = await RECIPES[kind].ask(setting);
  const text = writeConfig(kind, setting.release, content);
  if (!(await isAccepted(kind, text, setting.release, context))) return EXIT_CODE.failed;
  const suggested = RECIPES[kind].file(content);
  const file = named ?? (await askForFile(suggested, context));
  if (file === '-') await unlessClosed(context.io.stdout.write(text));
  else await create(file, kind, text, interview, context);
  return EXIT_CODE.ok;
};

function kindOf(text: string): FileKind {
  const kind = FILE_KINDS.find((k) => k === text);
  if (kind) return kind;
  throw new UsageError(`invalid kind ${goQuote(text)}: use ${FILE_KINDS.join(', ')}`);
}

/** Flags that the kind does not have would be ignored without a word. */
function refuseOtherFlags(kind: FileKind, given: ReadonlySet<string>): void {
  const all = Object.values(RECIPES).flatMap((recipe) => recipe.flags);
  const wrong = [...given].find((flag) => all.includes(flag) && !RECIPES[kind].flags.includes(flag));
  if (wrong !== undefined) throw new UsageError(`--${wrong} is not for a ${KINDS[kind].title}. ${NOTHING}`);
}

/** A password on the command line is visible to other users, and stays in the history of a shell. */
function refusePassword(interview: Interview, text: string): void {
  if (!interview.has('password') || text === '' || text === '-') return;
  throw new Refusal(`--password takes no password, because others can see it. Use --password - to read it from standard input. ${NOTHING}`);
}

/** Without a user, reports all missing flags at once. */
function refuseMissing(kind: FileKind, interview: Interview): void {
  if (interview.asks) return;
  const missing = RECIPES[kind].required.filter((flag) => !interview.has(flag)).map((flag) => `--${flag}`);
  if (missing.length === 0) return;
  const how = missing.includes('--password') ? ". --password - reads the password from standard input, --password '' means none" : '';
  const verb = missing.length === 1 ? 'is' : 'are';
  throw new Refusal(`${missing.join(', ')} ${verb} missing${how}. ${NOTHING}`);
}

async function settingFor(kind: FileKind, dm: string, interview: Interview, context: RunContext): Promise<Setting> {
  const wanted = releaseOfFlag(dm);
  const needsMaster = interview.asks || wanted === undefined || isEncryptedByMaster(wanted);
  const master = needsMaster ? await findMaster(context) : undefined;
  if (wanted && interview.asks && typeof master === 'string') await writeMessage(context.io.stderr, `note: ${master}\n`);
  const release = wanted ?? (await chosenRelease(kind, master, context));
  if (!isReadBy(kind, release)) {
    const other = kind === 'source' ? 'Use init worker' : 'Use init source, or --dm 1.0.7';
    throw new UsageError(
      `${releaseName(release)} has no ${KINDS[kind].title}. ${kind === 'master' ? 'Use --dm 1.0.7' : other}. ${NOTHING}`,
    );
  }
  const sources = interview.asks && typeof master === 'object' && kind !== 'source' ? await sourcesOf(context) : [];
  return { release, interview, sources, password: () => askPassword(release, master, interview, context) };
}

const NAMES_MS = 3000;

async function sourcesOf({ session }: RunContext): Promise<Setting['sources']> {
  const names = createNameCache(session, { deadlineMs: NAMES_MS });
  try {
    await names.refresh();
    return names.known().sources;
  } finally {
    names.close();
  }
}

/** The password as the file holds it: encrypted if possible. */
async function askPassword(
  release: Release,
  master: FoundMaster | string | undefined,
  interview: Interview,
  context: RunContext,
): Promise<string> {
  const plain = await readPassword(interview, context);
  if (plain.length === 0) return '';
  const text = plain.toString('utf8');
  if (!Buffer.from(text).equals(plain)) throw new InputError(`the password is not valid UTF-8. ${NOTHING}`);
  if (isEncrypted(text)) {
    await writeMessage(context.io.stderr, 'note: the password is already encrypted, and stays unchanged\n');
    return text;
  }
  if (interview.isOn('plain')) return text;
  try {
    return await encryptFor(release, master, context)(plain);
  } catch (error) {
    if (!(error instanceof CannotEncrypt)) throw error;
    const why = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}`;
    if (!interview.asks) throw new Refusal(`${error.message}. ${NOTHING}. Add --plain to write the password in plain text`);
    await writeMessage(context.io.stderr, `${why}.\n`);
    if (await context.ask?.('Write the password in plain text?')) return text;
    throw new Refusal(`the password is not encrypted. ${NOTHING}`);
  }
}

async function readPassword(interview: Interview, context: RunContext): Promise<Buffer> {
  if (interview.has('password')) {
    return interview.value('password') === '' ? Buffer.alloc(0) : await secretIO('init', context).secret('Password');
  }
  await writeMessage(context.io.stderr, 'The password of that user. Enter alone means no password.\n');
  return await secretIO('init', context).secret('Password');
}

/** Checks the text as lint does, and prints what it finds. Only errors keep it from being written. */
async function isAccepted(kind: FileKind, text: string, release: Release, { io, options }: RunContext): Promise<boolean> {
  const result = await lintFile(Buffer.from(text), { kind, release });
  const errors = result.findings.filter((f) => f.severity === 'error');
  // The lines of the file are shown without the password.
  const checked = { ...result, file: 'the new file', lines: new LineIndex(withoutPasswords(text)) };
  const style = paint(hasColor(options.color, io.stderr, io.env));
  const shown = result.findings.filter((f) => f.severity === 'error' || f.rule !== 'plain-password');
  for (const finding of shown) await io.stderr.write(findingText(checked, finding, style, io.stderr.columns));
  if (errors.length > 0) await writeMessage(io.stderr, `DM would reject the file. ${NOTHING}\n`);
  return errors.length === 0;
}

async function askForFile(suggested: string, { session, signal, io }: RunContext): Promise<string> {
  if (!session.guide) throw new Error('a file is asked for only if a user can answer');
  await writeMessage(io.stderr, 'The file to write. - prints the text instead.\n');
  for (let text = suggested; ; ) {
    text = await session.guide.prompter.input('File:', text, signal);
    if (text === '-' || !isTaken(text)) return text;
    await writeMessage(io.stderr, `${inOneLine(text)} exists, and init replaces no file\n`);
  }
}

const exists = (file: string): Refusal =>
  new Refusal(`cannot write ${inOneLine(file)}: the file exists, and init replaces no file. Choose another name. ${NOTHING}`);

async function create(file: string, kind: FileKind, text: string, interview: Interview, context: RunContext): Promise<void> {
  const { io, ask, options } = context;
  const name = inOneLine(file);
  if (interview.asks) {
    await writeSafe(io.stderr, `\n${withoutPasswords(text)}\n`);
    if (!(await ask?.(`Write ${name}?`))) throw new Refusal(`${NOTHING}`);
  }
  try {
    await io.createFile(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(file);
    throw new Refusal(`cannot write ${name}: ${systemReason(error)}. ${NOTHING}`);
  }
  await unlessClosed(writeSafe(io.stdout, `${name}: ${KINDS[kind].title} written, and no errors found\n`));
  const next = NEXT[kind];
  if (next && !options.quiet && io.stderr.isTTY) await writeMessage(io.stderr, `hint: ${next.replaceAll('FILE', () => name)}\n`);
}

/** What to do with a new file. */
const NEXT: Partial<Record<FileKind, string>> = {
  task: 'check it against the databases with check-task FILE, then start it with start-task FILE',
  source: 'create the source with operate-source create FILE',
};
