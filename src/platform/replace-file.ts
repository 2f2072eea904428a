// Replaces the text of a file of the user: another program sees the old text or the new one, and links stay.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Replaces the contents of a file. Keeps its permissions and its owner. A symbolic link stays a link to the same file.
 * @param expected the contents that the new ones were made from
 * @throws the system's error; Error if the file has other contents by now or belongs to another user
 */
export function replaceFile(file: string, expected: Buffer, contents: Buffer): void {
  const target = fs.realpathSync(file);
  const stat = fs.statSync(target);
  if (!stat.isFile()) throw new Error('it is not a regular file');
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.${randomBytes(4).toString('hex')}`);
  const fd = fs.openSync(temporary, 'wx', 0o600);
  try {
    try {
      fs.writeFileSync(fd, contents);
      keepOwner(fd, stat);
      fs.fchmodSync(fd, stat.mode & 0o7777);
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    if (!fs.readFileSync(target).equals(expected)) throw new Error('another program has changed it in the meantime. Repeat the command');
    fs.renameSync(temporary, target);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** A new file belongs to the user who runs the program. Throws Error if the old one does not. */
function keepOwner(fd: number, { uid, gid }: fs.Stats): void {
  const now = fs.fstatSync(fd);
  if (now.uid === uid && now.gid === gid) return;
  try {
    fs.fchownSync(fd, uid, gid);
  } catch (error) {
    if (now.uid !== uid) throw new Error('it belongs to another user');
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error; // a group that the user is not in cannot be kept
  }
}
