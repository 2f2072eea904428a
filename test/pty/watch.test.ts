// A watch on a terminal: a screen that is redrawn in place, and a scrollback with its last frame once. Also the line of a wait.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { answer, type Reply, withMaster } from '../harness/run.ts';
import { Terminal, type TerminalOptions } from '../harness/terminal.ts';

const FAST = ['--interval', '0.2'];
const UNDERLINED = '\u001b[4m';

interface Stand {
  stage?: string;
  name?: string;
  count?: number;
}

const cluster = ({ stage = 'Running', name = 'test', count = 1 }: Stand): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: '127.0.0.1:8262',
        sourceID: 'mysql-1',
        subTaskStatus: Array.from({ length: count }, (_, i) => ({ name: `${name}${i || ''}`, stage, unit: 'Sync', sync: {} })),
        relayStatus: { stage: 'Running' },
      },
    ],
  });

type Use = (terminal: Terminal, set: (reply: Reply) => void) => Promise<void>;

/** The program on a terminal, with a master whose answer can be changed. */
async function on(first: Reply, words: readonly string[], use: Use, options: TerminalOptions = {}): Promise<void> {
  let reply = first;
  await withMaster(
    () => reply,
    async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, '-history', 'none', ...words], options);
      try {
        await use(terminal, (next) => {
          reply = next;
        });
      } finally {
        terminal.close();
      }
    },
  );
}

const AWAY: Reply = { status: { code: 14, text: 'gone' } };
const count = (text: string, what: RegExp): number => text.match(new RegExp(what, 'g'))?.length ?? 0;

