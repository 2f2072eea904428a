// Runs the fuzz tests of test/fuzz with many inputs. `npm test` runs the same tests with few inputs and a fixed seed.

import { spawnSync } from 'node:child_process';
import { compile, compiledFile, ROOT, testFiles } from './compile-tests.mjs';

const HELP = `Usage: npm run fuzz [-- NAME ...]     all fuzz tests, or those in files whose path contains a NAME

  FUZZ_RUNS   inputs for each test, 1000 by default
  FUZZ_SEED   a whole number; the same seed and the same number of runs give the same inputs. It is random by default.

A failure prints the smallest input that fails. If ../shared/real-traffic-v1.json exists ($FUZZ_TRAFFIC names another
file), its answers are mutated, too.
`;

const DEFAULT_RUNS = '1000';

const names = process.argv.slice(2);
if (names.includes('--help')) {
  process.stdout.write(HELP);
  process.exit();
}
const files = testFiles().filter(
  (file) => file.startsWith('test/fuzz/') && (names.length === 0 || names.some((name) => file.includes(name))),
);
if (files.length === 0) {
  console.error(`no file of test/fuzz has ${names.join(' or ')} in its path`);
  process.exit(2);
}
const seed = process.env.FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const runs = process.env.FUZZ_RUNS ?? DEFAULT_RUNS;
compile();
console.log(`to repeat: FUZZ_SEED=${seed} FUZZ_RUNS=${runs} npm run fuzz`);
const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=spec', ...files.map(compiledFile)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_SEED: seed, FUZZ_RUNS: runs },
});
process.exitCode = status ?? 1;
