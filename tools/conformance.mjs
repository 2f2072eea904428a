// Holds the built program against the recordings of the original, where they are at hand (../shared/conformance or
// $CONFORMANCE): the recorded cases, their one-shot forms, and the SQL verdicts.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = process.env.CONFORMANCE ?? path.join(ROOT, '../shared/conformance');
const BIN = process.env.DMCTL ?? `${process.execPath} ${path.join(ROOT, 'bin/dmctl.js')}`;

const SEEN_AFTER = 'flags of the program are seen after a command';
const HELP = 'help is a command of one-shot mode too, and it succeeds';
const STDERR = 'in one-shot mode messages stand on standard error; the runner takes this one for JSON';
const FALSE_IS_1 = 'an answer with "result": false leaves status 1';
const EMPTY = 'an empty file and purge-relay without a filter are refused';
const MANY = 'several names are taken';
const NEWER = 'ProcessError.error is printed where an answer has it';

/** Cases that cannot hold beside another case or beside a decision; each has its line in docs/differences.md. */
const HELD_OTHERWISE = {
  'decrypt-unknown': 'we have -decrypt',
  'one-decrypt-empty': 'an empty -decrypt counts as none, and then the address is missing',
  'one-none': 'the case global-none wants another answer to the same command line',
  'one-V': 'the runner strips the version block before it looks whether something was said',
  'one-V-after': SEEN_AFTER,
  'one-help-addr-after-mixed': SEEN_AFTER,
  'one-help-word': HELP,
  'one-help-word-only': HELP,
  'one-help-word-only-addr': HELP,
  'one-sql-both': STDERR,
  'one-sql-bad-pos': STDERR,
  'one-big': FALSE_IS_1,
  'one-shot of print-big-4m-over': FALSE_IS_1,
  'one-shot of print-big-5m': FALSE_IS_1,
  'sum-worker-failed': FALSE_IS_1,
  'one-shot of sql-pos-bad-big': 'a bad position leaves status 2; the runner takes its id for a big answer',
  'one-shot of help-flag-bad-bool': 'a flag that cannot be read leaves status 2, also when it is --help',
  'sum-relay-null-sync': 'where the original crashes we print the summary',
  'print-wire-huge-length': 'where the original crashes the shell goes on',
  'print-empty-response': EMPTY,
  'print-wire-v107-error': NEWER,
  'one-shot of print-wire-v107-error': NEWER,
  'count-many-stop-task': MANY,
  'count-many-resume-task': MANY,
  'one-shot of count-many-stop-task': MANY,
  'one-shot of count-many-resume-task': MANY,
  'repl-five-commands': 'the root usage is not printed after an unknown command',
};

function runner(script, args) {
  const done = spawnSync(process.execPath, [path.join(FOLDER, script), '--bin', BIN, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.error) throw done.error;
  return done;
}

/** Runs the recorded cases and tells each that is not as it should be. */
function cases(title, args) {
  const { stdout } = runner('run.mjs', ['--report', 'json', ...args]);
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1));
  let wrong = 0;
  for (const { id, topic, problems } of report.results) {
    const otherwise = HELD_OTHERWISE[id];
    if (problems.length > 0 && !otherwise) console.log(`FAIL ${topic}/${id}\n${problems.join('\n')}\n`);
    if (problems.length === 0 && otherwise) console.log(`FAIL ${topic}/${id} passes: take it off the list of those held otherwise`);
    if (problems.length > 0 !== Boolean(otherwise)) wrong += 1;
  }
  const left = report.results.filter((r) => HELD_OTHERWISE[r.id]).length;
  console.log(`${title}: ${report.results.length - wrong - left} hold, ${left} held otherwise on purpose, ${wrong} wrong`);
  return { passed: report.results.length - wrong, failed: wrong };
}

if (!fs.existsSync(path.join(FOLDER, 'run.mjs'))) {
  console.log(`no recordings at ${FOLDER}; nothing to hold the program against`);
  process.exit(0);
}
const results = [cases('recorded cases', []), cases('as one-shot', ['--one-shot'])];
if (!process.argv.includes('--no-sql')) {
  const { stdout } = runner('sql.mjs', []);
  process.stdout.write(stdout.replace(/^\d+ passed, \d+ failed\n$/m, ''));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\n$/.exec(stdout) ?? ['', '0', '1'];
  results.push({ passed: Number(passed), failed: Number(failed) });
}
const sum = (key) => results.reduce((total, r) => total + r[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
