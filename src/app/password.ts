// -encrypt and -decrypt: a password from the command line, a terminal without echo, or a pipe.

import { InputError } from '../command/errors.ts';
import { decryptPassword, encryptPassword } from '../domain/password-cipher.ts';
import type { IO } from '../io/io.ts';
import { readAll } from '../io/text-file.ts';

const VISIBLE =
  'note: other users of this machine can see a password on the command line. `-encrypt -` asks for it or reads it from a pipe\n';

/** Prints the ciphertext of a text. `-` asks for the text, or reads it from a pipe. */
export async function encrypt(text: string, io: IO): Promise<void> {
  if (text !== '-' && io.stderr.isTTY) await io.stderr.write(VISIBLE);
  const plain = text === '-' ? await secret(io, 'Password to encrypt') : Buffer.from(text);
  await io.stdout.write(`${encryptPassword(plain)}\n`);
}

/** Prints the password of a ciphertext; `-` as for encrypt. Throws InputError. */
export async function decrypt(text: string, io: IO): Promise<void> {
  const cipherText = text === '-' ? (await secret(io, 'Ciphertext to decrypt')).toString('utf8').trim() : text;
  let plain: Buffer;
  try {
    plain = decryptPassword(cipherText);
  } catch (e) {
    throw new InputError(`${(e as Error).message}. Use the complete text that -encrypt printed`);
  }
  await io.stdout.write(Buffer.concat([plain, Buffer.from('\n')]));
}

async function secret(io: IO, question: string): Promise<Buffer> {
  const { terminal, onInterrupt } = io;
  if (io.stdin.isTTY && terminal) {
    const { askSecret } = await import('../io/prompts.ts');
    return Buffer.from(await askSecret(question, { terminal, onInterrupt }));
  }
  const bytes = await readAll(io.stdin);
  const end = bytes.at(-1) !== 0x0a ? bytes.length : bytes.at(-2) === 0x0d ? bytes.length - 2 : bytes.length - 1;
  if (end === 0) throw new InputError('standard input is empty. Send the text through a pipe, or type it on a terminal');
  return bytes.subarray(0, end);
}
