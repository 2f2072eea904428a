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

/**
 * Cases of DM 2.0 and later that cannot pass beside another case or a decision, each with the reason. A case that passes must not be
 * listed.
 */
const CONTRADICTORY = {
  'v2-failures/f-message-odd':
    'texts of failed calls are ours, as in the other cases of the topic, but these bytes are not recognized as such',
  'v8-failures/f-message-odd':
    'texts of failed calls are ours, as in the other cases of the topic, but these bytes are not recognized as such',
  'v2-prompt/i-failures': 'piped lines end with 0 in the cases of the topics args and failures',
  'v8-prompt/i-failures': 'piped lines end with 0 in the cases of the topics args and failures',
  'v2-commands/ok-purge-forms': 'quotes group words at the prompt of every generation',
  'v8-prompt/q8-quotes': 'a backslash is literal at the prompt of every generation',
  'v8-prompt/q8-flags': 'a backslash is literal at the prompt of every generation',
  'v8-prompt/q8-file-name': 'a backslash is literal at the prompt of every generation',
  'v8-prompt/q8-blanks': 'a line with a control character is rejected',
  'v8-prompt/i-words': 'only spaces and tabs separate words, in every generation',
  'v8-global/g8-encrypt-no-addr': 'without a DM-master, encrypt works as in 6.5 and 7.5',
  'v8-global/g8-encrypt-flag': 'the flag works as in 6.5 and 7.5, because no DM-master is asked',
  'v65-encrypt/x7-decrypt-version': '-V and --version print on standard output, as in DM 1.0',
  'v75-encrypt/x7-decrypt-version': '-V and --version print on standard output, as in DM 1.0',
  'v8-validation/v8-update-neither': 'p8-every-3 and the cases of the topic failures send the same line',
  'v65-help/h8-validation-update': 'without a DM-master, help shows the newest release, which has this command',
  'v8-printing/p8-bad-utf8-encrypt': 'a ciphertext that is not UTF-8 is not base64 either',
};

/** Runs the recorded cases and reports each that fails. */
function cases(title, args, exceptions = {}) {
  const { stdout } = runner('run.mjs', ['--report', 'json', ...args]);
  const { results } = JSON.parse(stdout.slice(stdout.indexOf('{'), stdout.lastIndexOf('}') + 1));
  const wrong = ({ topic, id, problems }) => problems.length > 0 !== `${topic}/${id}` in exceptions;
  const failed = results.filter(wrong);
  for (const { id, topic, problems } of failed) {
    console.log(`FAIL ${topic}/${id}\n${problems.join('\n') || 'passes: remove it from the list of contradictory cases'}\n`);
  }
  const left = results.filter((r) => r.problems.length > 0 && !wrong(r)).length;
  console.log(`${title}: ${results.length - failed.length - left} pass, ${failed.length} fail${left ? `, ${left} contradictory` : ''}`);
  return { passed: results.length - failed.length - left, failed: failed.length };
}

if (!fs.existsSync(path.join(FOLDER, 'run.mjs'))) {
  console.log(`no recordings at ${FOLDER}: nothing to compare with`);
  process.exit(0);
}
const results = [cases('recorded cases', []), cases('as one-shot', ['--one-shot'])];
for (const folder of ['cases-v2', 'cases-v8']) {
  const where = path.join(FOLDER, folder);
  if (fs.existsSync(where)) results.push(cases(folder, ['--cases', where], CONTRADICTORY));
}
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
