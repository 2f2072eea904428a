// Piped lines: how they are split into words, and how a run ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1 } from '../../src/dialects/v1/index.ts';
import { lineWords } from '../../src/repl/line.ts';
import { answer, between, requests, runProgram, withMaster } from '../harness/run.ts';

const words = (line: string): string[] => lineWords(line, { dialect: v1, builtins: [], topics: [] });

const WORDS: readonly [line: string, words: string[]][] = [
  ['', []],
  [' \t\u3000', []],
  ['# a comment', []],
  ['query-status # all', ['query-status']],
  ['query-status a#b', ['query-status', 'a#b']],
  ['query-status\u3000a\u0085', ['query-status', 'a']],
  ['query-status a\u200bb', ['query-status', 'a\u200bb']],
  ['a "b c" \'d "e\' f"g"h', ['a', 'b c', 'd "e', 'fgh']],
  ['a "b \\" \\\\ \\s" \'\\\'', ['a', 'b " \\ \\s', '\\']],
  ['a \\s+\\', ['a', '\\s+\\']],
  ['a ""', ['a', '']],
  ['query-status t;', ['query-status', 't']],
  ['query-status ;', ['query-status']],
  ["sql-replace -w a t DROP TABLE 'x", ['sql-replace', '-w', 'a', '--', 't', "DROP TABLE 'x"]],
  ['sql-replace -b "f:4" t  A  "b"  c ', ['sql-replace', '-b', 'f:4', '--', 't', 'A  "b"  c']],
  ["sql-inject t 'DROP TABLE a;'", ['sql-inject', '--', 't', 'DROP TABLE a;']],
  ['sql-replace -w a -- t UPDATE a SET b = -1', ['sql-replace', '-w', 'a', '--', 't', 'UPDATE a SET b = -1']],
  ['-w a sql-inject t # x', ['-w', 'a', 'sql-inject', '--', 't', '# x']],
  ['sql-replace t', ['sql-replace', 't']],
];

for (const [line, expected] of WORDS) {
  test(`words of ${JSON.stringify(line)}`, () => assert.deepEqual(words(line), expected));
}

test('lines end with LF, CRLF and CR, also across chunks, and the last may lack an end', () =>
  withMaster(undefined, async (master) => {
    const text = Buffer.from('stop-task a\r\nstop-task b\rstop-task c\n\nstop-task d');
    for (const size of [1, 5, 1000]) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.subarray(i * size, (i + 1) * size));
      await runProgram(['-master-addr', master.address], { stdin: chunks });
      assert.deepEqual(
        requests(master).map(([, r]) => r.name),
        ['a', 'b', 'c', 'd'],
      );
      master.calls.length = 0;
    }
  }));

test('bytes that are not UTF-8 are rejected, except that read-only commands send U+FFFD with a warning', () =>
  withMaster(undefined, async (master) => {
    const run = (text: string): ReturnType<typeof runProgram> =>
      runProgram(['-master-addr', master.address], { stdin: Buffer.from(text, 'latin1') });
    const read = await run('query-status \xe4\xb8x\xff');
    assert.deepEqual(requests(master), [['QueryStatus', { name: '\ufffd\ufffdx\ufffd' }]]);
    assert.equal(
      read.stderr,
      'warning: line 1 has the byte 0xE4, which is not UTF-8, at column 14. U+FFFD is sent instead. Convert it to UTF-8\n',
    );
    master.calls.length = 0;
    for (const line of ['stop-task caf\xe9', 'sql-inject -w a t DROP TABLE caf\xe9', 'connect caf\xe9:1', 'nosuch \xe9']) {
      const { status, stderr, stdout } = await run(`# caf\xe9\n${line}\nstop-task t\n`);
      assert.match(stderr, /^line 2 has the byte 0xE9, which is not UTF-8, at column \d+\. Nothing was sent\. Convert it to UTF-8\n$/);
      assert.equal(status, 2);
      assert.doesNotMatch(stdout, /dmctl exit/);
    }
    assert.deepEqual(master.calls, []);
  }));

test('SQL with an open quote or comment continues in the next row, as at the prompt', () =>
  withMaster(undefined, async (master) => {
    const sql = "CREATE TABLE a (id int) /* old:\nstop-task x\n*/; ALTER TABLE a COMMENT '\nstop-task y\n';";
    await runProgram(['-master-addr', master.address], {
      stdin: `sql-inject -w w1 t ${sql}\nstop-task z\\\n-w w2\n`.replaceAll('\n', '\r\n'),
    });
    const sent = requests(master);
    assert.deepEqual(
      sent.map(([method]) => method),
      ['HandleSQLs', 'OperateTask'],
    );
    assert.deepEqual(sent[0]?.[1].args, sql.split(/(?<=\*\/;)/));
    assert.deepEqual(sent[1]?.[1], { op: 'Stop', name: 'z', workers: ['w2'] });
  }));

