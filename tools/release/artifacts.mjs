// The files of a release: their names, their addresses, their checksums.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** The architectures of the .deb and the .rpm: as Node, Debian and RPM name them. */
export const LINUX_ARCHITECTURES = [
  { node: 'x64', deb: 'amd64', rpm: 'x86_64' },
  { node: 'arm64', deb: 'arm64', rpm: 'aarch64' },
];

export const SUMS_FILE = 'SHA256SUMS';

/** The name of a Linux package file. `format` is `deb` or `rpm`. */
export function linuxPackageName(format, version, architecture) {
  return format === 'deb' ? `dmctl_${version}-1_${architecture.deb}.deb` : `dmctl-${version}-1.${architecture.rpm}.rpm`;
}

/** The page of the repository. On GitHub the workflow runs in the repository that releases. */
export function homepage(env = process.env) {
  return `https://github.com/${env.GITHUB_REPOSITORY ?? 'dmctl/dmctl'}`;
}

/** The address of a file of the GitHub release. */
export function downloadUrl(home, version, file) {
  return `${home}/releases/download/v${version}/${file}`;
}

/** The SHA-256 of a file, in hexadecimal digits. */
export function sha256(file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/** Writes SHA256SUMS for every other file of the folder. `sha256sum --check` reads it. */
export function writeSums(folder) {
  const names = fs.readdirSync(folder).filter((name) => name !== SUMS_FILE);
  const lines = names.sort().map((name) => `${sha256(path.join(folder, name))}  ${name}\n`);
  fs.writeFileSync(path.join(folder, SUMS_FILE), lines.join(''));
}

/**
 * The text of a template with `{{version}}`, `{{homepage}}`, `{{url FILE}}` and `{{sha256 FILE}}` replaced.
 * Throws if a file is not in the folder, or if a placeholder is unknown.
 */
export function fillTemplate(template, { folder, version, home }) {
  return template.replace(/\{\{(\S+?)(?: (\S+?))?\}\}/g, (placeholder, word, file) => {
    if (word === 'version' && !file) return version;
    if (word === 'homepage' && !file) return home;
    if (word === 'url' && file && fs.existsSync(path.join(folder, file))) return downloadUrl(home, version, file);
    if (word === 'sha256' && file) return sha256(path.join(folder, file));
    throw new Error(`cannot replace ${placeholder}: the placeholder is unknown or the file is not built`);
  });
}
