// Compares the built program with recordings of the original, if they are present (../shared/conformance or $CONFORMANCE): the
// recorded cases, their one-shot forms, and the SQL verdicts.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = process.env.CONFORMANCE ?? path.join(ROOT, '../shared/conformance');
const BIN = process.env.DMCTL ?? `${process.execPath} ${path.join(ROOT, 'bin/dmctl.js')}`;

function runner(script, args, bin = BIN) {
  const done = spawnSync(process.execPath, [path.join(FOLDER, script), '--bin', bin, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  return done;
}

/** Runs the recorded cases and reports each that fails. */
function cases(title, args) {
  const { stdout } = runner('run.mjs', ['--report', 'json', ...args]);
  const { results } = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1));
  const failed = results.filter((r) => r.problems.length > 0);
  for (const { id, topic, problems } of failed) console.log(`FAIL ${topic}/${id}\n${problems.join('\n')}\n`);
  console.log(`${title}: ${results.length - failed.length} pass, ${failed.length} fail`);
  return { passed: results.length - failed.length, failed: failed.length };
}

if (!fs.existsSync(path.join(FOLDER, 'run.mjs'))) {
  console.log(`no recordings at ${FOLDER}: nothing to compare with`);
  process.exit(0);
}
const results = [cases('recorded cases', []), cases('as one-shot', ['--one-shot'])];
if (!process.argv.includes('--no-sql')) {
  // This runner takes the first request as the statement's, so the detection of the generation is turned off.
  const { stdout } = runner('sql.mjs', [], `${BIN} -protocol v1`);
  process.stdout.write(stdout.replace(/^\d+ passed, \d+ failed\n$/m, ''));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\n$/.exec(stdout) ?? ['', '0', '1'];
  results.push({ passed: Number(passed), failed: Number(failed) });
}
const sum = (key) => results.reduce((total, r) => total + r[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
