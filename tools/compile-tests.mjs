// Compiles sources and tests to .build/, for the scripts that run them.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const OUT = path.join(ROOT, '.build');

/** Runs a script with this Node. Exits with its status if it fails. */
export function run(args) {
  const done = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** The test files, such as `test/pty/watch.test.ts`. */
export function testFiles() {
  const found = fs.readdirSync(path.join(ROOT, 'test'), { recursive: true });
  return found
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll(path.sep, '/')}`)
    .sort();
}

/** The path of a compiled test file. */
export const compiledFile = (file) => path.join(OUT, file.replace(/\.ts$/, '.js'));

/** Compiles with source maps, for coverage and for breakpoints in an editor. */
export function compile() {
  run(['tools/generate.mjs']);
  fs.rmSync(OUT, { recursive: true, force: true });
  run(['node_modules/typescript/bin/tsc', '--noEmit', 'false', '--outDir', OUT, '--rootDir', ROOT, '--sourceMap']);
}
