// top on a terminal, against the sandbox of both generations: what it shows, how keys change it, and how it leaves the screen.

import assert from 'node:assert/strict';
import { startSandbox as startFirst } from '../../src/sandbox/v1/server.ts';
import { startSandbox as startLater } from '../../src/sandbox/v2/server.ts';
import { test } from '../harness/posix.ts';
import { answer, type Reply, withMaster } from '../harness/run.ts';
import { Terminal, type TerminalOptions } from '../harness/terminal.ts';

type Use = (terminal: Terminal) => Promise<void>;

async function at(
  address: string,
  use: Use,
  options: TerminalOptions = {},
  words: readonly string[] = ['top', '--interval', '0.3'],
): Promise<void> {
  const terminal = new Terminal(['-master-addr', address, '-history', 'none', ...words], { columns: 100, rows: 30, ...options });
  try {
    await use(terminal);
  } finally {
    terminal.close();
  }
}

const SANDBOXES = [
  ['DM 1.0', () => startFirst({ listen: '127.0.0.1:0', workers: 16, tasks: 40 })],
  ['DM 8.5', () => startLater({ listen: '127.0.0.1:0', workers: 16, tasks: 40, release: '8.5.0' })],
] as const;

for (const [name, start] of SANDBOXES) {
  test(`${name}: 16 workers and 40 tasks: totals, rows, sub tasks, filter, details, and a command with its question`, async () => {
    const sandbox = await start();
    try {
      await at(sandbox.address, async (terminal) => {
        await terminal.until(
          /^dmctl top[\s\S]*40 tasks +640 sub tasks: 640 running +16 workers[\s\S]*\n\+ task-01 +▸ Running +16 running[\s\S]*\? help {2}q quit.*Enter details$/,
        );
        assert.equal(terminal.text().split('\n').length, 30);
        terminal.type('\x1b[B\x1b[C');
        await terminal.until(/- task-02 +▸ Running +16 running[\s\S]*\n {4}\S+ +▸ Running +Sync/);
        terminal.type('\x1b[D/task-3');
        await terminal.until(/\/task-3█[\s\S]*$/);
        await terminal.until(() => /task-39/.test(terminal.text()) && !/task-02/.test(terminal.text()));
        terminal.type('\r\x1b[H\r');
        await terminal.until(/task-30: 16 sub tasks\n\n[\s\S]*source +\S+\nstage +Running, Sync/);
        terminal.type('\x1b');
        await terminal.until(/^\+ task-30/m);
        terminal.type('p');
        await terminal.until(/» pause-task task-30\n\? Run it\? \(y\/N\)/);
        terminal.type('n\r');
        await terminal.until(/not run: pause-task task-30/);
        terminal.type('p');
        await terminal.until(/» pause-task task-30\n\? Run it\? \(y\/N\)/);
        terminal.type('y\r');
        await terminal.until(/done on 16 (workers|sources)[\s\S]*Press any key to return to top/);
        terminal.type('z');
        await terminal.until(/pause-task task-30: done[\s\S]*$/);
        await terminal.until(/task-30 +.*= Paused +16 paused/);
        terminal.type('q');
        assert.equal(await terminal.ended(), 0);
        assert.match(terminal.bytes, /\[\?1049h[\s\S]*\[\?25l[\s\S]*\[\?25h[\s\S]*\[\?1049l/);
        assert.doesNotMatch(terminal.text(), /sub tasks/, 'the screen is as it was');
      });
    } finally {
      await sandbox.close();
    }
  });
}

const status = (more: object = {}): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w1',
        sourceID: 's1',
        subTaskStatus: [{ name: 'orders', stage: 'Running', unit: 'Sync', sync: {}, ...more }],
      },
    ],
  });

