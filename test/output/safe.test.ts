// Data from the network or from a file never controls a terminal, in any output.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quote } from '../../src/completion/shells/powershell.ts';
import { answer, type Reply, runProgram, type World, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const HOSTILE = 'a\u001b]0;x\u0007\u009b2J\u202e\u2028b';
const SHOWN = 'a\\u001b]0;x\\u0007\\u009b2J\\u202e\\u2028b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the characters that must not get through
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const run = (argv: readonly string[], reply: Reply, world: World = {}) =>
  withMaster(
    () => reply,
    (master) => runProgram(['-master-addr', master.address, ...argv], world),
  );

test('the message of a failed call is safe in a pipe, on standard error and among piped answers', async () => {
  const failed: Reply = { status: { code: 2, text: HOSTILE } };
  const oneShot = await run(['stop-task', 't'], failed);
  assert.ok(oneShot.stderr.includes(SHOWN), oneShot.stderr);
  const lines = await run([], failed, { stdin: 'stop-task t\n' });
  assert.ok(lines.stdout.includes(SHOWN), lines.stdout);
  assert.doesNotMatch(oneShot.stderr + lines.stdout + lines.stderr, STEERING);
});

test('names in messages of our own are safe in a pipe', async () => {
  const { stderr } = await runProgram(['-config', HOSTILE, 'query-status']);
  assert.ok(stderr.includes(SHOWN), stderr);
  const files = { 'c.toml': `"${HOSTILE.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}" = 1\n` };
  const warned = await run(['-config', 'c.toml', 'query-status'], answer('QueryStatus', { result: true }), { files });
  assert.match(warned.stderr, /^warning: config file c\.toml: the unknown key /);
  assert.doesNotMatch(stderr + warned.stderr, STEERING);
});

test('the JSON of an answer is raw in a pipe, and escaped for a pager that was chosen', async () => {
  const reply = answer('QueryStatus', { result: true, msg: `${HOSTILE}\u0085` });
  const piped = await run(['query-status'], reply);
  assert.ok(piped.stdout.includes('\u009b2J\u202e'), 'raw in a pipe');
  await withMaster(
    () => reply,
    async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, '-pager', "sed 's/^/| /'", 'query-status'], { rows: 3, columns: 120 });
      try {
        await terminal.ended();
        assert.match(terminal.bytes, /\| +"msg": "a\\u001b\]0;x\\u0007\\u009b2J\\u202e\\u2028b\\u0085"/);
      } finally {
        terminal.close();
      }
    },
  );
});

test('names that cannot be typed are not offered to shells, because a name is a line', async () => {
  const names = ['plain', 'my task', HOSTILE, 'two\nlines', 'tab\tbed', 'bell\u0007'];
  const reply = answer('QueryStatus', {
    result: true,
    workers: [{ result: true, worker: 'w', subTaskStatus: names.map((name) => ({ name })) }],
  });
  await withMaster(
    () => reply,
    async (master) => {
      const { stdout } = await runProgram(['__complete', '--', '-master-addr', master.address, 'stop-task', '']);
      assert.equal(stdout, 'my task\nplain\n');
    },
  );
});

test('the script of PowerShell doubles every kind of quote', async () => {
  assert.equal(quote("a'b\u2018c\u2019d\u201ae\u201bf"), "'a''b\u2018\u2018c\u2019\u2019d\u201a\u201ae\u201b\u201bf'");
  const { stdout } = await runProgram(['completion', 'powershell']);
  assert.match(stdout, /\$text -replace '\[''\\u2018-\\u201b\]', '\$0\$0'/);
});
