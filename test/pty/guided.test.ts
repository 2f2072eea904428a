// Guided prompts on a terminal: they ask for missing arguments and offer names of the cluster.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';
import { Terminal, type TerminalOptions } from '../harness/terminal.ts';

type Master = Parameters<Parameters<typeof withMaster>[1]>[0];

const LOCKS = ['orders-`s`.`t`', 'demo-`s`.`u`'].map((ID) => ({ ID, task: 'demo', owner: 'w1', synced: ['w1'], unsynced: ['w2'] }));
const STATUS = {
  result: true,
  workers: [
    {
      result: true,
      worker: '127.0.0.1:8262',
      sourceID: 'mysql-01',
      subTaskStatus: [
        { name: 'orders', stage: 'Running', unit: 'Sync' },
        { name: 'demo', stage: 'Paused', unit: 'Sync' },
      ],
    },
    { result: true, worker: '127.0.0.1:8263', sourceID: 'mysql-02', subTaskStatus: [{ name: 'orders', stage: 'Running', unit: 'Sync' }] },
  ],
};
const POSITION = 'mysql-bin|000001.000003:3270';
const ERRORS = {
  result: true,
  workers: [
    {
      result: true,
      worker: '127.0.0.1:8262',
      subTaskError: [{ name: 'demo', stage: 'Paused', unit: 'Sync', sync: { errors: [{ msg: 'no', failedBinlogPosition: POSITION }] } }],
    },
  ],
};

function reply(method: string): Reply {
  if (method === 'QueryStatus') return answer(method, STATUS);
  if (method === 'ShowDDLLocks') return answer(method, { result: true, locks: LOCKS });
  if (method === 'QueryError') return answer(method, ERRORS);
  return answer(method as 'OperateTask', { result: true });
}

const LOOKS = ['QueryStatus', 'ShowDDLLocks', 'QueryError'];
/** The calls that reached the master, without lookups. */
const sent = (master: Master): ReturnType<typeof requests> => requests(master).filter(([method]) => !LOOKS.includes(method));

/** Starts the program with a master. `words` follow its flags. */
async function start(
  words: readonly string[],
  use: (terminal: Terminal, master: Master) => Promise<void>,
  { answers = reply, flags = ['-history', 'none'], ...options }: TerminalOptions & { answers?: typeof reply; flags?: string[] } = {},
): Promise<void> {
  await withMaster(answers, async (master) => {
    const shell = words.length === 0 ? flags : [];
    const terminal = new Terminal(['-master-addr', master.address, ...shell, ...words], { columns: 120, ...options });
    try {
      if (words.length === 0) await terminal.until(/» *$/);
      await use(terminal, master);
    } finally {
      terminal.close();
    }
  });
}

const inShell = (use: (terminal: Terminal, master: Master) => Promise<void>, options: Parameters<typeof start>[2] = {}): Promise<void> =>
  start([], use, options);

test('a task is chosen from the existing ones with their states, and the line is shown, runs and is in the history', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('pause-task -w 127.0.0.1:8262\r');
      // Tasks that can be paused come first.
      await terminal.until(/\? Task: *\n❯ orders \(Running on 2 workers\)\n {2}demo \(Paused on 1 worker\)/);
      terminal.type('ord');
      await terminal.until(/Task: ord\n❯ orders[^\n]*\n(?! *demo)/);
      terminal.type('\r');
      await terminal.until(/✔ Task: orders\n» pause-task -w 127\.0\.0\.1:8262 orders\n\{[\s\S]*"result": true[\s\S]*» *$/);
      assert.deepEqual(sent(master), [['OperateTask', { op: 'Pause', name: 'orders', workers: ['127.0.0.1:8262'] }]]);
      terminal.type('\x1b[A');
      await terminal.until(/» pause-task -w 127\.0\.0\.1:8262 orders *$/);
      terminal.type('\x03');
    },
    { flags: ['-history', 'redacted'] },
  ));

test('a one-shot command also asks, and a task that is not in the list can be typed', () =>
  start(['pause-task'], async (terminal, master) => {
    await terminal.until(/Task: *\n❯ orders/);
    terminal.type('new');
    await terminal.until(/❯ new \(not in the list\)/);
    terminal.type('\r');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /» pause-task new\n/);
    assert.deepEqual(sent(master), [['OperateTask', { op: 'Pause', name: 'new' }]]);
  }));

