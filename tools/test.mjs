// Compiles sources and tests to .build/ and runs the tests on Node's own runner. HELP in test-selection.mjs has the usage.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { compile, compiledFile, OUT, ROOT, run, testFiles } from './compile-tests.mjs';
import { lcov, readCoverage, table } from './coverage.mjs';
import { HELP, parseArguments, selectTests } from './test-selection.mjs';

const V8 = path.join(OUT, 'v8');

/** Prints and writes the coverage that V8 left in .build/v8. */
function reportCoverage() {
  const files = readCoverage(V8, OUT);
  fs.mkdirSync(path.join(ROOT, 'coverage'), { recursive: true });
  fs.writeFileSync(path.join(ROOT, 'coverage/lcov.info'), lcov(files));
  console.log(`\n${table(files)}\nalso in coverage/lcov.info`);
}

/** The tests that start the built program. They run no code of src/ in their own process. */
const runsBuiltProgram = (file) => /^test\/(e2e|pty)\//.test(file);

/** Parses the command line. Ends the process with 2 if it is invalid. */
function request() {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

const { build, coverage, help, names } = request();
if (help) {
  process.stdout.write(HELP);
  process.exit();
}
const all = testFiles();
const { files, patterns } = selectTests(coverage && names.length === 0 ? all.filter((file) => !runsBuiltProgram(file)) : all, names);
if (build) run(['tools/build.mjs']);
compile();
const compiled = files.map(compiledFile);
const reporter = patterns.length > 0 ? './tools/test-reporters/named.mjs' : 'spec';
const flags = ['--test', '--test-timeout=120000', `--test-reporter=${reporter}`, ...patterns.map((p) => `--test-name-pattern=${p}`)];
const env = coverage ? { ...process.env, NODE_V8_COVERAGE: V8 } : process.env;
const { status } = spawnSync(process.execPath, [...flags, ...compiled], { cwd: ROOT, stdio: 'inherit', env });
if (coverage) reportCoverage();
process.exitCode = status ?? 1;
