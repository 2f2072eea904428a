// `init` on a terminal: its questions, and the file that follows from the answers.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { test } from '../harness/posix.ts';
import { Terminal } from '../harness/terminal.ts';

/** Runs the program in an empty folder. */
async function run(args: readonly string[], use: (terminal: Terminal, folder: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-init-'));
  const terminal = new Terminal(args, { columns: 110, rows: 50, cwd: folder, env: { NO_COLOR: '1' } });
  try {
    await use(terminal, folder);
  } finally {
    terminal.close();
    fs.rmSync(folder, { recursive: true });
  }
}

test('a task file: the sources of the cluster are offered, and the password is neither shown nor stored in plain text', async () => {
  const { address, close } = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0', clock: () => 0 });
  try {
    await run(['-master-addr', address, 'init', 'task'], async (terminal, folder) => {
      await terminal.until(/The name of the task, unique in the cluster\.\n\? Name: *$/);
      terminal.type('orders\r');
      await terminal.until(/What the task does\.\n\? Mode:[^\n]*\n❯ all +copies all rows, then replicates changes\n/);
      terminal.type('\r');
      await terminal.until(/\? Sources:[^\n]*\n❯◯ mysql-replica-01 on worker1\n ◯ mysql-replica-02 on worker2\n/);
      terminal.type('a\r');
      await terminal.until(/\? Host: *$/);
      terminal.type('10.0.0.1\r');
      await terminal.until(/\? Port: 4000 *$/);
      terminal.type('x\r');
      await terminal.until(/invalid value "4000x": use a number from 1 to 65535\n\? Port: 4000x *$/);
      terminal.type('\u007f\r');
      await terminal.until(/\? User: root *$/);
      terminal.type('\r');
      await terminal.until(/Enter alone means no password\.\n\? Password: \[input is masked\]/);
      terminal.type('hunter2\r');
      await terminal.until(/\? Shard mode:[^\n]*\n❯ none/);
      terminal.type('\u001b[B\r');
      await terminal.until(/\? Schemas: \* *$/);
      terminal.type('\r');
      await terminal.until(/\? Routes: - *$/);
      terminal.type('\u007fshop_*.order_*=shop.orders\r');
      await terminal.until(/\? File: orders\.yaml *$/);
      fs.writeFileSync(path.join(folder, 'mine.yaml'), '');
      terminal.type(`${'\u007f'.repeat('orders.yaml'.length)}mine.yaml\r`);
      await terminal.until(/mine\.yaml exists, and init replaces no file\n\? File: mine\.yaml *$/);
      terminal.type(`${'\u007f'.repeat('mine.yaml'.length)}orders.yaml\r`);
      await terminal.until(/ {2}password: "?\*{6}"?\n[\s\S]*\? Write orders\.yaml\? \(y\/N\) *$/);
      terminal.type('y\r');
      assert.equal(await terminal.ended(), 0);
      await terminal.until(/orders\.yaml: task file written, and no errors found\nhint: check it[\s\S]*start-task\s+orders\.yaml\.?$/);
      assert.ok(!terminal.bytes.includes('hunter2'));
      const file = path.join(folder, 'orders.yaml');
      const text = fs.readFileSync(file, 'utf8');
      assert.equal(fs.statSync(file).mode & 0o777, 0o600);
      assert.match(text, /^# task file of DM 8\.5\.0\n[\s\S]*\nshard-mode: pessimistic\n[\s\S]*\n {2}host: "10\.0\.0\.1"\n/);
      assert.match(text, /\n {2}- source-id: mysql-replica-01\n[\s\S]*\n {2}- source-id: mysql-replica-02\n/);
      assert.ok(!text.includes('hunter2'));
    });
  } finally {
    await close();
  }
});

test('without a master: a plain password is written only after a question, and Esc leaves', async () => {
  await run(['init', 'source', 's.yaml', '--dm', '8.5', '--source-id', 'a', '--host', 'h', '--user', 'u'], async (terminal, folder) => {
    await terminal.until(/\? Flavor:/);
    terminal.type('\r');
    await terminal.until(/\? GTID:[^\n]*\n❯ no\n {2}yes/);
    terminal.type('\r');
    await terminal.until(/\? Port: 3306 *$/);
    terminal.type('\r');
    await terminal.until(/\? Password: \[input is masked\]/);
    terminal.type('hunter2\r');
    await terminal.until(/only the DM-master can encrypt a password[\s\S]*\? Write the password in plain text\? \(y\/N\) *$/);
    terminal.type('\r');
    assert.equal(await terminal.ended(), 2);
    await terminal.until(/the password is not encrypted\. Nothing was written$/);
    assert.deepEqual(fs.readdirSync(folder), []);
  });
  await run(['init'], async (terminal, folder) => {
    await terminal.until(/❯ task\n {2}source\n {2}worker\n {2}master/);
    terminal.type('\r');
    await terminal.until(/\? Name: *$/);
    terminal.type('\u001b');
    assert.equal(await terminal.ended(), 130);
    await terminal.until(/cancelled\. Nothing was sent$/);
    assert.deepEqual(fs.readdirSync(folder), []);
  });
});

test('an existing file is refused before the first question', async () => {
  await run(['-master-addr', '127.0.0.1:1', 'init', 'task', '.'], async (terminal) => {
    assert.equal(await terminal.ended(), 2);
    assert.match(
      terminal.text(),
      /^cannot write \.: the file exists, and init replaces no file\. Choose another name\. Nothing was written/,
    );
  });
});

test('in the shell, init asks and writes without leaving it', async () => {
  await run(['-master-addr', '127.0.0.1:1', '-history', 'none'], async (terminal, folder) => {
    await terminal.until(/» *$/);
    terminal.type('init source s.yaml --dm 6.5 --source-id a --host h --port 3306 --user u --flavor mysql --enable-gtid\r');
    await terminal.until(/note: the DM-master at 127\.0\.0\.1:1 does not answer\n[\s\S]*\? Password: \[input is masked\]/);
    terminal.type('hunter2\r');
    await terminal.until(/\? Write s\.yaml\? \(y\/N\) *$/);
    terminal.type('y\r');
    await terminal.until(/s\.yaml: source file written, and no errors found\n[\s\S]*» *$/);
    assert.match(fs.readFileSync(path.join(folder, 's.yaml'), 'utf8'), /^# source file of DM 6\.5\n/);
    assert.ok(!terminal.bytes.includes('hunter2'));
  });
});
