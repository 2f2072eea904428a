// Reads text files that users name. A text that cannot be sent is rejected before anything is sent.

import { isUtf8 } from 'node:buffer';
import { InputError, Interrupted, NOT_SENT, Refusal } from '../command/errors.ts';
import { fileError, systemReason } from '../text/system-error.ts';
import { decodeParts } from '../text/utf8.ts';
import { type Input, type IO, MAX_BYTES } from './io.ts';

/**
 * The complete text of a file.
 * @param mayBeEmpty whether an empty file is valid
 * @throws InputError when it cannot be read, is empty or is not UTF-8; Interrupted
 */
export async function readTextFile(io: Pick<IO, 'readFile'>, path: string, signal?: AbortSignal, mayBeEmpty = false): Promise<string> {
  const refuse = (why: string): InputError => new InputError(`get file content error:\n${why}`);
  const ours = (why: string): Refusal => new Refusal(`get file content error:\nread ${path}: ${why}`);
  let bytes: Buffer;
  try {
    bytes = await io.readFile(path, signal);
  } catch (e) {
    if (e instanceof Interrupted) throw e;
    throw refuse(fileError(e, path));
  }
  if (bytes.length === 0 && !mayBeEmpty) throw ours(`the file is empty. ${NOT_SENT}`);
  if (!isUtf8(bytes)) {
    const parts = decodeParts(bytes);
    const before = parts.slice(0, parts.indexOf(undefined)).join('');
    throw ours(
      `line ${before.split('\n').length} is not UTF-8, so the DM-master cannot store the file. ${NOT_SENT}. Save the file as UTF-8`,
    );
  }
  return bytes.toString('utf8');
}

/** All of standard input, at most MAX_BYTES. Throws InputError, or Interrupted when the signal is aborted. */
export async function readAll(stdin: Input, signal = new AbortController().signal): Promise<Buffer> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Interrupted(NOT_SENT));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  stopped.catch(() => {}); // no rejection may stay unhandled once the input has ended
  const chunks: Buffer[] = [];
  const iterator = stdin.chunks()[Symbol.asyncIterator]();
  for (let total = 0; ; ) {
    const { done, value } = await Promise.race([iterator.next(), stopped]);
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
    total += value.length;
    if (total > MAX_BYTES) throw new Refusal(`standard input is larger than the limit of ${MAX_BYTES >> 20} MiB`);
  }
}

/** The chunks of a stream. Throws Refusal when it cannot be read, such as a folder or a failing device. */
export async function* readable(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    throw new Refusal(`cannot read standard input: ${systemReason(error)}`);
  }
}
