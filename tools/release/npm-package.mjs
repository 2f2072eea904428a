// Packs the npm package. Its package.json has no scripts and no development dependencies: npm warns of a `prepare` script
// when it installs a tarball, and a user needs none of them.
//   node tools/release/npm-package.mjs FOLDER

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { homepage } from './artifacts.mjs';
import { ROOT, run } from './commands.mjs';

const ONLY_DEVELOPMENT = new Set(['scripts', 'devDependencies', 'allowScripts', 'overrides']);

/** The package.json that is published. Provenance needs the repository. */
export function publishedManifest(project, home) {
  const kept = Object.entries(project).filter(([key]) => !ONLY_DEVELOPMENT.has(key));
  return { ...Object.fromEntries(kept), homepage: home, repository: { type: 'git', url: `git+${home}.git` } };
}

/** The packed package in the folder of a release. */
export function npmFile({ out, version }) {
  return path.join(out, `dmctl-${version}.tgz`);
}

const readProject = () => JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** Packs the built program into a folder. */
export function packNpm({ out }) {
  const project = readProject();
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-npm-'));
  try {
    for (const name of [...project.files, 'README.md']) fs.cpSync(path.join(ROOT, name), path.join(stage, name), { recursive: true });
    fs.writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(publishedManifest(project, homepage()), null, 2)}\n`);
    run('npm', ['pack', '--silent', '--pack-destination', path.resolve(out)], { cwd: stage, shell: process.platform === 'win32' });
  } finally {
    fs.rmSync(stage, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const release = { out: path.resolve(process.argv[2] ?? '.'), version: readProject().version };
  packNpm(release);
  console.log(npmFile(release));
}
