// How the shell treats what it is asked to do: questions before harm, a sign of life, reads that are made once more.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

type Master = Parameters<Parameters<typeof withMaster>[1]>[0];

async function inShell(
  reply: (method: string) => Reply | undefined,
  flags: readonly string[],
  use: (terminal: Terminal, master: Master) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  await withMaster(reply, async (master) => {
    const terminal = new Terminal(['-master-addr', master.address, '-history', 'none', ...flags], { columns: 120, env });
    try {
      await terminal.until(/» *$/);
      await use(terminal, master);
    } finally {
      terminal.close();
    }
  });
}

const fine = (method: string): Reply => answer(method as 'OperateTask', { result: true });
const LOCK = { ID: 't-`s`.`t`', task: 't', owner: 'w1', synced: ['w1'], unsynced: ['w2'], DDLs: ['DROP TABLE `s`.`t`'] };

/** What reached the master, without what was only looked up for a question or a warning. */
const sent = (master: Master): ReturnType<typeof requests> => requests(master).filter(([m]) => m !== 'ShowDDLLocks' && m !== 'QueryStatus');

test('harm is asked about; Enter means no and nothing is sent, y goes on', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t -w w1\r');
    await terminal.until(/Stop task t on w1: its sub tasks are removed from them\.\n[\s\S]*Go on\? \(y\/N\)/);
    terminal.type('\r');
    await terminal.until(/nothing was sent\n» *$/);
    assert.deepEqual(sent(master), []);
    terminal.type('stop-task t\r');
    await terminal.until(/on all its workers[\s\S]*Go on\? \(y\/N\) *$/);
    terminal.type('y\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(sent(master), [['OperateTask', { op: 'Stop', name: 't' }]]);
  }));

test('SIGINT at a question means no, and keeps the shell', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t\r');
    await terminal.until(/Go on\? \(y\/N\)/);
    terminal.signal('SIGINT');
    await terminal.until(/nothing was sent\n» *$/);
    assert.deepEqual(sent(master), []);
    terminal.type('query-status\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
  }));

test('a lock is looked up and shown before it is unlocked; Ctrl-C at the question keeps the shell', () =>
  inShell(
    (method) => (method === 'ShowDDLLocks' ? answer('ShowDDLLocks', { result: true, locks: [LOCK] }) : fine(method)),
    [],
    async (terminal, master) => {
      terminal.type('unlock-ddl-lock t-`s`.`t`\r');
      await terminal.until(/owner +w1\n +synced +w1\n +unsynced w2\n +1\. DROP TABLE `s`\.`t`\n[\s\S]*Go on\?/);
      terminal.type('\x03');
      await terminal.until(/nothing was sent\n» *$/);
      assert.deepEqual(
        requests(master).map(([m]) => m),
        ['ShowDDLLocks'],
      );
    },
  ));

const tasks = (names: readonly string[]): Reply =>
  answer('QueryStatus', { result: true, workers: [{ worker: 'w1', subTaskStatus: names.map((name) => ({ name })) }] });

test('130,000 names are listed as far as there is room, and the shell goes on', () => {
  const many = tasks(Array.from({ length: 130_000 }, (_, i) => `task-${i}`));
  return inShell(
    (method) => (method === 'QueryStatus' ? many : fine(method)),
    [],
    async (terminal) => {
      terminal.type('pause-task ta\t');
      await terminal.until(/» pause-task task-$/);
      terminal.type('\t');
      await terminal.until(/… and 129,\d{3} more$/);
      terminal.type('7\x15query-status\r');
      await terminal.until(/» query-status\n/);
    },
  );
});

test('names that would steer the terminal are shown with their codes and never put in', () =>
  inShell(
    (method) => (method === 'QueryStatus' ? tasks(['t\u001b]0;x\u0007', 't\u202eb', 't\nb']) : fine(method)),
    [],
    async (terminal, master) => {
      terminal.type('pause-task t');
      await terminal.until(() => master.calls.length >= 2);
      terminal.type('\t\t');
      await terminal.until(/» pause-task t\s*\n.*t\\u000ab \(cannot be typed\) +t\\u001b\]0;x\\u0007 \(cannot be typed\) +t\\u202eb/);
      assert.ok(!['\u202e', '\u001b]0'].some((code) => terminal.bytes.includes(code)));
    },
  ));

