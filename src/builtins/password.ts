// Passwords of the configuration files of DM 1.0 to 7.x, whose key is the same everywhere.

import { decryptText } from '../command/decrypt-text.ts';
import { NOT_SENT, Refusal } from '../command/errors.ts';
import { encryptPassword } from '../domain/password-cipher.ts';
import type { RunContext } from '../invoke/context.ts';
import { type SecretIO, secretOf } from '../invoke/secret-input.ts';

/** Prints the ciphertext of a text. `-` asks for the text, or reads it from a pipe. Throws InputError, Refusal, Interrupted. */
export async function encrypt(text: string, secrets: SecretIO): Promise<void> {
  await secrets.io.stdout.write(`${encryptPassword(await secretOf(text, 'Password to encrypt', secrets))}\n`);
}

/** Prints the password of a ciphertext; `-` as for encrypt. Throws InputError, Refusal, Interrupted. */
export async function decrypt(text: string, secrets: SecretIO): Promise<void> {
  const cipherText = text === '-' ? (await secrets.secret('Ciphertext to decrypt')).toString('utf8').trim() : text;
  await secrets.io.stdout.write(Buffer.concat([decryptText(cipherText), Buffer.from('\n')]));
}

/**
 * The key of a DM-master of 8.0 and later never leaves it, so a text of such a cluster is neither encrypted nor decrypted here.
 * @throws Refusal for such a master, RpcError if the master of the session cannot be reached, Interrupted
 */
export async function requireSharedKey(command: string, { session, options, signal }: RunContext): Promise<void> {
  if (session.address === '') return;
  const { dialect } = await session.settle({ timeoutMs: options.rpcTimeoutMs, signal });
  if (dialect.passwordKey === 'shared') return;
  throw new Refusal(`${dialect.name} has no ${command}: the key of its passwords never leaves the DM-master. ${NOT_SENT}`);
}