/** A master whose answer can be changed. */
async function on(
  first: Reply,
  use: (terminal: Terminal, set: (reply: Reply) => void) => Promise<void>,
  options: TerminalOptions = {},
): Promise<void> {
  let reply = first;
  await withMaster(
    (method) => (method === 'QueryStatus' ? reply : answer('ShowDDLLocks', { result: true })),
    (master) =>
      at(
        master.address,
        (terminal) =>
          use(terminal, (next) => {
            reply = next;
          }),
        options,
      ),
  );
}

test('an error is marked, explained, and offers what to do', () =>
  on(status(), async (terminal, set) => {
    await terminal.until(/\+ orders +▸ Running[\s\S]*p pause {2}x stop/);
    set(
      status({ stage: 'Paused', result: { errors: [{ msg: '[code=10006:class=database:scope=downstream] execute statement failed' }] } }),
    );
    await terminal.until(/✗ Paused[\s\S]*database 10006[\s\S]*e explain {2}r resume {2}n skip {2}x stop/);
    assert.match(terminal.bytes, /\[4m/, 'the change is underlined');
    terminal.type('e');
    await terminal.until(/✗ error: 10006 database \(downstream\): execute statement failed\n[\s\S]*type +explain 10006|try/);
    terminal.type('q');
    assert.equal(await terminal.ended(), 0);
  }));

test('without an answer it keeps the last one, and says why', () =>
  on(status(), async (terminal, set) => {
    await terminal.until(/\+ orders/);
    set({ status: { code: 14, text: 'gone' } });
    await terminal.until(/\n✗ gone\n[\s\S]*\+ orders/);
    set({ odd: 'hang' });
    await terminal.until(/no answer for \d+ s[\s\S]*\+ orders/);
    terminal.type('?');
    await terminal.until(/Leave +q, Esc or Ctrl-C/);
    terminal.type('\x03');
    assert.equal(await terminal.ended(), 0);
  }));

test('it follows the size of the terminal, without colors, down to 60 columns and 15 rows', () =>
  on(
    status(),
    async (terminal) => {
      await terminal.until(/\+ orders/);
      for (const [columns, rows] of [
        [60, 15],
        [300, 100],
        [80, 20],
      ] as const) {
        terminal.resize(columns, rows);
        await terminal.until(() => terminal.text().split('\n').length === rows && /\+ orders +▸ Running/.test(terminal.text()));
      }
      assert.equal(terminal.bytes.includes('\x1b[3'), false);
      terminal.type('q');
      assert.equal(await terminal.ended(), 0);
    },
    { env: { NO_COLOR: '1' } },
  ));

for (const name of ['SIGTERM', 'SIGHUP'] as const) {
  test(`${name} restores the screen`, () =>
    on(status(), async (terminal) => {
      await terminal.until(/\+ orders/);
      terminal.signal(name);
      await terminal.ended();
      assert.ok(terminal.bytes.includes('\x1b[?25h\x1b[?1049l'));
    }));
}

test('Ctrl-Z restores the screen until the program continues, and Ctrl-L redraws it', () =>
  on(status(), async (terminal) => {
    await terminal.until(/\+ orders/);
    terminal.type('\x0c');
    await terminal.until(() => terminal.bytes.includes('\x1b[2J'));
    terminal.type('\x1a'); // no shell can stop it here, so it continues at once
    await terminal.until(() => terminal.bytes.split('\x1b[?1049h').length === 3);
    await terminal.until(/\+ orders/);
    terminal.type('q');
    assert.equal(await terminal.ended(), 0);
  }));

test('in the shell it returns to the prompt, and no typed text reaches it', () =>
  withMaster(
    (method) => (method === 'QueryStatus' ? status() : answer('ShowDDLLocks', { result: true })),
    (master) =>
      at(
        master.address,
        async (terminal) => {
          await terminal.until(/» *$/);
          terminal.type('top\r');
          await terminal.until(/\+ orders/);
          terminal.type('zzz\x1b');
          await terminal.until(/» top\n» *$/);
        },
        {},
        [],
      ),
  ));
