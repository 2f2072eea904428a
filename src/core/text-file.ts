// Text files that users name: what cannot be sent is refused before anything is sent.

import { isUtf8 } from 'node:buffer';
import { fileError } from '../text/system-error.ts';
import { decodeParts } from '../text/utf8.ts';
import { InputError, Refusal } from './errors.ts';
import type { IO } from './io.ts';

/** The text of a file, every byte of it. Throws InputError when it cannot be read, is empty or is not UTF-8. */
export async function readTextFile(io: IO, path: string): Promise<string> {
  const refuse = (why: string): InputError => new InputError(`get file content error:\n${why}`);
  const ours = (why: string): Refusal => new Refusal(`get file content error:\nread ${path}: ${why}`);
  let bytes: Buffer;
  try {
    bytes = await io.readFile(path);
  } catch (e) {
    throw refuse(fileError(e, path));
  }
  if (bytes.length === 0) throw ours('the file is empty; nothing was sent');
  if (!isUtf8(bytes)) {
    const parts = decodeParts(bytes);
    const before = parts.slice(0, parts.indexOf(undefined)).join('');
    throw ours(`line ${before.split('\n').length} is not UTF-8, which the DM-master cannot store; save the file as UTF-8`);
  }
  return bytes.toString('utf8');
}
