// Reads files that users name. Only regular files and pipes are read: a device may never end, and opening it may have effects.
// Nothing here blocks a thread, since the program could not end before that thread does.

import fs from 'node:fs';
import net from 'node:net';

const { O_NONBLOCK = 0, O_RDONLY } = fs.constants;
const CHUNK = 1 << 16;
/** Milliseconds for which a pipe may send nothing. */
const SILENT_MS = 60_000;

/** Paths of the program's own open files, such as a shell's `<(…)`. Opening such a pipe again would miss its end. */
const OWN = /^\/(?:dev\/fd\/|proc\/self\/fd\/)(\d+)$|^\/dev\/std(in)$/;

/** A reason not to read a file, in the form of a system error. */
const refusal = (text: string, syscall = 'open'): Error => Object.assign(new Error(text), { syscall });
const tooLarge = (most: number): Error => refusal(`is larger than the limit of ${most >> 20} MiB`, 'read');

export interface Limits {
  /** The maximum size of the file in bytes. */
  readonly most: number;
  /** Milliseconds for which a pipe may send nothing. Default: one minute. */
  readonly silentMs?: number;
  /** Aborts the reading of a pipe. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bytes of a regular file or a pipe.
 * @throws the system's error; Error with a reason; the reason of the signal
 */
export async function readFile(path: string, limits: Limits): Promise<Buffer> {
  limits.signal?.throwIfAborted();
  // Checked before opening, because opening a device may have effects.
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

/** Throws for files that are not read. */
function check(stat: fs.Stats, most: number): void {
  if (stat.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR', syscall: 'read' });
  if (stat.isFIFO()) return;
  if (!stat.isFile()) throw refusal(`is a ${stat.isSocket() ? 'socket' : 'device'}. Name a regular file or a pipe`);
  if (stat.size > most) throw tooLarge(most);
}

function open(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.open(path, O_RDONLY | O_NONBLOCK, (error, fd) => (error ? reject(error) : resolve(fd)));
  });
}

/** Does not rely on the size that the system reports: some files have none, and others grow. */
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

/** A pipe that has no writer yet is treated like one whose writer sends nothing. */
function readPipe(fd: number, { most, signal, silentMs = SILENT_MS }: Limits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pipe = new net.Socket({ fd, readable: true, writable: false });
    const chunks: Buffer[] = [];
    let total = 0;
    const stopped = (): void => void pipe.destroy(signal?.reason);
    if (signal?.aborted) stopped(); // aborted while the pipe was being opened
    signal?.addEventListener('abort', stopped, { once: true });
    pipe.setTimeout(silentMs, () => pipe.destroy(refusal(`no data came through the pipe for ${silentMs / 1000} s`, 'read')));
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
