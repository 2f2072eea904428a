// `explain`: what users type and what it prints.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtinsFor } from '../../src/builtins/index.ts';
import { CODES } from '../../src/dialects/v1/errors/codes.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { redact } from '../../src/repl/history/redact.ts';
import { between, runProgram } from '../harness/run.ts';

const explain = (...args: string[]): ReturnType<typeof runProgram> => runProgram(['explain', ...args]);

/** What lines print. No master is needed. */
async function lines(...typed: string[]): Promise<{ stdout: string; stderr: string }> {
  const { stdout, stderr } = await runProgram(['-master-addr', '127.0.0.1:1'], { stdin: typed.join('\n') });
  return { stdout: between(stdout), stderr };
}

const TEXT =
  '[code=38032:class=dm-master:scope=internal:level=high] operation not success: [code=40050:class=dm-worker:scope=internal:level=high] current stage is not running not valid';
const STACKED = `${TEXT}\ngithub.com/pingcap/dm/pkg/terror.(*Error).Generate\n\t/go/src/dm-1.0.1/pkg/terror/terror.go:232`;
const EXPLAINED = `40050 dm-worker: current stage is not running not valid
  means     the task does not run on that worker, so it cannot be paused
  around    38032 dm-master: operation not success
  try       it is already paused or finished, or waits for its relay. Usually no action is needed
  type      dmctl query-status '<task>'
`;

test('a code: its meaning, advice and commands', async () => {
  const { stdout, stderr, status } = await explain('40052');
  assert.equal(
    stdout,
    `40052: only a paused task can be updated
  try       pause the task, update it, resume it. A finished task cannot be updated
  type      dmctl pause-task '<task>'
            dmctl update-task '<task.yaml>'
            dmctl resume-task '<task>'
`,
  );
  assert.deepEqual([stderr, status], ['', 0]);
});

test('several codes, and a code in brackets', async () => {
  const { stdout } = await explain('40050', '[code=40052]');
  assert.match(stdout, /^40050: .*\n(?: .*\n)+\n40052: /);
});

test('without a master, a code of both generations has the advice of both, and others that of their own', async () => {
  const { stdout } = await explain('10006', '46009');
  assert.match(stdout, /^10006 in DM 1\.0: .*\n(?: .*\n)+\n10006 in DM 2\.0 or later: .*\n(?: .*\n)+\n46009: /);
  assert.match(stdout, /sql-skip -w '<worker>'[\s\S]*binlog skip '<task>'/);
  const text = '[code=38043:class=dm-master:scope=internal:level=high], Message: master is not leader, Workaround: Please wait.';
  assert.match((await explain(text)).stdout, /a new one is elected within a minute/);
});

test('without arguments it lists every code with its title, in groups', async () => {
  const { stdout, status } = await explain();
  for (const { code, title } of CODES) assert.ok(stdout.includes(`\n  ${code}  ${title}\n`), `${code}`);
  assert.match(stdout, /^databases\n {2}10001 /);
  assert.equal(status, 0);
  for (const line of stdout.split('\n')) assert.ok(line.length <= 100, line);
});

test('a code that is not in the table: the advice for its range, and similar codes', async () => {
  const { stdout, status } = await explain('40060');
  assert.match(stdout, /^40060: not in the table\. This is true of all codes from 40000 to 40999:\n/);
  assert.match(stdout, /\n {2}near {6}40059 {2}\S/);
  assert.equal(status, 0);
});

test('input that cannot be explained is rejected with valid examples', async () => {
  const rejection = async (...args: string[]): Promise<string> => {
    const { stdout, stderr, status } = await explain(...args);
    assert.deepEqual([stdout, status], ['', 2]);
    return stderr;
  };
  assert.match(await rejection('1006'), /^"1006" is not a DM error code: .* Did you mean .*10006\? List them with explain\n$/);
  assert.match(await rejection('99999'), /^"99999" is not a DM error code: /);
  assert.match(await rejection('foo'), /^"foo" is neither an error code nor the text of an error\. Use explain 10006, /);
  assert.match(await rejection(''), /^"" is neither/);
  assert.match((await lines('explain -')).stderr, /^explain - cannot be used here: the commands come from standard input/);
});

test('a text: as one word, as many words, and from standard input', async () => {
  const stack = '  stack     1 frame of the Go stack not shown\n';
  assert.equal((await explain(TEXT)).stdout, EXPLAINED);
  assert.equal((await explain(...TEXT.split(' '))).stdout, EXPLAINED);
  assert.equal((await explain(STACKED)).stdout, EXPLAINED + stack);
  assert.equal((await runProgram(['explain', '-'], { stdin: STACKED })).stdout, EXPLAINED + stack);
  assert.equal((await explain('40050 dm-worker: current stage is not running not valid')).stdout, EXPLAINED.replace(/ {2}around.*\n/, ''));
});