test('workers are selected in a list', () =>
  inShell(async (terminal, master) => {
    terminal.type('pause-relay\r');
    await terminal.until(/Workers:[\s\S]*127\.0\.0\.1:8262 \(mysql-01\)[\s\S]*127\.0\.0\.1:8263 \(mysql-02\)/);
    terminal.type('\r');
    await terminal.until(/At least one choice must be selected/);
    terminal.type(' \x1b[B \r');
    await terminal.until(/» pause-relay -w 127\.0\.0\.1:8262,127\.0\.0\.1:8263\n/);
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(sent(master), [['OperateWorkerRelayTask', { op: 'PauseRelay', workers: ['127.0.0.1:8262', '127.0.0.1:8263'] }]]);
  }));

test('a lock is selected, and the command is confirmed as usual', () =>
  inShell(async (terminal, master) => {
    terminal.type('unlock-ddl-lock\r');
    await terminal.until(/DDL lock:[\s\S]*❯ demo-`s`\.`u`[\s\S]*orders-`s`\.`t`/);
    terminal.type('\x1b[B\r');
    await terminal.until(/» unlock-ddl-lock 'orders-`s`\.`t`'\n[\s\S]*Continue\? \(y\/N\) *$/);
    assert.deepEqual(sent(master), []);
    terminal.type('y');
    await terminal.until(/y *$/);
    terminal.type('\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(sent(master), [['UnlockDDLLock', { ID: 'orders-`s`.`t`' }]]);
  }));

test('the state of wait is selected', () =>
  start(['wait', 'orders'], async (terminal) => {
    await terminal.until(/--for:[\s\S]*❯ \S+/);
    terminal.type('\x1b[B\x1b[B');
    await terminal.until(/❯ running/);
    terminal.type('\r');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /» wait --for running orders\n/);
  }));

