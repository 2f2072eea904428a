// The shell in a real pseudo-terminal: the visible screen, not the escape codes.

import assert from 'node:assert/strict';
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
