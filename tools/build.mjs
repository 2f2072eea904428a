// Builds dist/: the bundled program in chunks, each loaded where it is first needed.
//   node tools/build.mjs            once
//   node tools/build.mjs --watch    again after every change

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');

function git(...args) {
  try {
    return execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

function buildInfo() {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const time = new Date().toISOString().replace('T', ' ').slice(0, 19);
  return { version: `v${version}`, hash: git('rev-parse', 'HEAD'), branch: git('rev-parse', '--abbrev-ref', 'HEAD'), time };
}

/** What the program is built with, for every target. */
export function options() {
  return {
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    define: { BUILD: JSON.stringify(buildInfo()) },
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  };
}

const CJS = { format: 'cjs', platform: 'node', target: 'node20.19', minify: true, supported: { 'dynamic-import': false } };

/** Chunks come as ES modules, which esbuild can split, and become CommonJS, of which Node can cache compiled code. */
async function bundle() {
  const split = await esbuild.build({ ...options(), format: 'esm', splitting: true, outdir: 'dist', chunkNames: '[name]-[hash]' });
  const loader = await esbuild.build({ ...options(), entryPoints: ['src/platform/load-chunks.ts'], format: 'cjs' });
  fs.rmSync(DIST, { recursive: true, force: true });
  fs.mkdirSync(DIST, { recursive: true });
  fs.writeFileSync(path.join(DIST, 'load.cjs'), loader.outputFiles[0].contents);
  for (const file of split.outputFiles) {
    const { code } = await esbuild.transform(file.text, CJS);
    fs.writeFileSync(path.join(DIST, `${path.basename(file.path, '.js')}.cjs`), code.replace(/(require\("\.\/[\w-]+)\.js"\)/g, '$1.cjs")'));
  }
}

/** Runs what people run most, so that its compiled code is kept; a call that fails compiles as much as one that does not. */
function warm() {
  const runs = [['-V'], ['help'], ['query-status', '--help'], ['-master-addr', '127.0.0.1:1', 'query-status']];
  for (const args of runs) {
    spawnSync(process.execPath, [path.join(ROOT, 'bin/dmctl.js'), ...args], {
      env: { ...process.env, DMCTL_BUILD_CACHE: '1' },
      stdio: 'ignore',
    });
  }
}

async function build() {
  const generated = spawnSync(process.execPath, [path.join(ROOT, 'tools/generate.mjs')], { stdio: 'inherit' });
  if (generated.status !== 0) process.exit(generated.status ?? 1);
  await bundle();
  warm();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build();
  if (process.argv.includes('--watch')) {
    console.log('watching src/ and proto/');
    for (const folder of ['src', 'proto']) {
      fs.watch(path.join(ROOT, folder), { recursive: true }, (_event, name) => {
        if (!String(name).includes('generated')) build().then(() => console.log(`built after a change in ${name}`), console.error);
      });
    }
  }
}
