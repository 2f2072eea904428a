// A copy of a text that only the user can read, for an editor.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Writes a copy in a new folder that only the user can open. Returns its path. Throws the system's error. */
export function createPrivateCopy(name: string, text: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-edit-'));
  const file = path.join(folder, name);
  fs.writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return file;
}

/** Removes a copy with its folder. What an editor left beside it, such as a backup, goes too. */
export function removePrivateCopy(file: string): void {
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
}
