// `encrypt-file` with --yes: what it changes, what it leaves, and what it refuses. test/pty/encrypt-file.test.ts has the question.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptPassword, encryptPassword } from '../../src/domain/password-cipher.ts';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { SOURCE, TASK, WORKER } from '../config-files/cases.ts';
import { type Result, runProgram, type World } from '../harness/run.ts';

const SECRET = 'hunter2';
const CIPHERTEXT = /"([A-Za-z0-9+/=]{24,})"/;

interface Outcome extends Result {
  /** The files that were replaced, with their new text. */
  readonly replaced: Readonly<Record<string, string>>;
}

async function encryptFile(args: readonly string[], files: World['files'], before: readonly string[] = []): Promise<Outcome> {
  const replaced: Record<string, string> = {};
  const onReplace = (path: string, text: string): void => {
    replaced[path] = text;
  };
  const result = await runProgram([...before, 'encrypt-file', ...args], { files: files ?? {}, onReplace });
  for (const text of [result.stdout, result.stderr]) assert.ok(!text.includes(SECRET), text);
  return { ...result, replaced };
}

/** The text with a mark for the new ciphertext, which must decrypt to the password. */
function marked(text: string | undefined, password = SECRET): string {
  const [, cipherText = ''] = CIPHERTEXT.exec(text ?? '') ?? [];
  assert.equal(decryptPassword(cipherText).toString(), password);
  return (text ?? '').replace(`"${cipherText}"`, 'MARK');
}

const FORMS: readonly (readonly [name: string, file: string, text: string, written: string])[] = [
  ['a quoted password', 't.yaml', TASK.replace('password: ""', 'password: "hunter2" # "mine" # twice'), '"hunter2"'],
  ['a password in single quotes', 't.yaml', TASK.replace('password: ""', "password:   'hunter2'   "), "'hunter2'"],
  ['a password without quotes', 't.yaml', TASK.replace('password: ""', 'password: hunter2'), 'hunter2'],
  ['CRLF', 't.yaml', TASK.replace('password: ""', 'password: hunter2').replaceAll('\n', '\r\n'), 'hunter2'],
  ['a byte order mark', 't.yaml', `\ufeff${TASK.replace('password: ""', 'password: hunter2')}`, 'hunter2'],
  ['a flow mapping', 's.yaml', 'source-id: a\nfrom: {host: h, port: 1, password: hunter2, user: u}', 'hunter2'],
  ['a source file', 's.yaml', SOURCE.replace('password: ""', 'password: hunter2\n  # password: old'), 'hunter2'],
  ['a worker file', 'w.toml', WORKER.replace('password = ""', 'password="hunter2" # comment'), '"hunter2"'],
];

for (const [name, file, text, written] of FORMS) {
  test(`${name}: nothing else changes`, async () => {
    const { stdout, stderr, status, replaced } = await encryptFile(['--yes', '--dm', file === 'w.toml' ? '1.0.7' : '6.5', file], {
      [file]: text,
    });
    assert.deepEqual([stderr, status], ['', 0]);
    assert.match(stdout, new RegExp(`^${file}:\\d+: (?:target-database|from)\\.password encrypted\n$`));
    assert.equal(marked(replaced[file]), text.replace(written, 'MARK'));
  });
}

test('a number is a password too', async () => {
  const { replaced } = await encryptFile(['--yes', '--dm', '6.5', 't.yaml'], { 't.yaml': TASK.replace('""', '007') });
  assert.equal(marked(replaced['t.yaml'], '007'), TASK.replace('""', 'MARK'));
});

test('files without a password and encrypted ones stay', async () => {
  const files = { 'empty.yaml': TASK, 'done.yaml': TASK.replace('""', `"${encryptPassword(Buffer.from(SECRET))}"`) };
  const { stdout, status, replaced } = await encryptFile(['--yes', '--dm', '6.5', 'empty.yaml', 'done.yaml'], files);
  assert.equal(stdout, 'empty.yaml: no password\ndone.yaml:7: target-database.password is already encrypted\n');
  assert.deepEqual([status, replaced], [0, {}]);
});

test('a ciphertext of another key stays, with a warning', async () => {
  const other = Buffer.concat([Buffer.alloc(16, 7), Buffer.from('@'), Buffer.alloc(9, 0x99)]).toString('base64');
  const { stderr, status, replaced } = await encryptFile(['--yes', '--dm', '6.5', 't.yaml'], {
    't.yaml': TASK.replace('""', `"${other}"`),
  });
  assert.match(
    stderr,
    /^warning: t\.yaml:7: target-database\.password has the form of an encrypted password, but probably not with the key/,
  );
  assert.deepEqual([status, replaced], [0, {}]);
});

