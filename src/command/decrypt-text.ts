// Decrypts a text that a user gave, with an error that a command can report.

import { decryptPassword } from '../domain/password-cipher.ts';
import { InputError } from './errors.ts';

/** The password of a ciphertext of DM 1.0 to 7.x. Throws InputError, which never contains the text. */
export function decryptText(cipherText: string): Buffer {
  try {
    return decryptPassword(cipherText);
  } catch (e) {
    throw new InputError(`${(e as Error).message}; give the text that encrypt printed, whole`);
  }
}