test('input that ends inside a quote or comment is rejected, with the line in which it starts', () =>
  withMaster(undefined, async (master) => {
    for (const [open, mark] of [
      ['/*', 'the comment /*'],
      ["'", "the quote '"],
    ] as const) {
      const stdin = `\nsql-inject -w w1 t CREATE TABLE a (\\\nid int) ${open} old:\nstop-task x\nexit\n`;
      const { status, stderr } = await runProgram(['-master-addr', master.address], { stdin });
      const begins = `line 3: ${mark} is not closed before the end of the input. The command in line 2 was not sent.`;
      assert.equal(stderr, `${begins} Close it with ${open === '/*' ? '*/' : open}\n`);
      assert.equal(status, 2);
    }
    assert.deepEqual(master.calls, []);
  }));

test('a line of more than 16 MiB is rejected', () =>
  withMaster(undefined, async (master) => {
    const half = Buffer.alloc(9 << 20, 'x');
    for (const stdin of [
      [Buffer.from('\nstop-task '), half, half],
      [Buffer.from("\nsql-inject -w w1 t SET a = '"), half, Buffer.from('\n'), half],
    ]) {
      const { status, stderr } = await runProgram(['-master-addr', master.address], { stdin });
      assert.equal(stderr, 'line 2 is longer than 16 MiB. Nothing was sent, and the lines after it were not read\n');
      assert.equal(status, 2);
    }
    assert.deepEqual(master.calls, []);
  }));

test('the banner comes first and the farewell last, and exit prints no farewell', () =>
  withMaster(undefined, async (master) => {
    const end = await runProgram(['-master-addr', master.address]);
    assert.match(end.stdout, /^Welcome to dmctl\nRelease Version: .*\n(.*\n){4}\ndmctl exit\n$/);
    for (const leave of ['exit', ' exit ', 'quit', 'exit;']) {
      const left = await runProgram(['-master-addr', master.address], { stdin: `${leave}\nstop-task t\n` });
      assert.equal(between(left.stdout), '');
      assert.equal(left.status, 0);
    }
    assert.deepEqual(master.calls, []);
  }));

test('an error does not end the run, and -strict ends it with the status of the line', () =>
  withMaster(
    (method) => (method === 'QueryStatus' ? answer('QueryStatus', { result: true }) : { message: Buffer.alloc(0) }),
    async (master) => {
      const lines = 'nosuch\nstop-task\nquery-status\nstop-task t\nquery-status\n';
      const loose = await runProgram(['-master-addr', master.address], { stdin: lines });
      assert.equal(loose.status, 0);
      assert.equal(master.calls.length, 3);
      const strict = await runProgram(['-master-addr', master.address, '-strict'], { stdin: 'query-status\nstop-task t\nquery-status\n' });
      assert.equal(strict.status, 1, 'the answer says false');
      assert.equal(master.calls.length, 5);
    },
  ));

test('one-shot: status 1 if result is false at the top or in any part of the answer, otherwise 0', () =>
  withMaster(
    (method) => {
      if (method === 'OperateTask') return answer('OperateTask', { result: true, workers: [{ meta: { result: true } }, { meta: {} }] });
      return answer('QueryStatus', { result: true, workers: [{ result: true, relayStatus: { stage: 'Paused' } }] });
    },
    async (master) => {
      const status = async (...argv: string[]): Promise<number> => (await runProgram(['-master-addr', master.address, ...argv])).status;
      assert.equal(await status('pause-task', 't'), 1);
      assert.equal(await status('query-status'), 0);
    },
  ));

test('if the reader has left, the next command is not run, and the run reports it', () =>
  withMaster(undefined, async (master) => {
    const stdin = 'query-status\n'.repeat(50);
    const { stderr, status } = await runProgram(['-master-addr', master.address], { stdin, readerLeavesAfter: 300 });
    assert.equal(stderr, 'the reader of the output closed it. query-status and the lines after it were not run\n');
    assert.equal(status, 1);
    assert.ok(master.calls.length < 10);
  }));

test('an unknown command suggests similar ones, as in the original', async () => {
  const said = async (line: string): Promise<string> => (await runProgram(['-master-addr', 'h:1'], { stdin: line })).stderr;
  const near = 'Error: unknown command "query" for "dmctl"\n\nDid you mean this?\n\tquery-status\n\tquery-error\n\n';
  assert.equal(await said('query'), `${near}Run 'dmctl --help' for usage.\n`);
  assert.equal(await said('qs'), 'Error: unknown command "qs" for "dmctl"\nRun \'dmctl --help\' for usage.\n');
  assert.equal(
    await said('\ufeffquery-status'),
    'Error: unknown command "\\ufeffquery-status" for "dmctl"\nRun \'dmctl --help\' for usage.\n',
  );
  assert.match(await said('help nosuch'), /^Unknown help topic \[`nosuch`\]\n/);
});

test('piped lines are never confirmed, with -confirm they are rejected, and -read-only applies everywhere', () =>
  withMaster(undefined, async (master) => {
    const run = (...flags: string[]): ReturnType<typeof runProgram> =>
      runProgram(['-master-addr', master.address, ...flags], { stdin: 'stop-task t\n' });
    await run();
    assert.equal(master.calls.length, 1);
    assert.match(
      (await run('-confirm')).stderr,
      /stop-task must be confirmed, but there is no terminal to ask on\. Nothing was sent\. Use -yes to confirm it in advance/,
    );
    assert.match(
      (await run('-read-only')).stderr,
      /stop-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it/,
    );
    assert.equal(master.calls.length, 1);
  }));
