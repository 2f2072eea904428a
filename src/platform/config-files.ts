// Finds configuration files in folders, and tells who can read a file.

import fs from 'node:fs';
import path from 'node:path';

const EXTENSION = /\.(?:ya?ml|toml)$/i;

/** Whether a path is a folder. */
export function isFolder(name: string): boolean {
  return fs.statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a path is a regular file. A pipe is not: what is read from it is gone. */
export function isRegularFile(name: string): boolean {
  return fs.statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}

/** The YAML and TOML files in a folder and its folders, sorted. Hidden folders and node_modules are left out. Throws the system's error. */
export function configFilesIn(folder: string): string[] {
  const found: string[] = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') found.push(...configFilesIn(name));
    } else if (EXTENSION.test(entry.name) && (entry.isFile() || entry.isSymbolicLink())) found.push(name);
  }
  return found.sort();
}

/** Whether users other than the owner and its group can read a file. False where the system has no such permissions. */
export function othersCanRead(file: string): boolean {
  if (process.platform === 'win32') return false;
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true && (stat.mode & 0o004) !== 0;
}
