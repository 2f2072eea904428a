// Reads standard input of any kind.

import fs from 'node:fs';

/** The chunks of standard input. Throws the system's error. */
export async function* standardInput(): AsyncGenerator<Buffer> {
  // Node treats a folder as empty input.
  if (fs.fstatSync(0).isDirectory()) throw Object.assign(new Error('EISDIR: is a directory, read'), { code: 'EISDIR', syscall: 'read' });
  yield* process.stdin as AsyncIterable<Buffer>;
}