test('a whole answer: each of its errors once', async () => {
  const answer = { result: true, msg: '', workers: [{ msg: STACKED }, { msg: STACKED }, { msg: 'no sub task started' }, { msg: 'fine' }] };
  const { stdout } = await runProgram(['explain', '-'], { stdin: JSON.stringify(answer, null, 4) });
  assert.deepEqual(
    stdout.split('\n').filter((line) => /^\S/.test(line)),
    ['40050 dm-worker: current stage is not running not valid', 'no sub task started'],
  );
  assert.equal((await runProgram(['explain', '-'], { stdin: '{"result": true}' })).stdout, 'this answer contains no DM error\n');
});

test('the prompt takes a text unchanged: apostrophes, dashes, quotes, \\n, a comment sign', async () => {
  const missing =
    "[code=10005:class=database:scope=downstream:level=high] query statement failed: SELECT 1: Error 1146: Table 'a' doesn't exist";
  assert.match((await lines(`explain ${missing}`)).stdout, /^10005 database \(downstream\): .* Table 'a' doesn't exist\n/);
  const flags = '[code=11017:class=functional:scope=internal:level=low] cannot specify both --binlog-pos and --sql-pattern # x';
  assert.match((await lines(`explain ${flags}`)).stdout, /^11017 functional: cannot specify both --binlog-pos and --sql-pattern # x\n/);
  assert.match((await lines(`explain "msg": ${JSON.stringify(STACKED)},`)).stdout, /^40050 dm-worker: current stage is not running/);
  assert.match((await lines(`explain '${TEXT}'`)).stdout, /^40050 /);
  assert.match(
    (await lines('explain 40050 40051; # why', 'explain --help')).stdout,
    /\n40051 in DM 1\.0: [\s\S]*\nUsage:\n {2}dmctl explain /,
  );
});

test('a text without a code is also described', async () => {
  const { stdout, status } = await explain('something is wrong: really');
  assert.equal(stdout, 'something is wrong: really\n  note      the text has no DM error code, and there is no advice about it\n');
  assert.equal(status, 0);
});

test('control characters of a text do not reach a terminal', async () => {
  const { stdout } = await runProgram(['explain', 'a \u001b[31mred\u001b[0m b'], { tty: ['stdout'] });
  assert.match(stdout, /^a \\u001b\[31mred\\u001b\[0m b\n/);
});

test('the history does not keep the text of an error, which may contain SQL', () => {
  const registry = { dialect: v1, builtins: builtinsFor('lines'), topics: [] };
  assert.equal(redact('explain 10006 40050', 'redacted', registry), 'explain 10006 40050');
  assert.equal(redact('explain', 'redacted', registry), 'explain');
  assert.equal(redact(`explain ${TEXT}`, 'redacted', registry), 'explain …');
  assert.equal(redact(`explain ${TEXT}`, 'all', registry), `explain ${TEXT}`);
});

const DDL_FAILED =
  "[code=10006:class=database:scope=downstream:level=high] execute statement failed: ALTER TABLE `a`.`b`: Error 1062: Duplicate entry '5'";
const failedOn = (worker: string, position: string, name = 'test'): object => ({
  result: true,
  worker,
  subTaskError: [
    { name, stage: 'Paused', unit: 'Sync', sync: { errors: [{ msg: DDL_FAILED, failedBinlogPosition: position, errorSQL: '[ALTER]' }] } },
  ],
});
const queryError = (...workers: object[]): string => JSON.stringify({ result: true, msg: '', workers }, null, 4);

test('an answer of query-error: the commands contain its task, worker and position, quoted for the shell', async () => {
  const answer = queryError(failedOn('127.0.0.1:8262', 'mysql-bin|000001.000002:3783'));
  const { stdout } = await runProgram(['explain', '-'], { stdin: answer });
  assert.match(stdout, /^ +dmctl sql-skip -w 127\.0\.0\.1:8262 -b 'mysql-bin\|000001\.000002:3783' test$/m);
  assert.match(stdout, /^ +dmctl resume-task test$/m);
  assert.doesNotMatch(stdout, /<|000001\.000001/);
});

test('the same error on two workers: one command per worker', async () => {
  const answer = queryError(failedOn('w1:1', 'mysql-bin|000001.000002:1'), failedOn('w2:1', 'mysql-bin|000001.000003:2'));
  const { stdout } = await runProgram(['explain', '-'], { stdin: answer });
  assert.match(
    stdout,
    /sql-skip -w w1:1 -b 'mysql-bin\|000001\.000002:1' test\n +dmctl sql-skip -w w2:1 -b 'mysql-bin\|000001\.000003:2' test\n/,
  );
});

test('a value that cannot be pasted leaves the placeholder', async () => {
  const answer = queryError(failedOn('w1:1,w2:1', 'mysql-bin.000002:3783', 'a\nstop-task b'));
  const { stdout } = await runProgram(['explain', '-'], { stdin: answer });
  assert.match(stdout, /dmctl sql-skip -w '<worker>' -b '<position>' '<task>'\n/);
  assert.doesNotMatch(stdout, /stop-task b/);
});

test('a text without worker and position: the command keeps its placeholders', async () => {
  const { stdout } = await lines(`explain ${DDL_FAILED}`);
  assert.match(stdout, /^ +sql-skip -w <worker> -b <position> <task>$/m);
});
