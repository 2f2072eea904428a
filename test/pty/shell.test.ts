// The shell in a real pseudo-terminal: the visible screen, not the escape codes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from '../harness/posix.ts';
import { answer, type Reply, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const RED = 1;

async function inShell(
  reply: (method: string) => Reply | undefined,
  use: (terminal: Terminal, calls: () => number) => Promise<void>,
  options: ConstructorParameters<typeof Terminal>[1] & { readonly flags?: readonly string[] } = {},
): Promise<void> {
  await withMaster(reply, async (master) => {
    const terminal = new Terminal(['-master-addr', master.address, ...(options.flags ?? [])], options);
    try {
      await terminal.until(/^» *$/m);
      await use(terminal, () => master.calls.length);
    } finally {
      terminal.close();
    }
  });
}

const ok = (): Reply => answer('QueryStatus', { result: true, msg: '一切正常' });

for (const columns of [40, 80, 200]) {
  test(`a command can be typed and is answered at ${columns} columns, with Chinese text`, () =>
    inShell(
      ok,
      async (terminal) => {
        assert.equal(terminal.colourOf('»'), RED);
        terminal.type('query-status 任务一二三\r');
        await terminal.until(/"msg": "一切正常"[\s\S]*» *$/);
        assert.match(terminal.text().replaceAll('\n', ''), /» query-status 任务一二三\s*\{ {4}"result": true/);
        terminal.type('\x04');
        assert.equal(await terminal.ended(), 0);
        assert.match(terminal.text(), /\ndmctl exit$/);
      },
      { columns },
    ));
}

test('Ctrl-C ends the call and keeps the shell, and at the prompt it clears the line', () =>
  inShell(
    (method) => (method === 'OperateTask' ? { odd: 'hang' } : ok()),
    async (terminal, calls) => {
      terminal.type('pause-task t\r');
      await new Promise<void>((resolve) => {
        const look = (): void => (calls() > 0 ? resolve() : void setImmediate(look));
        look();
      });
      terminal.type('\x03');
      await terminal.until(/interrupted\. The DM-master may still carry out the call\n» *$/);
      terminal.type('never sent\x03');
      await terminal.until(/\^C\n» *$/);
      terminal.type('query-status\r');
      await terminal.until(/"result": true/);
      terminal.type('quit\r');
      assert.equal(await terminal.ended(), 0);
      assert.equal(calls(), 2);
    },
    { flags: ['-yes'] },
  ));

test('the statements to send are shown with numbers, and an answer cannot control the terminal', () =>
  inShell(
    () => answer('HandleSQLs', { result: true, msg: 'a\u009b31mb\u007f' }),
    async (terminal) => {
      terminal.type("sql-replace -w a -b f|000001.000003:4 t ALTER TABLE a ADD c INT; UPDATE b SET c = 'x  y'\r");
      await terminal.until(/"result": true/);
      assert.match(
        terminal.text().replaceAll('\n', ''),
        /SQL to replace: {2}1\. ALTER TABLE a ADD c INT; {2}2\. UPDATE b SET c = 'x {2}y'/,
      );
      assert.match(terminal.text(), /"msg": "a\\u009b31mb\\u007f"/);
    },
    { columns: 120, flags: ['-yes'] },
  ));

test('without color the prompt is plain', () =>
  inShell(ok, async (terminal) => assert.equal(terminal.colourOf('»'), -1), { env: { NO_COLOR: '1' } }));

test('-encrypt - asks without showing the typed text', async () => {
  const terminal = new Terminal(['-encrypt', '-']);
  await terminal.until(/Password to encrypt:/);
  terminal.type('secret\r');
  await terminal.until(/^[A-Za-z0-9+/]{20,}=*$/m);
  assert.doesNotMatch(terminal.text(), /secret/);
  assert.equal(await terminal.ended(), 0);
  terminal.close();
});

test('Ctrl-C at the question leaves a clean screen', async () => {
  const terminal = new Terminal(['-encrypt', '-']);
  await terminal.until(/Password to encrypt:/);
  terminal.type('\x03');
  assert.equal(await terminal.ended(), 130);
  assert.doesNotMatch(terminal.text(), /at .*:\d+:\d+|ExitPromptError/);
  terminal.close();
});

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} at the question ends it and shows the cursor`, async () => {
    const terminal = new Terminal(['-encrypt', '-']);
    await terminal.until(/Password to encrypt:/);
    await terminal.until(() => terminal.bytes.includes('\u001b[?25l'));
    terminal.signal(signal);
    assert.equal(await terminal.ended(), status);
    assert.ok(terminal.bytes.lastIndexOf('\u001b[?25h') > terminal.bytes.lastIndexOf('\u001b[?25l'));
    terminal.close();
  });
}

test('an answer goes to a program or into a file; what is wrong stays on the terminal', () => {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-redirect-'));
  return inShell(
    ok,
    async (terminal, calls) => {
      terminal.type('query-status | sed -n \'s/.*"msg"/found/p\'\r');
      await terminal.until(/\n {0,4}found: "一切正常",\n» *$/);
      terminal.type('query-status -o jsonl > a.json\r');
      await terminal.until(/> a\.json\n» *$/);
      terminal.type('query-status -o jsonl >> a.json\r');
      await terminal.until(/>> a\.json\n» *$/);
      const line = '{"result":true,"msg":"一切正常","workers":[]}\n';
      assert.equal(fs.readFileSync(path.join(cwd, 'a.json'), 'utf8'), line + line);
      assert.equal(calls(), 3);
      terminal.type('query-status > no/such\r');
      await terminal.until(/cannot open the file no\/such: .*Nothing was sent\n» *$/s);
      terminal.type('query-status --nosuch > b.json\r');
      await terminal.until(/Error: unknown flag: --nosuch\n[\s\S]*» *$/);
      terminal.type('watch query-status | cat\r');
      await terminal.until(/watch cannot be sent to a program at the prompt\. Nothing was sent/);
      assert.equal(calls(), 3);
      terminal.type('query-status\r');
      await terminal.until(/"result": true/);
    },
    { columns: 160, cwd },
  ).finally(() => fs.rmSync(cwd, { recursive: true }));
});

for (const term of ['xterm-256color', 'dumb']) {
  test(`encrypt asks at the prompt without showing what is typed, and the history keeps nothing of it (${term})`, () =>
    inShell(
      ok,
      async (terminal, calls) => {
        terminal.type('encrypt\r');
        await terminal.until(/Password to encrypt:/);
        terminal.type('sexret\x7f\x7f\x7f\x7fcret\r');
        await terminal.until(/^[A-Za-z0-9+/]{20,}=*\n» *$/m);
        const cipher = /^[A-Za-z0-9+/]{20,}=*$/m.exec(terminal.text())?.[0] as string;
        terminal.type(`decrypt ${cipher}\r`);
        await terminal.until(/^secret\n» *$/m);
        terminal.type('encrypt -\r');
        await terminal.until(/Password to encrypt:[\s\S]*Password to encrypt:/);
        terminal.type('\x03');
        await terminal.until(/nothing was sent\n» *$|interrupted[^»]*» *$/);
        terminal.type('history\r');
        await terminal.until(/history\n +1 {2}history\n» *$/);
        assert.equal(calls(), 0);
      },
      { env: { TERM: term } },
    ));
}

test('clear clears the screen, and ? is help', () =>
  inShell(ok, async (terminal) => {
    terminal.type('? exit-status\r');
    await terminal.until(/Exit status\n[\s\S]*» *$/);
    terminal.type('clear\r');
    await terminal.until(/^» *$/);
    terminal.type('query-status\r');
    await terminal.until(/^» query-status\n\{\n/);
  }));

test('Ctrl-L on a terminal without control sequences gives a new prompt, and no such sequence', () =>
  inShell(
    ok,
    async (terminal, calls) => {
      terminal.type('\x0c\r');
      await terminal.until(/» (\^L)?\n» *$/);
      terminal.type('\x0cquery-status\r');
      await terminal.until(/"result": true[\s\S]*\n» *$/);
      assert.equal(calls(), 1);
      assert.ok(!terminal.bytes.includes('\u001b'));
      terminal.type('clear\r');
      await terminal.until(/clear\n» *$/);
      assert.ok(!terminal.bytes.includes('\u001b'));
    },
    { env: { TERM: 'dumb' } },
  ));
