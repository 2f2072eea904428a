// `encrypt-file` on a terminal: it shows the places, not the passwords, and replaces the file that a link leads to.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decryptPassword } from '../../src/domain/password-cipher.ts';
import { test } from '../harness/posix.ts';
import { Terminal } from '../harness/terminal.ts';

const TEXT = `name: orders # the task
target-database:
  host: 127.0.0.1
  password: hunter2 # of the owner
`;

test('Enter means no, y encrypts; the link and the permissions stay', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-encrypt-'));
  const file = path.join(folder, 'real.yaml');
  fs.writeFileSync(file, TEXT);
  fs.chmodSync(file, 0o640);
  fs.symlinkSync('real.yaml', path.join(folder, 'link.yaml'));
  const run = async (answer: string): Promise<[number, string]> => {
    const terminal = new Terminal(['encrypt-file', '--dm', '6.5', 'link.yaml'], { cwd: folder, env: { NO_COLOR: '1' } });
    try {
      await terminal.until(
        /Plain-text passwords:\n {2}link\.yaml:4: target-database\.password\n\? Encrypt 1 password in place\? \(y\/N\) *$/,
      );
      terminal.type(answer);
      const status = await terminal.ended();
      assert.ok(!terminal.bytes.includes('hunter2'));
      return [status, terminal.text().split('\n').at(-1) ?? ''];
    } finally {
      terminal.close();
    }
  };
  try {
    assert.deepEqual(await run('\r'), [2, 'No file was changed']);
    assert.equal(fs.readFileSync(file, 'utf8'), TEXT);
    assert.deepEqual(await run('y\r'), [0, 'link.yaml:4: target-database.password encrypted']);
    const [, cipherText = ''] = /password: "([^"]+)" # of the owner\n$/.exec(fs.readFileSync(file, 'utf8')) ?? [];
    assert.equal(decryptPassword(cipherText).toString(), 'hunter2');
    assert.deepEqual([fs.lstatSync(path.join(folder, 'link.yaml')).isSymbolicLink(), fs.statSync(file).mode & 0o777], [true, 0o640]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
