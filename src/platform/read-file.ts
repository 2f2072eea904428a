// Files that users name. Only regular files and pipes are read: a device may never end, and may do something when it is
// opened. Nothing here blocks a thread, since the program could not end before that thread does.

import fs from 'node:fs';
import net from 'node:net';

const { O_NONBLOCK = 0, O_RDONLY } = fs.constants;
const CHUNK = 1 << 16;
/** Milliseconds for which a pipe may stay silent. */
const SILENT_MS = 60_000;

/** Paths of the program's own open files, such as a shell's `<(…)`: opening such a pipe once more would miss its end. */
const OWN = /^\/(?:dev\/fd\/|proc\/self\/fd\/)(\d+)$|^\/dev\/std(in)$/;

/** A reason not to read a file, in the shape of the system's errors. */
const refusal = (text: string, syscall = 'open'): Error => Object.assign(new Error(text), { syscall });
const tooLarge = (most: number): Error => refusal(`is larger than ${most >> 20} MiB, the most that is read`, 'read');

export interface Limits {
  /** Bytes that the file may have. */
  readonly most: number;
  /** Milliseconds for which a pipe may stay silent; a minute when left out. */
  readonly silentMs?: number;
  /** Ends the reading of a pipe. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a regular file or a pipe.
 * @throws the system's error; Error with a reason; the reason of the signal
 */
export async function readFile(path: string, limits: Limits): Promise<Buffer> {
  limits.signal?.throwIfAborted();
  // Looked at before it is opened: opening a device may be more than looking.
  const stat = await fs.promises.stat(path);
  check(stat, limits.most);
  const own = stat.isFIFO() ? OWN.exec(path) : null;
  const fd = own ? Number(own[2] ? 0 : own[1]) : await open(path);
  if (stat.isFIFO()) return await readPipe(fd, limits);
  try {
    check(fs.fstatSync(fd), limits.most);
    return await readRegular(fd, limits.most);
  } finally {
    fs.closeSync(fd);
  }
}

/** Throws for what is not read. */
function check(stat: fs.Stats, most: number): void {
  if (stat.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR', syscall: 'read' });
  if (stat.isFIFO()) return;
  if (!stat.isFile()) throw refusal(`is a ${stat.isSocket() ? 'socket' : 'device'}; name a regular file or a pipe`);
  if (stat.size > most) throw tooLarge(most);
}

function open(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.open(path, O_RDONLY | O_NONBLOCK, (error, fd) => (error ? reject(error) : resolve(fd)));
  });
}

/** The size that the system tells is not believed: some files have none, and others grow. */
async function readRegular(fd: number, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const { bytesRead, buffer } = await new Promise<{ bytesRead: number; buffer: Buffer }>((resolve, reject) => {
      fs.read(fd, Buffer.allocUnsafe(CHUNK), 0, CHUNK, null, (error, bytesRead, buffer) =>
        error ? reject(error) : resolve({ bytesRead, buffer }),
      );
    });
    if (bytesRead === 0) return Buffer.concat(chunks);
    total += bytesRead;
    if (total > most) throw tooLarge(most);
    chunks.push(buffer.subarray(0, bytesRead));
  }
}

/** A pipe that nobody has opened for writing yet counts as one whose writer is silent. */
function readPipe(fd: number, { most, signal, silentMs = SILENT_MS }: Limits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pipe = new net.Socket({ fd, readable: true, writable: false });
    const chunks: Buffer[] = [];
    let total = 0;
    const stopped = (): void => void pipe.destroy(signal?.reason);
    if (signal?.aborted) stopped(); // while the pipe was opened
    signal?.addEventListener('abort', stopped, { once: true });
    pipe.setTimeout(silentMs, () => pipe.destroy(refusal(`nothing came through the pipe for ${silentMs / 1000} s`, 'read')));
    pipe.on('data', (chunk) => {
      chunks.push(chunk);
      total += chunk.length;
      if (total > most) pipe.destroy(tooLarge(most));
    });
    pipe.on('error', reject);
    pipe.on('close', (failed) => {
      signal?.removeEventListener('abort', stopped);
      if (!failed) resolve(Buffer.concat(chunks));
    });
  });
}
