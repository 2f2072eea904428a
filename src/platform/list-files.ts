// Lists the files of one folder for completion.

import fs from 'node:fs';

// biome-ignore lint/suspicious/noControlCharactersInRegex: such a name cannot be typed
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Paths that start with the text, sorted. Folders end with a slash. Empty if the folder cannot be read. */
export function listFiles(prefix: string): string[] {
  const slash = Math.max(prefix.lastIndexOf('/'), process.platform === 'win32' ? prefix.lastIndexOf('\\') : -1);
  const folder = prefix.slice(0, slash + 1);
  const begun = prefix.slice(slash + 1);
  try {
    return fs
      .readdirSync(folder || '.', { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && (begun !== '' || !name.startsWith('.')) && !CONTROL.test(name))
      .map((entry) => `${folder}${entry.name}${isFolder(entry, folder) ? '/' : ''}`)
      .sort();
  } catch {
    return [];
  }
}

function isFolder(entry: fs.Dirent, folder: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return fs.statSync(`${folder}${entry.name}`, { throwIfNoEntry: false })?.isDirectory() === true;
}
