// Passwords as DM's configuration files hold them (dm-facts 4.5): base64 of a random IV, `@`, and AES-256-CFB text.
// The key is compiled into DM 1.0 to 7, so this only hides a password from a casual look.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-cfb';
const KEY = Buffer.from('a529b7665997f043a30ac8fadcb51d6aa032c226ab5b7750530b12b8c1a16a48', 'hex');
const IV_LENGTH = 16;
const SEPARATOR = 0x40;

/** The ciphertext of a password. It differs at each call. */
export function encryptPassword(plain: Buffer): string {
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv(CIPHER, KEY, iv);
  return Buffer.concat([iv, Buffer.of(SEPARATOR), cipher.update(plain), cipher.final()]).toString('base64');
}

/** The password of a ciphertext. Throws Error with DM's message, which never contains the text. */
export function decryptPassword(text: string): Buffer {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new Error('[code=11050:class=functional:scope=internal:level=high] decode base64 encoded password: it is not base64');
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < IV_LENGTH + 2) {
    const why = `ciphertext's length should be greater than ${IV_LENGTH + 1}, but got ${bytes.length} not valid`;
    throw new Error(`[code=11047:class=functional:scope=internal:level=high] can not decrypt password: ${why}`);
  }
  if (bytes[IV_LENGTH] !== SEPARATOR) {
    throw new Error("[code=11048:class=functional:scope=internal:level=high] can not decrypt password: ciphertext's content not valid");
  }
  const decipher = createDecipheriv(CIPHER, KEY, bytes.subarray(0, IV_LENGTH));
  return Buffer.concat([decipher.update(bytes.subarray(IV_LENGTH + 1)), decipher.final()]);
}
