// Builds the standalone executables with Bun's compiler: one file each, for systems without Node.
//   npm run package                       this platform, and the others whose runtimes can be downloaded
//   npm run package -- linux-x64 …        only these, and each must be built
//   npm run package -- all                all of them must be built
// They are written to build/, with SHA256SUMS and THIRD_PARTY_LICENSES.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { options } from './build.mjs';
import { LICENSES_FILE, writeLicenses } from './licenses.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUT = path.join(ROOT, 'build');
const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];
const HERE = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** A smaller file is a placeholder of the package, which reports that its install script has not run. */
const MIN_BYTES = 10e6;

/** Bun's own executable: in the package of this platform, or where the install script of the package bun moves it. */
function bun() {
  const modules = path.join(ROOT, 'node_modules');
  const platforms = fs.existsSync(path.join(modules, '@oven')) ? fs.readdirSync(path.join(modules, '@oven')) : [];
  const folders = [...platforms.map((name) => path.join('@oven', name)), 'bun'];
  const files = folders.flatMap((folder) => ['bun', 'bun.exe'].map((file) => path.join(modules, folder, 'bin', file)));
  const found = files.find((file) => fs.existsSync(file) && fs.statSync(file).size > MIN_BYTES);
  if (!found) {
    console.error('The package bun is not installed for this platform; npm ci installs it where it can be had.');
    process.exit(3);
  }
  return found;
}

/** The license of Bun's runtime, which is part of each executable. Bun's package contains no license text. */
function bunLicense() {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules/bun/package.json'), 'utf8'));
  const page = `https://github.com/oven-sh/bun/blob/bun-v${version}/LICENSE.md`;
  const text = `The executables contain the Bun runtime. Its licence, those of the libraries that it links statically (JavaScriptCore
among them, under LGPL-2), and how to link it again with a changed library:
${page}`;
  return { name, version, license, text };
}

const words = process.argv.slice(2);
const wanted = words.includes('all') ? TARGETS : words;
for (const name of wanted) {
  if (TARGETS.includes(name)) continue;
  console.error(`No such target: ${name}; there are ${TARGETS.join(', ')}, all`);
  process.exit(2);
}

const compiler = bun();
fs.mkdirSync(OUT, { recursive: true });
// The compiler needs one file: bytecode requires CommonJS, and lazy imports stay lazy inside it.
const bundle = path.join(OUT, 'dmctl.cjs');
const { metafile } = await esbuild.build({ ...options(), format: 'cjs', outfile: bundle, write: true, metafile: true });
writeLicenses(metafile, OUT, [bunLicense()]);

const made = [];
for (const target of wanted.length > 0 ? wanted : TARGETS) {
  const file = path.join(OUT, `dmctl-${target}${target.startsWith('windows') ? '.exe' : ''}`);
  const flags = ['build', '--compile', '--minify', '--bytecode', `--target=bun-${target}`, bundle, '--outfile', file];
  const { status, stdout, stderr } = spawnSync(compiler, flags, { encoding: 'utf8', cwd: OUT });
  if (status === 0 && fs.existsSync(file)) made.push(file);
  else {
    const why = `${stdout}${stderr}`.trim().split('\n').at(-1);
    console.log(`${target}: not built (${why})`);
    if (target === HERE || wanted.includes(target)) process.exitCode = 1;
  }
}
fs.rmSync(bundle);

const sums = [...made, path.join(OUT, LICENSES_FILE)].map(
  (file) => `${createHash('sha256').update(fs.readFileSync(file)).digest('hex')}  ${path.basename(file)}\n`,
);
fs.writeFileSync(path.join(OUT, 'SHA256SUMS'), sums.join(''));
for (const file of made) console.log(`${path.relative(ROOT, file)}  ${(fs.statSync(file).size / 1e6).toFixed(0)} MB`);