test('it is redrawn in place, marks changes, and leaves its last frame once', () =>
  on(cluster({}), ['watch', ...FAST, 'query-status', '-w', 'w1'], async (terminal, set) => {
    await terminal.until(
      /^every 0\.2 s: query-status -w w1 +\d\d:\d\d:\d\d \d+ ms\n\n1 sub task: 1 running\n\nTASK +WORKER[\s\S]*test +127\.0\.0\.1:8262 +mysql-1 +▸ Running/,
    );
    assert.ok(!terminal.bytes.includes(UNDERLINED));
    set(cluster({ stage: 'Paused' }));
    await terminal.until(/= Paused/);
    assert.match(terminal.bytes, /\[4m.*= Paused/);
    assert.equal(terminal.top(), 0);
    terminal.type('\x03');
    assert.equal(await terminal.ended(), 130);
    assert.equal(count(terminal.text(), /every 0\.2 s/), 1);
    assert.equal(count(terminal.text(), /= Paused/), 1);
    assert.match(terminal.bytes, /\[\?1049h[\s\S]*\[\?25l[\s\S]*\[\?25h[\s\S]*\[\?1049l/);
  }));

test('in the shell Ctrl-C ends it and returns to the prompt, and the earlier screen is restored', () =>
  on(cluster({}), [], async (terminal) => {
    await terminal.until(/» *$/);
    terminal.type(`watch ${FAST.join(' ')} query-status\r`);
    await terminal.until(/^every/);
    terminal.type('\x03');
    await terminal.until(
      /Welcome to dmctl[\s\S]*» watch --interval 0\.2 query-status\nevery 0\.2 s[\s\S]*1 sub task: 1 running\n[\s\S]*Running.*\n» *$/,
    );
    assert.equal(count(terminal.text(), /every/), 1);
  }));

test('q quits, and no typed text reaches the prompt', () =>
  on(cluster({}), [], async (terminal) => {
    await terminal.until(/» *$/);
    for (const keys of ['stop-task t\x1b[A\x04\x15q', 'z\x1b', '\x1b[1;5Cq\rexit\r']) {
      terminal.type(`watch ${FAST.join(' ')} query-status\r`);
      await terminal.until(/^every/);
      terminal.type(keys);
      await terminal.until(/1 sub task: 1 running\n[\s\S]*Running.*\n» *$/);
      terminal.type('\x15\x0b\x0c'); // the line must still be empty
      await terminal.until(/^» *$/);
    }
    terminal.type('query-status x\r');
    await terminal.until(/» query-status x\n/);
  }));

test('q quits a one-shot watch with the status of its last round, and the watch consumes its keys', () =>
  on(cluster({}), ['watch', ...FAST, 'query-status'], async (terminal) => {
    await terminal.until(/▸ Running/);
    terminal.type('stop-task\r');
    terminal.type('q');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /^every[\s\S]*1 running\n[\s\S]*▸ Running.*$/);
    assert.doesNotMatch(terminal.text(), /stop-task/);
  }));

test('Ctrl-L redraws the screen, and Ctrl-Z restores it until the program continues', () =>
  on(cluster({}), ['watch', '--interval', '600', 'query-status'], async (terminal) => {
    await terminal.until(/▸ Running/);
    terminal.type('\x0c');
    await terminal.until(() => terminal.bytes.includes('\x1b[2J'));
    await terminal.until(/▸ Running/);
    terminal.type('\x1a'); // no shell can stop it here, so it continues at once
    await terminal.until(() => terminal.bytes.split('\x1b[?1049h').length === 3);
    const [, first = ''] = terminal.bytes.split('\x1b[?1049h');
    assert.ok(first.endsWith('\x1b[?25h\x1b[?1049l'));
    await terminal.until(/▸ Running/);
    terminal.type('q');
    assert.equal(await terminal.ended(), 0);
  }));

for (const where of ['the prompt', 'the command line', 'the prompt of a terminal that understands no codes'] as const) {
  test(`a question before the first round borrows the keyboard, ${where}`, () => {
    const paused = { name: 't', stage: 'Paused', unit: 'InvalidUnit' };
    const reply = (method: string): Reply =>
      method === 'QueryStatus'
        ? answer('QueryStatus', { result: true, workers: [{ result: true, worker: 'w1', subTaskStatus: [paused] }] })
        : answer('QueryError', { result: true });
    return withMaster(reply, async (master) => {
      const words = ['watch', ...FAST, 'query-error', 't'];
      const atPrompt = where !== 'the command line';
      const dumb = where.endsWith('no codes');
      const flags = ['-master-addr', master.address, '-history', 'none', '-confirm'];
      const terminal = new Terminal([...flags, ...(atPrompt ? [] : words)], dumb ? { env: { TERM: 'dumb' } } : {});
      try {
        if (atPrompt) {
          await terminal.until(/» *$/);
          terminal.type(`${words.join(' ')}\r`);
        }
        await terminal.until(/\(y\/N\) *$/);
        terminal.type('y\r');
        await terminal.until(dumb ? /--- [\s\S]*--- / : /^every/);
        terminal.type('zq');
        if (!atPrompt) assert.equal(await terminal.ended(), 0);
        else {
          await terminal.until(/\n» *$/);
          terminal.type('exit\r');
          assert.equal(await terminal.ended(), 0);
        }
      } finally {
        terminal.close();
      }
    });
  });
}

test('rounds without an answer keep the last one and show the reason', () =>
  on(cluster({}), ['watch', ...FAST, 'query-status'], async (terminal, set) => {
    await terminal.until(/▸ Running/);
    set(AWAY);
    await terminal.until(/^every.*\n✗ gone\n[\s\S]*▸ Running/);
    set(cluster({ stage: 'Finished' }));
    await terminal.until(/^every.*\n\n1 sub task: 1 finished\n\nTASK[\s\S]*✓ Finished/);
  }));

test('waiting for a late answer is shown', () =>
  on(cluster({}), ['watch', ...FAST, 'query-status'], async (terminal, set) => {
    await terminal.until(/▸ Running/);
    set({ odd: 'hang' });
    await terminal.until(/no answer for \d+ s/);
    terminal.type('\x03');
    assert.equal(await terminal.ended(), 130);
  }));

test('it fits into 40 columns and into a resized terminal, and the remaining rows are counted', () =>
  on(
    cluster({ count: 30 }),
    ['watch', '--interval', '600', 'query-status'],
    async (terminal) => {
      await terminal.until(/… and \d+ more lines \(↑ ↓ PgUp PgDn\)$/);
      const lines = terminal.text().split('\n');
      assert.equal(lines.length, 12);
      assert.match(terminal.text(), /^every 600 s: query-s\S* {2}\d\d:\d\d:\d\d \d+ ms\n/);
      terminal.resize(120, 60);
      await terminal.until(/^every.*\n\n30 sub tasks: 30 running\n\n[\s\S]*test29 +127\.0\.0\.1:8262/);
      terminal.resize(60, 10);
      await terminal.until(/… and \d+ more lines \(↑ ↓ PgUp PgDn\)$/);
      assert.equal(terminal.text().split('\n').length, 10);
    },
    { columns: 40, rows: 12 },
  ));

test('in JSON, changed lines are marked', () =>
  on(cluster({}), ['watch', ...FAST, 'query-status', '--output', 'json'], async (terminal, set) => {
    await terminal.until(/"stage": "Running"/);
    set(cluster({ name: 'other' }));
    await terminal.until(/"name": "other"/);
    assert.match(terminal.bytes, /\[4m.*"name": "other"/);
    assert.doesNotMatch(terminal.bytes, /\[4m.*"stage"/);
  }));

for (const [how, end, status] of [
  ['SIGTERM', (terminal: Terminal) => terminal.signal('SIGTERM'), 143],
  ['SIGQUIT', (terminal: Terminal) => terminal.signal('SIGQUIT'), 131],
  ['Ctrl-\\', (terminal: Terminal) => terminal.type('\x1c'), 131],
] as const) {
  test(`a program that ${how} ends restores the screen and the cursor`, () =>
    on(cluster({}), ['watch', ...FAST, 'query-status'], async (terminal) => {
      await terminal.until(/▸ Running/);
      end(terminal);
      assert.equal(await terminal.ended(), status);
      for (const [on, off] of [
        ['\u001b[?1049l', '\u001b[?1049h'],
        ['\u001b[?25h', '\u001b[?25l'],
      ] as const) {
        assert.ok(terminal.bytes.lastIndexOf(on) > terminal.bytes.lastIndexOf(off));
      }
      assert.equal(terminal.text(), '');
    }));
}

test('an error at the start is reported as usual, without using the alternate screen', () =>
  on(cluster({}), ['watch', 'query-status', '--summary', 'test'], async (terminal) => {
    assert.equal(await terminal.ended(), 2);
    assert.match(terminal.text(), /^--summary is for all tasks/);
    assert.doesNotMatch(terminal.bytes, /1049/);
  }));

test('a terminal without control codes gets blocks', () =>
  on(
    cluster({}),
    ['watch', '--count', '2', ...FAST, 'query-status', '--output', 'table'],
    async (terminal) => {
      assert.equal(await terminal.ended(), 0);
      assert.equal(count(terminal.text(), /--- \d{4}/), 2);
      assert.ok(!terminal.bytes.includes('\u001b[?'));
    },
    { env: { TERM: 'dumb' } },
  ));

const loads = (done: number): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: 'w1',
        subTaskStatus: [{ name: 'test', stage: 'Running', unit: 'Load', load: { finishedBytes: done, totalBytes: 4096 } }],
        relayStatus: { stage: 'Running' },
      },
    ],
  });

for (const columns of [40, 100]) {
  test(`a wait shows its progress in one line of ${columns} columns, which is erased at the end`, () =>
    on(
      loads(1024),
      ['wait', 'test', '--for', 'running', '-w', 'w1', ...FAST],
      async (terminal) => {
        assert.equal(await terminal.ended(), 0);
        assert.match(terminal.text(), /^test is running on w1/);
      },
      { columns },
    ));

  test(`a wait shows how much is loaded, ${columns} columns`, () =>
    on(
      loads(1024),
      ['wait', 'test', '--for', 'synced', ...FAST],
      async (terminal, set) => {
        await terminal.until(/█+░+ 25\.0%/);
        set(loads(3072));
        await terminal.until(/█+░+ 75\.0%/);
        assert.equal(terminal.text().split('\n').length, 1);
        terminal.type('\x03');
        assert.equal(await terminal.ended(), 130);
        assert.match(terminal.text(), /^(\^C)?interrupted\. test is not synced: w1:\s+runs Load/);
      },
      { columns },
    ));
}

test('totals and errors stay on the screen, and keys and the wheel scroll the rows below', () =>
  on(
    answer('QueryStatus', {
      result: true,
      workers: [
        {
          result: true,
          worker: 'w1',
          sourceID: 's1',
          subTaskStatus: [
            ...Array.from({ length: 60 }, (_, i) => ({ name: `task-${10 + i}`, stage: 'Running', unit: 'Sync', sync: {} })),
            { name: 'bad', stage: 'Paused', unit: 'Sync', sync: {}, result: { errors: [{ msg: '[code=10006:class=database] it broke' }] } },
          ],
        },
      ],
    }),
    ['watch', '--interval', '600', 'query-status'],
    async (terminal) => {
      const top = String.raw`^every.*\n\n61 sub tasks: 1 broken, 60 running\n✗ bad on w1: 10006 database: it broke\n[\s\S]*`;
      await terminal.until(new RegExp(`${top}bad +w1 +s1 +✗ Paused[\\s\\S]*… and \\d+ more lines`));
      terminal.type('\x1b[6~');
      await terminal.until(new RegExp(`${top}task-2\\d[\\s\\S]*… \\d+ above, and \\d+ more lines`));
      terminal.type('\x1b[F');
      await terminal.until(new RegExp(`${top}task-69[\\s\\S]*… \\d+ lines above$`));
      terminal.type('\x1b[<64;5;5M');
      await terminal.until(/and 3 more lines/);
      terminal.type('\x1b[H');
      await terminal.until(/TASK +WORKER/);
      terminal.type('q');
      assert.equal(await terminal.ended(), 0);
    },
    { columns: 100, rows: 24 },
  ));
