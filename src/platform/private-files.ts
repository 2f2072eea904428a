// Files that only their owner may read. They are opened without following links, their owner and permissions are checked on the
// open file, and each append is one write. Windows has no such owners and permissions, so they are not checked there.

import fs from 'node:fs';
import path from 'node:path';

const { O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK, O_RDWR, O_WRONLY } = fs.constants;
const O_NOFOLLOW = fs.constants.O_NOFOLLOW ?? 0;
/** Maximum age in milliseconds of a lock without a readable process ID. Such a lock is new or was left by a crash. */
const LOCK_UNNAMED_MS = 10_000;
/** Maximum age in milliseconds of any lock. An older one is stale, even if its process ID is in use. */
const LOCK_STALE_MS = 600_000;

const LF = 0x0a;
/** How often the end of a file is checked, one millisecond apart, because a write in progress is visible in parts. */
const LOOKS = 5;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

export const isWindows = process.platform === 'win32';

const code = (e: unknown): string | undefined => (e as NodeJS.ErrnoException).code;
/** The system's error text without the path, because our message already starts with the path. */
const reason = (e: unknown): string => (e as Error).message.replace(/^[A-Z]+: ([^,]*).*$/s, '$1');

/** Throws if a file or folder does not belong to the user alone. Permissions that are too open are fixed. */
function checkOurs(what: string, stat: fs.Stats, fix: () => void): void {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  if (stat.uid !== uid) throw new Error(`${what} belongs to another user`);
  if ((stat.mode & 0o077) !== 0) fix();
}

/** Creates the folder and its parents. Node's recursive mkdir never ends in a folder that takes no entries, such as /proc. */
function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !fs.existsSync(at) && path.dirname(at) !== at; at = path.dirname(at)) missing.unshift(at);
  for (const at of missing) {
    try {
      fs.mkdirSync(at, { mode: 0o700 });
    } catch (e) {
      if (code(e) !== 'EEXIST') throw e; // another process created it in the meantime
    }
  }
}

function ensureFolder(folder: string): void {
  try {
    makeFolder(folder);
    const stat = fs.lstatSync(folder);
    if (!stat.isDirectory()) throw new Error(`${folder} is not a directory`);
    checkOurs(folder, stat, () => fs.chmodSync(folder, 0o700));
  } catch (e) {
    throw code(e) === undefined ? e : new Error(`${folder}: ${reason(e)}`);
  }
}

function openFile(file: string, flags: number) {
  let fd: number;
  try {
    fd = fs.openSync(file, flags | O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | (O_NONBLOCK ?? 0), 0o600);
  } catch (e) {
    throw new Error(code(e) === 'ELOOP' ? `${file} is a symbolic link, which dmctl does not follow` : `${file}: ${reason(e)}`);
  }
  let open = true;
  const close = (): void => {
    if (open) fs.closeSync(fd);
    open = false;
  };
  try {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) throw new Error(`${file} is not a regular file`);
    checkOurs(file, stat, () => fs.fchmodSync(fd, 0o600));
    const { dev, ino } = stat;
    const last = Buffer.alloc(1);
    return {
      size: () => fs.fstatSync(fd).size,
      read: (from: number): Buffer => {
        const bytes = Buffer.alloc(Math.max(0, fs.fstatSync(fd).size - from));
        let got = 0;
        while (got < bytes.length) {
          const part = fs.readSync(fd, bytes, got, bytes.length - got, from + got);
          if (part === 0) break;
          got += part;
        }
        return bytes.subarray(0, got);
      },
      isTorn: (): boolean => {
        for (let looks = 0; looks < LOOKS; looks += 1) {
          const { size } = fs.fstatSync(fd);
          if (size === 0) return false;
          fs.readSync(fd, last, 0, 1, size - 1);
          if (last[0] === LF) return false;
          Atomics.wait(PAUSE, 0, 0, 1);
        }
        return true;
      },
      append: (bytes: Buffer): void => {
        let written = 0;
        try {
          written = fs.writeSync(fd, bytes);
        } catch (e) {
          throw new Error(`${file}: ${reason(e)}`);
        }
        if (written !== bytes.length) throw new Error(`${file}: no space left on device`);
      },
      isCurrent: (): boolean => {
        const now = fs.lstatSync(file, { throwIfNoEntry: false });
        return now?.ino === ino && now.dev === dev;
      },
      close,
    };
  } catch (e) {
    close();
    throw e;
  }
}

function open(file: string) {
  ensureFolder(path.dirname(file));
  return openFile(file, 0);
}

function create(file: string) {
  fs.rmSync(file, { force: true });
  return openFile(file, O_EXCL);
}

/** Whether the lock was left by a process that is gone. */
function isStale(file: string, stat: fs.Stats): boolean {
  const age = Date.now() - stat.mtimeMs;
  if (age > LOCK_STALE_MS) return true;
  const pid = Number(fs.readFileSync(file, 'utf8'));
  if (!Number.isInteger(pid) || pid < 1) return age > LOCK_UNNAMED_MS;
  try {
    process.kill(pid, 0);
    return false;
  } catch (e) {
    return code(e) === 'ESRCH';
  }
}

/** Removes a stale lock. Two processes may try: one that removed a fresh lock by mistake restores it. */
function breakLock(file: string, stat: fs.Stats): void {
  const aside = `${file}.${process.pid}`;
  fs.renameSync(file, aside);
  if (fs.lstatSync(aside).ino !== stat.ino) fs.linkSync(aside, file);
  fs.rmSync(aside, { force: true });
}

function lock(file: string): (() => void) | undefined {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const fd = fs.openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      const { ino } = fs.fstatSync(fd);
      fs.writeSync(fd, String(process.pid));
      fs.closeSync(fd);
      return () => {
        if (fs.lstatSync(file, { throwIfNoEntry: false })?.ino === ino) fs.rmSync(file, { force: true });
      };
    } catch (e) {
      if (code(e) !== 'EEXIST') throw new Error(`${file}: ${reason(e)}`);
    }
    try {
      const stat = fs.lstatSync(file);
      if (!isStale(file, stat)) return undefined;
      breakLock(file, stat);
    } catch {
      return undefined; // released or taken just now: the process that has it does the work
    }
  }
  return undefined;
}

/** The file operations of the history (see repl/history/files.ts). */
export const privateFiles = { open, create, replace: (file: string, by: string): void => fs.renameSync(by, file), lock };
