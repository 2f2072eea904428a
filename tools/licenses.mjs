// Collects the licenses of the packages whose code is bundled into one text, THIRD_PARTY_LICENSES. The licenses require that
// their notices are distributed with the code.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The name of the file in every folder. */
export const LICENSES_FILE = 'THIRD_PARTY_LICENSES';

const LICENSE = /^(licen[cs]e|copying)([.-]|$)/i;
const NOTICE = /^notice([.-]|$)/i;
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const RULE = '='.repeat(80);

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** The folders of the packages that contributed to the outputs of an esbuild metafile, relative to where esbuild ran. */
export function bundledPackages(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  return [...new Set(inputs.map((input) => PACKAGE_FOLDER.exec(input)?.[0]).filter((folder) => folder !== undefined))].sort(compare);
}

/** Name, version, SPDX license and license texts of an installed package. Throws if the package states none. */
function readLicense(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = fs.readdirSync(folder).sort(compare);
  const licenses = files.filter((file) => LICENSE.test(file));
  if (typeof license !== 'string' || licenses.length === 0) {
    const missing = typeof license === 'string' ? 'no LICENSE file' : 'no "license" in its package.json';
    throw new Error(
      `${name} ${version} is bundled, but has ${missing} (${folder}). Its notices must be shipped: use a version that has them, or another package.`,
    );
  }
  const texts = [...licenses, ...files.filter((file) => NOTICE.test(file))].map((file) => readText(path.join(folder, file)));
  return { name, version, license, text: texts.join('\n\n') };
}

/** The text of a file without irrelevant differences: line ends, trailing white space, empty lines at both ends. */
const readText = (file) =>
  fs
    .readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/[^\S\n]*\r?\n/g, '\n')
    .replace(/^\n+/, '')
    .trimEnd();

/**
 * The text for the packages in these folders. The same input gives the same bytes. Packages with the same text share one
 * section. Throws if a package has no license text. `extras` are entries (name, version, license, text) for code that does not
 * come from such a folder.
 */
export function formatLicenses(folders, extras = []) {
  const packages = [...folders.map(readLicense), ...extras].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
  const sections = new Map();
  for (const { name, version, license, text } of packages) {
    const heading = `${name} ${version} (${license})`;
    sections.set(text, [...(sections.get(text) ?? []), heading]);
  }
  const intro = 'dmctl contains code of these packages. Each section names packages and gives their licence.\n';
  return intro + [...sections].map(([text, headings]) => `\n${RULE}\n${headings.join('\n')}\n${RULE}\n\n${text}\n`).join('');
}

/** Writes THIRD_PARTY_LICENSES for a bundle into a folder. `metafile` is esbuild's, with the repository as its working folder. */
export function writeLicenses(metafile, folder = ROOT, extras = []) {
  const folders = bundledPackages(metafile).map((relative) => path.join(ROOT, relative));
  fs.writeFileSync(path.join(folder, LICENSES_FILE), formatLicenses(folders, extras));
}
