// Standard input, whatever it is.

import fs from 'node:fs';

/** What comes on standard input, in chunks. Throws the system's error. */
export async function* standardInput(): AsyncGenerator<Buffer> {
  // Node takes a folder for an input that is empty.
  if (fs.fstatSync(0).isDirectory()) throw Object.assign(new Error('EISDIR: is a directory, read'), { code: 'EISDIR', syscall: 'read' });
  yield* process.stdin as AsyncIterable<Buffer>;
}