test('Tab completes the names that the master knows, which are asked for as soon as the line comes to one', () =>
  inShell(
    (method) => {
      const status = { workers: [{ worker: 'w1', subTaskStatus: [{ name: '任务一' }, { name: 'my task' }] }] };
      return method === 'QueryStatus' ? answer('QueryStatus', { result: true, ...status }) : fine(method);
    },
    [],
    async (terminal, master) => {
      terminal.type('pause-task ');
      await terminal.until(/» pause-task <task_name>/);
      await terminal.until(() => master.calls.length >= 2);
      const tab = async (typed: string, wanted: RegExp): Promise<void> => {
        terminal.type(`${typed}\t`);
        await terminal.until(wanted);
      };
      await tab('my', /» pause-task "my task"/);
      terminal.type('\r');
      await terminal.until(/"result": true[\s\S]*» *$/);
      assert.deepEqual(requests(master).at(-1), ['OperateTask', { op: 'Pause', name: 'my task' }]);
    },
  ));

test('-yes asks nothing, and -read-only refuses what changes the cluster', async () => {
  await inShell(fine, ['-yes'], async (terminal, master) => {
    terminal.type('stop-task t\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.equal(sent(master).length, 1);
  });
  await inShell(fine, ['-read-only'], async (terminal, master) => {
    terminal.type('pause-task t\r');
    await terminal.until(/pause-task changes the cluster, and this is read-only; nothing was sent\n» *$/);
    terminal.type('query-status\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(
      requests(master).map(([m]) => m),
      ['QueryStatus'],
    );
  });
});

test('on a dumb terminal the question is asked in a line', () =>
  inShell(
    fine,
    [],
    async (terminal, master) => {
      terminal.type('stop-task t\r');
      await terminal.until(/Go on\? \(y\/N\) *$/);
      terminal.type('y\r');
      await terminal.until(/"result": true/);
      assert.equal(sent(master).length, 1);
    },
    { TERM: 'dumb' },
  ));

test('a call that takes long shows it, and leaves no trace', () => {
  let hold = true;
  return inShell(
    (method) => (hold ? { odd: 'hang' } : fine(method)),
    [],
    async (terminal) => {
      terminal.type('query-status slow\r');
      await terminal.until(/query-status \d\.\d s \(Ctrl-C stops waiting\)/);
      hold = false;
      terminal.type('\x03');
      await terminal.until(/» query-status slow\ninterrupted; the DM-master may still carry the call out\n» *$/);
      assert.doesNotMatch(terminal.text(), /stops waiting/);
    },
  );
});

test('a read is made once more when its connection broke, a change never; the prompt tells that the master is away', () => {
  let drops = 1;
  return inShell(
    (method) => (drops-- > 0 ? { odd: 'drop' } : fine(method)),
    [],
    async (terminal, master) => {
      terminal.type('query-status\r');
      await terminal.until(/"result": true[\s\S]*» *$/);
      assert.equal(master.calls.length, 2);
      drops = 1;
      terminal.type('pause-task t\r');
      await terminal.until(/the connection to the DM-master at .* broke\n!» *$/);
      assert.equal(master.calls.length, 3);
      terminal.type('query-status\r');
      await terminal.until(/broke[\s\S]*"result": true[\s\S]*\n» *$/);
    },
  );
});

test('what was pasted after a harmful line is not taken for an answer, and runs afterwards', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t\rquery-status\r');
    await terminal.until(/Go on\? \(y\/N\)/);
    terminal.type('\r');
    await terminal.until(/nothing was sent\n» query-status\n[\s\S]*"result": true[\s\S]*» *$/);
    assert.deepEqual(
      requests(master).map(([m]) => m),
      ['ShowDDLLocks', 'QueryStatus'], // the lock is looked up for the warning
    );
  }));
