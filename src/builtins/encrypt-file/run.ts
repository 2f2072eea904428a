// Runs `encrypt-file`: finds the passwords, asks, encrypts them, and replaces the files.

import { isUtf8 } from 'node:buffer';
import { Interrupted, Refusal, UsageError } from '../../command/errors.ts';
import { EXIT_CODE } from '../../command/exit-codes.ts';
import type { Release } from '../../command/release.ts';
import { KINDS, releaseName, releaseOf } from '../../config-files/file-kind.ts';
import { isReadBy } from '../../config-files/key-tree.ts';
import { decryptedByShared, findPassword, type PasswordPlace, withPassword } from '../../config-files/password-places.ts';
import type { RunContext } from '../../invoke/context.ts';
import { unlessClosed } from '../../io/write-outcome.ts';
import { writeMessage, writeSafe } from '../../io/write-safe.ts';
import { count } from '../../text/quantity.ts';
import { inOneLine } from '../../text/sanitize.ts';
import { fileError, systemReason } from '../../text/system-error.ts';
import { CannotEncrypt, encryptFor, isEncryptedByMaster } from '../file-passwords.ts';
import { type FoundMaster, findMaster, releaseOfFlag } from '../file-release.ts';
import type { Runner } from '../index.ts';
import type { encryptFile } from './command.ts';

/** The state that an error leaves. */
const UNCHANGED = 'No file was changed';

interface Work {
  readonly file: string;
  readonly bytes: Buffer;
  readonly place: PasswordPlace;
  readonly release: Release;
  /** What to encrypt. */
  readonly plain: Buffer;
}

/** Encrypts the passwords. Throws UsageError, Refusal, RpcError and Interrupted before any file is changed. */
export const runEncryptFile: Runner<typeof encryptFile> = async ({ args, flags }, context) => {
  const named = releaseOfFlag(flags.dm);
  const found = named === undefined || isEncryptedByMaster(named) ? await findMaster(context) : undefined;
  const work: Work[] = [];
  for (const file of new Set(args)) {
    const one = await prepare(file, named, found, context);
    if (one) work.push(one);
  }
  if (work.length === 0) return EXIT_CODE.ok;
  await confirm(work, context);
  const changes: (Work & { readonly text: string })[] = [];
  try {
    for (const one of work) {
      const cipherText = await encryptFor(one.release, found, context)(one.plain);
      changes.push({ ...one, text: await withPassword(one.bytes.toString('utf8'), one.file, one.place, cipherText) });
    }
  } catch (error) {
    if (error instanceof CannotEncrypt) throw new Refusal(`${error.message}. ${UNCHANGED}`);
    throw error;
  }
  return await replaceAll(changes, context);
};

/** What to do in a file. Undefined if there is nothing to do, which it reports. */
async function prepare(
  file: string,
  named: Release | undefined,
  master: FoundMaster | string | undefined,
  context: RunContext,
): Promise<Work | undefined> {
  const { io, signal } = context;
  const name = inOneLine(file);
  if (file === '-') throw new Refusal(`encrypt-file changes files, and standard input is none. Name a file. ${UNCHANGED}`);
  const bytes = await io.readFile(file, signal).catch((error: unknown) => {
    throw error instanceof Interrupted || error instanceof Refusal ? error : new Refusal(`${fileError(error, name)}. ${UNCHANGED}`);
  });
  if (!isUtf8(bytes)) throw new Refusal(`${name} is not UTF-8. Save it as UTF-8. ${UNCHANGED}`);
  const search = await findPassword(bytes.toString('utf8'), file);
  if ('problem' in search) throw new Refusal(`${name} ${search.problem}. ${UNCHANGED}`);
  const { kind, place } = search;
  if (!place) {
    await say(`${name}: no password\n`, context);
    return undefined;
  }
  const release = named ?? releaseFor(name, kind === 'worker', master);
  if (!isReadBy(kind, release)) throw new UsageError(`${releaseName(release)} has no ${KINDS[kind].title}: ${name}. ${UNCHANGED}`);
  const plain = place.form === 'plain' ? Buffer.from(place.password) : await plainOf(name, place, release, context);
  return plain && { file, bytes, place, release, plain };
}

/** The release that reads a file if none is named. Only DM 1.0 reads worker files. Throws Refusal. */
function releaseFor(name: string, isWorker: boolean, master: FoundMaster | string | undefined): Release {
  if (isWorker) return releaseOf('1.0.7') as Release;
  if (typeof master === 'object') return master.release;
  const why = master ?? 'no DM-master is named';
  throw new Refusal(`the release of DM that reads ${name} is unknown, because ${why}. Name it with --dm, such as --dm 6.5. ${UNCHANGED}`);
}

/**
 * What to encrypt of a password that has the form of an encrypted one; undefined if it stays. A master of 8.0 or later cannot
 * decrypt a text of an earlier release.
 */
async function plainOf(name: string, place: PasswordPlace, release: Release, context: RunContext): Promise<Buffer | undefined> {
  const { ask, options } = context;
  const where = `${name}:${place.line}: ${place.path}`;
  const plain = decryptedByShared(place.password);
  if (isEncryptedByMaster(release) && plain) {
    const what = `${where} is encrypted with the key of DM 7.x and earlier, which DM 8.0 and later cannot decrypt`;
    await writeMessage(context.io.stderr, `${what}.\n`);
    if (!options.yes && (await ask?.('Encrypt it again, with the key of the DM-master?'))) return plain;
    await say(`${where} stays unchanged\n`, context);
    return undefined;
  }
  if (!isEncryptedByMaster(release) && !plain) {
    const what = 'has the form of an encrypted password, but probably not with the key of this release';
    await writeMessage(context.io.stderr, `warning: ${where} ${what}. It stays unchanged\n`);
    return undefined;
  }
  await say(`${where} is already encrypted\n`, context);
  return undefined;
}

const say = (text: string, { io }: RunContext): Promise<void> => unlessClosed(writeSafe(io.stdout, text));

/** Shows the places and asks. Throws Refusal if the user does not agree, or no user can be asked. */
async function confirm(work: readonly Work[], { io, ask, options }: RunContext): Promise<void> {
  if (options.yes) return;
  if (!ask) throw new Refusal(`encrypt-file must be confirmed, but there is no terminal. ${UNCHANGED}. Add --yes to confirm`);
  const places = work.map(({ file, place }) => `  ${inOneLine(file)}:${place.line}: ${place.path}\n`);
  await writeMessage(io.stderr, `Plain-text passwords:\n${places.join('')}`);
  if (!(await ask(`Encrypt ${count(work.length, 'password')} in place?`))) throw new Refusal(UNCHANGED);
}

/** Replaces the files one after another. A file that cannot be replaced does not keep the others from it. */
async function replaceAll(changes: readonly (Work & { readonly text: string })[], context: RunContext): Promise<number> {
  let failed = false;
  for (const { file, bytes, place, text } of changes) {
    const name = inOneLine(file);
    try {
      await context.io.replaceFile(file, bytes, text);
      await say(`${name}:${place.line}: ${place.path} encrypted\n`, context);
    } catch (error) {
      failed = true;
      await writeSafe(context.io.stderr, `cannot replace ${name}: ${systemReason(error)}. It is unchanged\n`);
    }
  }
  return failed ? EXIT_CODE.failed : EXIT_CODE.ok;
}
