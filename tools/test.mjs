// Compiles sources and tests to .build/ and runs the tests on node's own runner.
//   node tools/test.mjs [part of a file name …]    only the test files whose path holds one of the words

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUT = path.join(ROOT, '.build');

function run(command, args) {
  const done = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

run(process.execPath, ['tools/generate.mjs']);
fs.rmSync(OUT, { recursive: true, force: true });
run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', 'false', '--outDir', OUT, '--rootDir', ROOT]);

const words = process.argv.slice(2);
const files = fs
  .readdirSync(path.join(OUT, 'test'), { recursive: true })
  .filter((f) => f.endsWith('.test.js'))
  .filter((f) => words.length === 0 || words.some((w) => f.includes(w)))
  .map((f) => path.join(OUT, 'test', f));
if (files.length === 0) {
  console.error('no test file matches');
  process.exit(1);
}
run(process.execPath, ['--test', '--test-timeout=120000', '--test-reporter=spec', ...files]);
