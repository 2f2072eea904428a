// `fmt`: what it prints, writes and refuses. test/config-files/format.test.ts has the formats.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SOURCE, TASK, WORKER } from '../config-files/cases.ts';
import { type Result, runProgram, type World } from '../harness/run.ts';

const MESSY = 'task-mode:   all\nname: t # mine\ntarget-database: {user: root, host: h, password: hunter2,  port: 1}\n';
const TIDY = 'name: t # mine\ntask-mode: all\ntarget-database: {host: h, port: 1, user: root, password: hunter2}\n';

async function fmt(args: readonly string[], world: World = {}): Promise<Result & { readonly replaced: Record<string, string> }> {
  const replaced: Record<string, string> = {};
  const onReplace = (path: string, text: string): void => {
    replaced[path] = text;
  };
  return { ...(await runProgram(['fmt', ...args], { ...world, onReplace })), replaced };
}

test('the file is replaced, and the difference is printed without the password', async () => {
  const { stdout, stderr, status, replaced } = await fmt(['t.yaml'], { files: { 't.yaml': MESSY } });
  assert.deepEqual([stderr, status, replaced], ['', 0, { 't.yaml': TIDY }]);
  assert.match(
    stdout,
    /^--- t\.yaml\n\+\+\+ t\.yaml\n@@ -1,3 \+1,3 @@\n-task-mode: {3}all\n name: t # mine\n-target-database: [^\n]*\n\+task-mode: all\n\+target-database: /,
  );
  assert.ok(!stdout.includes('hunter2'));
});

test('a formatted file is not written, and nothing is printed', async () => {
  const { stdout, stderr, status, replaced } = await fmt(['t.yaml'], { files: { 't.yaml': TIDY } });
  assert.deepEqual([stdout, stderr, status, replaced], ['', '', 0, {}]);
});

test('--check writes nothing: status 1 if a file would change', async () => {
  const files = { 'messy.yaml': MESSY, 'tidy.yaml': TIDY };
  const both = await fmt(['--check', 'tidy.yaml', 'messy.yaml'], { files });
  assert.match(both.stdout, /^--- messy\.yaml\n/);
  assert.deepEqual([both.status, both.replaced], [1, {}]);
  const one = await fmt(['--check', 'tidy.yaml'], { files });
  assert.deepEqual([one.stdout, one.status], ['', 0]);
});

test('standard input and --stdout print the whole text', async () => {
  const piped = await fmt(['-'], { stdin: MESSY });
  assert.deepEqual([piped.stdout, piped.stderr, piped.status], [TIDY, '', 0]);
  const named = await fmt(['--stdout', 't.yaml'], { files: { 't.yaml': `\ufeff${MESSY}` } });
  assert.deepEqual([named.stdout, named.status, named.replaced], [`\ufeff${TIDY}`, 0, {}]);
});

test('--upgrade replaces keys, and reports those that it leaves', async () => {
  const text = 'name: t\ntask-mode: all\nis-sharding: true\nsyncers:\n  global:\n    enable-gtid: true\n    max-retry: 1\n';
  const { stderr, status, replaced } = await fmt(['--upgrade', '--dm', '8.5', 't.yaml'], { files: { 't.yaml': text } });
  assert.equal(replaced['t.yaml'], 'name: t\ntask-mode: all\nshard-mode: pessimistic\nsyncers:\n  global:\n    enable-gtid: true\n');
  assert.equal(
    stderr,
    'warning: t.yaml:6: enable-gtid is deprecated. It was not replaced: remove it: enable-gtid of the source file counts\n',
  );
  assert.equal(status, 0);
  const again = await fmt(['--upgrade', '--dm', '8.5', '--check', 't.yaml'], { files: replaced });
  assert.deepEqual([again.stdout, again.status], ['', 0]);
});

test('without --dm and a master, --upgrade says for which release', async () => {
  const { stderr } = await fmt(['--upgrade', 't.yaml'], { files: { 't.yaml': TIDY } });
  assert.equal(stderr, 'note: the file is for DM 8.5: no DM-master is named. Choose another with --dm\n');
});

test('what cannot be formatted is left as it is, and the others are formatted', async () => {
  const cases: readonly (readonly [file: string, text: string | Buffer, message: RegExp])[] = [
    ['bad.yaml', TASK.replace('  host', '\thost'), /^bad\.yaml has a mistake in line 4: /],
    ['bad.yaml', `${TASK}---\nname: b\n`, /^bad\.yaml has a mistake in line \d+: DM reads only the first document/],
    ['bad.yaml', `${TASK}name: b\n`, /^bad\.yaml has a mistake in line \d+: /],
    ['bad.yaml', 'a: b\n', /^bad\.yaml is not a configuration file of DM\. It is unchanged\n/],
    ['bad.yaml', Buffer.from('name: \xff', 'latin1'), /^bad\.yaml is not UTF-8\. It is unchanged\n/],
    ['bad.toml', WORKER, /^bad\.toml is a worker file\. fmt formats task and source files\. It is unchanged\n/],
  ];
  for (const [file, text, message] of cases) {
    const { stderr, status, replaced } = await fmt([file, 'none.yaml', 't.yaml'], { files: { [file]: text, 't.yaml': MESSY } });
    assert.match(stderr, message);
    assert.match(stderr, /\nopen none\.yaml: no such file or directory\n$/);
    assert.deepEqual([status, Object.keys(replaced)], [2, ['t.yaml']]);
  }
});

test('invalid combinations of flags are refused', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { stderr, status, replaced } = await fmt([...args, 's.yaml'], { files: { 's.yaml': SOURCE } });
    assert.deepEqual([status, replaced], [2, {}]);
    return stderr;
  };
  assert.match(await refused('--check', '--stdout'), /^Error: --check and --stdout exclude each other\. Use one of them\n/);
  assert.match(await refused('--dm', '8.5'), /^Error: --dm works only with --upgrade\n/);
  assert.match(await refused('--upgrade', '--dm', '1.0.7'), /^Error: --upgrade replaces keys for DM 2\.0 and later, not for DM 1\.0\.7\. /);
  assert.match(await refused('--upgrade', '--dm', 'x'), /^Error: invalid release "x" in --dm: /);
});
