// `command | program` and `command > file`: which words redirect an answer, and what piped lines do with them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allBuiltins } from '../../src/builtins/index.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { splitRedirection } from '../../src/repl/redirect.ts';
import { requests, runProgram, withMaster } from '../harness/run.ts';

const registry = { dialect: v1, builtins: allBuiltins, topics: [] };
const program = (command: string): object => ({ kind: 'program', command });
const file = (path: string, append = false): object => ({ kind: 'file', path, append });

const REDIRECTED: readonly [line: string, before: string, to: object][] = [
  ['query-status | grep x', 'query-status ', program('grep x')],
  ["query-status test | awk '{print $1}' | sort > out", 'query-status test ', program("awk '{print $1}' | sort > out")],
  ['query-status -o json > a.json', 'query-status -o json ', file('a.json')],
  ["query-status >> 'my file'", 'query-status ', file('my file', true)],
  ["sql-skip -b 'mysql-bin|000001.000003:3270' -w w test > x", "sql-skip -b 'mysql-bin|000001.000003:3270' -w w test ", file('x')],
  ['explain 10006 | less', 'explain 10006 ', program('less')],
  ['explain | less', 'explain ', program('less')],
  ['help output | less', 'help output ', program('less')],
];

for (const [line, before, to] of REDIRECTED) {
  test(`${line} redirects its answer`, () => assert.deepEqual(splitRedirection(line, registry), { line: before, to }));
}

const PLAIN = [
  'sql-replace -w w -b a|000001.000003:4 test UPDATE t SET a = b | c WHERE d > 4',
  'sql-inject -w w test DELETE FROM t WHERE a > 4',
  'watch sql-inject t a > b',
  'explain [code=11006] a | b > c',
  'query-status mysql-bin|000001',
  "query-status '|' x",
  'query-status ">" x',
  'query-status a>b',
  'query-status # a | b',
  'query-status a || b',
];

for (const line of PLAIN) test(`${line} redirects nothing`, () => assert.deepEqual(splitRedirection(line, registry), { line }));

const REFUSED: readonly [line: string, said: RegExp][] = [
  ['query-status |', /^there is no program after \|\. Nothing was sent\. An example: `query-status \| grep Paused`$/],
  ['query-status > ', /^there is no file after >\. Nothing was sent\./],
  ["query-status >> ''", /^there is no file after >>\. Nothing was sent\./],
  ['query-status > a b', /^b follows the file a\. Nothing was sent\. Write > and the file at the end of the line$/],
  ['| less', /^there is no command before \|\. Nothing was sent$/],
];

for (const [line, said] of REFUSED) {
  test(`${line} is refused`, () => assert.throws(() => splitRedirection(line, registry), { name: 'Refusal', message: said }));
}

test('in piped lines | and > are plain words, and a command that takes many names refuses them', () =>
  withMaster(undefined, async (master) => {
    const stdin = 'pause-task a > b\nstop-task a | cat\nquery-status | more\npause-task c\n';
    const { stderr } = await runProgram(['-master-addr', master.address], { stdin });
    assert.equal(stderr.match(/^\| and > work only at the prompt, not in piped lines\. Nothing was sent$/gm)?.length, 2);
    assert.match(stderr, /Usage:\n {2}dmctl query-status/);
    assert.deepEqual(requests(master), [['OperateTask', { op: 'Pause', name: 'c' }]]);
  }));

test('encrypt and decrypt are words of the command line; ? is help there', async () => {
  const encrypted = await runProgram(['encrypt', '-'], { stdin: 'secret\n' });
  assert.deepEqual([encrypted.status, encrypted.stderr], [0, '']);
  assert.match(encrypted.stdout, /^[A-Za-z0-9+/]{20,}=*\n$/);
  assert.equal((await runProgram(['decrypt'], { stdin: encrypted.stdout })).stdout, 'secret\n');
  assert.equal((await runProgram(['decrypt', encrypted.stdout.trim()])).stdout, 'secret\n');
  const help = await runProgram(['help', 'query-status']);
  assert.deepEqual(await runProgram(['?', 'query-status']), help);
});

test('in piped lines, encrypt takes its text as an argument only', () =>
  withMaster(undefined, async (master) => {
    const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin: 'encrypt\nencrypt -\nencrypt abc\nclear\n' });
    assert.match(stdout, /\n\n[A-Za-z0-9+/]{20,}=*\ndmctl exit\n$/);
    assert.equal(stderr.match(/^standard input has the commands, so encrypt cannot read a text from it\./gm)?.length, 2);
    assert.equal(master.calls.length, 0);
  }));