test('without a terminal, --yes is required', async () => {
  const { stderr, status, replaced } = await encryptFile(['--dm', '6.5', 't.yaml'], { 't.yaml': TASK.replace('""', SECRET) });
  assert.equal(stderr, 'encrypt-file must be confirmed, but there is no terminal. No file was changed. Add --yes to confirm\n');
  assert.deepEqual([status, replaced], [2, {}]);
});

test('from DM 8.0 on the DM-master encrypts, and it is required', async () => {
  const files = { 't.yaml': TASK.replace('""', SECRET) };
  const alone = await encryptFile(['--yes', '--dm', '8.5', 't.yaml'], files);
  assert.equal(alone.stderr, 'from DM 8.0 on only the DM-master can encrypt a password. Name it with -master-addr. No file was changed\n');
  assert.deepEqual([alone.status, alone.replaced], [2, {}]);
  const { address, close } = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0', clock: () => 0 });
  try {
    const { stdout, status, replaced } = await encryptFile(['--yes', 't.yaml'], files, ['-master-addr', address]);
    assert.deepEqual([stdout, status], ['t.yaml:7: target-database.password encrypted\n', 0]);
    assert.equal(replaced['t.yaml']?.replace(CIPHERTEXT, 'MARK'), TASK.replace('""', 'MARK'));
    const again = await encryptFile(['--yes', 't.yaml'], replaced, ['-master-addr', address]);
    assert.deepEqual([again.stdout, again.replaced], ['t.yaml:7: target-database.password is already encrypted\n', {}]);
    const shared = { 't.yaml': TASK.replace('""', `"${encryptPassword(Buffer.from(SECRET))}"`) };
    const old = await encryptFile(['--yes', 't.yaml'], shared, ['-master-addr', address]);
    assert.match(old.stderr, /^t\.yaml:7: target-database\.password is encrypted with the key of DM 7\.x and earlier, which DM 8\.0 /);
    assert.deepEqual([old.stdout, old.replaced], ['t.yaml:7: target-database.password stays unchanged\n', {}]);
  } finally {
    await close();
  }
});

test('what cannot be changed safely is refused before any file is changed', async () => {
  const plain = TASK.replace('""', SECRET);
  const cases: readonly (readonly [text: string | Buffer, message: RegExp])[] = [
    [plain.replace('  host', '\thost'), /^bad\.yaml has a mistake in line 4: /],
    [plain.replace('hunter2', '|\n    hunter2'), /^bad\.yaml has a target-database\.password in line 7 that is an alias, or is not /],
    [plain.replace('hunter2', '&p hunter2'), /^bad\.yaml has a target-database\.password in line 7 that is an alias, or is not /],
    [
      plain.replace('user: root', 'user: &p hunter2').replace('password: hunter2', 'password: *p'),
      /^bad\.yaml has a target-database\.password in line 7 that is an alias/,
    ],
    [plain.replace('hunter2', '[hunter2]'), /^bad\.yaml has a target-database\.password in line 7 that is not a text\. /],
    [plain.replace('user: root', 'password: hunter2'), /^bad\.yaml has a mistake in line /],
    ['a: b\n', /^bad\.yaml is not a configuration file of DM\. /],
    [Buffer.from('name: \xff', 'latin1'), /^bad\.yaml is not UTF-8\. Save it as UTF-8\. /],
  ];
  for (const [text, message] of cases) {
    const { stderr, status, replaced } = await encryptFile(['--yes', '--dm', '6.5', 'good.yaml', 'bad.yaml'], {
      'good.yaml': plain,
      'bad.yaml': text,
    });
    assert.match(stderr, message);
    assert.match(stderr, /No file was changed\n$/);
    assert.deepEqual([status, replaced], [2, {}]);
  }
  const { stderr } = await encryptFile(['--yes', 'none.yaml'], {});
  assert.equal(stderr, 'open none.yaml: no such file or directory. No file was changed\n');
});

test('the release must be known, because it decides about the key', async () => {
  const { stderr, status } = await encryptFile(['--yes', 't.yaml'], { 't.yaml': TASK.replace('""', SECRET) });
  assert.match(
    stderr,
    /^the release of DM that reads t\.yaml is unknown, because no DM-master is named\. Name it with --dm, such as --dm 6\.5\. /,
  );
  assert.equal(status, 2);
});