test('a position is suggested if the task has an error, and SQL is typed literally', () =>
  inShell(async (terminal, master) => {
    terminal.type('sql-replace demo\r');
    await terminal.until(/Worker:[\s\S]*❯ 127\.0\.0\.1:8262 \(mysql-01; demo: Paused\)/);
    terminal.type('\r');
    await terminal.until(/Choose one:\n❯ --binlog-pos \([^\n]*…\n {2}--sql-pattern \([^\n]*…\n/);
    terminal.type('\r');
    await terminal.until(/Binlog position: mysql-bin\|000001\.000003:3270 *$/);
    terminal.type('\r');
    await terminal.until(/SQL: *$/);
    terminal.type("ALTER TABLE s.t ADD c CHAR(9) DEFAULT 'a b';\r");
    await terminal.until(
      /» sql-replace -w 127\.0\.0\.1:8262 -b 'mysql-bin\|000001\.000003:3270' demo ALTER TABLE s\.t ADD c CHAR\(9\) DEFAULT 'a b';\n[\s\S]*Continue\?/,
    );
    terminal.type('\x03');
    await terminal.until(/Nothing was sent\n» *$/);
    assert.deepEqual(sent(master), []);
  }));

test('a file is found folder by folder', () =>
  inShell(async (terminal) => {
    terminal.type('check-task\r');
    await terminal.until(/File: *\n❯ /);
    terminal.type('docs/pic');
    await terminal.until(/❯ docs\/pictures\//);
    terminal.type('\r'); // opens a folder
    await terminal.until(/File: docs\/pictures\/\n❯ docs\/pictures\/by-task\.svg/);
    terminal.type('\r');
    await terminal.until(/» check-task docs\/pictures\/by-task\.svg\n[\s\S]*» *$/);
  }));

for (const [key, bytes] of [
  ['Ctrl-C', '\x03'],
  ['Esc', '\x1b'],
  ['Ctrl-D', '\x04'],
] as const) {
  test(`${key} at a question returns to the prompt, a one-shot command exits with 130, and nothing is sent`, async () => {
    await inShell(async (terminal, master) => {
      terminal.type('pause-relay\r');
      await terminal.until(/❯/);
      terminal.type(bytes);
      await terminal.until(/cancelled\. Nothing was sent\n» *$/);
      assert.deepEqual(sent(master), []);
      terminal.type('query-status\r'); // the editor has the terminal again
      await terminal.until(/"result": true[\s\S]*» *$/);
    });
    await start(['pause-relay'], async (terminal, master) => {
      await terminal.until(/❯/);
      terminal.type(bytes);
      assert.equal(await terminal.ended(), 130);
      assert.match(terminal.text(), /cancelled\. Nothing was sent/);
      assert.match(terminal.bytes, /\[\?25h[^[]*$|\[\?25h(?![\s\S]*\[\?25l)/);
      assert.deepEqual(sent(master), []);
    });
  });
}

test('a signal at a list ends the program and shows the cursor again', () =>
  start(['unlock-ddl-lock'], async (terminal) => {
    await terminal.until(/❯/);
    terminal.signal('SIGTERM');
    assert.equal(await terminal.ended(), 143);
    assert.match(terminal.bytes, /\[\?25h(?![\s\S]*\[\?25l)/);
  }));

test('a command that is not allowed is rejected before any question', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('pause-task\r');
      await terminal.until(/pause-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it\n» *$/);
      terminal.type('watch pause-task\r');
      await terminal.until(/pause-task takes at least 1 argument: <task_name> is missing[\s\S]*» *$/);
      assert.deepEqual(requests(master), []);
    },
    { flags: ['-read-only', '-history', 'none'] },
  ));

test('without names a question is free text, with a reason', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('pause-task\r');
      await terminal.until(/there are no names to choose from: all workers are asleep\n\? Task: *$/);
      terminal.type('\r');
      await terminal.until(/Enter a value/);
      terminal.type('orders\r');
      await terminal.until(/» pause-task orders\n[\s\S]*"result": true/);
      terminal.type('pause-relay\r');
      await terminal.until(/Workers: *$/);
      terminal.type('w1, w2\r');
      await terminal.until(/» pause-relay -w w1,w2\n[\s\S]*"result": true/);
      assert.deepEqual(sent(master), [
        ['OperateTask', { op: 'Pause', name: 'orders' }],
        ['OperateWorkerRelayTask', { op: 'PauseRelay', workers: ['w1', 'w2'] }],
      ]);
    },
    { answers: (method) => (method === 'QueryStatus' ? answer(method, { result: false, msg: 'all workers are asleep' }) : reply(method)) },
  ));

test('a name from the network cannot control the terminal and is sent unchanged', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('pause-task\r');
      await terminal.until(/❯ a\\u001b\[2Jb \(Running on 1 worker\)/);
      terminal.type('\r');
      await terminal.until(/» pause-task 'a\\u001b\[2Jb'\n[\s\S]*"result": true/);
      assert.deepEqual(sent(master), [['OperateTask', { op: 'Pause', name: 'a\u001b[2Jb' }]]);
    },
    {
      answers: (method) =>
        method === 'QueryStatus'
          ? answer(method, { result: true, workers: [{ worker: 'w', subTaskStatus: [{ name: 'a\u001b[2Jb', stage: 'Running' }] }] })
          : reply(method),
    },
  ));

test('there are no questions with -yes, with --quiet and on a dumb terminal', async () => {
  const missing = /pause-task takes at least 1 argument: <task_name> is missing/;
  for (const [words, env] of [
    [['-yes', 'pause-task'], {}],
    [['pause-task', '--quiet'], {}],
    [['pause-task'], { TERM: 'dumb' }],
  ] as const) {
    await start(
      words,
      async (terminal, master) => {
        assert.equal(await terminal.ended(), 2);
        assert.match(terminal.text(), missing);
        assert.deepEqual(requests(master), []);
      },
      { env },
    );
  }
});

test('there are no questions if standard error is not a terminal, and in a pipe', async () => {
  const shell = (line: string): TerminalOptions['command'] => ['sh', '-c', line];
  await withMaster(reply, async (master) => {
    const dmctl = `${process.execPath} bin/dmctl.js -master-addr ${master.address}`;
    for (const line of [`${dmctl} pause-task 2>&1 >/dev/null | cat`, `${dmctl} pause-task </dev/null`, `echo pause-relay | ${dmctl}`]) {
      const terminal = new Terminal([], { command: shell(line) as [string, ...string[]], columns: 120 });
      try {
        await terminal.ended();
        assert.match(terminal.text(), /<task_name> is missing|must specify at least one dm-worker/);
      } finally {
        terminal.close();
      }
    }
    const terminal = new Terminal([], { command: shell(`${dmctl} -history none 2>/dev/null`) as [string, ...string[]], columns: 120 });
    try {
      await terminal.until(/» *$/);
      terminal.type('pause-relay\r');
      await terminal.until(/must specify at least one dm-worker[^\n]*\n» *$/);
    } finally {
      terminal.close();
    }
    assert.deepEqual(requests(master), []);
  });
});
