// Confirmations, progress and retried reads in the shell.

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

/** The calls that reached the master, without lookups for a question or a warning. */
const sent = (master: Master): ReturnType<typeof requests> => requests(master).filter(([m]) => m !== 'ShowDDLLocks' && m !== 'QueryStatus');

test('dangerous commands are confirmed: Enter means no and sends nothing, y continues', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t -w w1\r');
    await terminal.until(/Stop task t on w1: its sub tasks are removed from them\.\n[\s\S]*Continue\? \(y\/N\)/);
    terminal.type('\r');
    await terminal.until(/Nothing was sent\n» *$/);
    assert.deepEqual(sent(master), []);
    terminal.type('stop-task t\r');
    await terminal.until(/on all its workers[\s\S]*Continue\? \(y\/N\) *$/);
    terminal.type('y\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(sent(master), [['OperateTask', { op: 'Stop', name: 't' }]]);
  }));

test('SIGINT at a question means no and keeps the shell', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t\r');
    await terminal.until(/Continue\? \(y\/N\)/);
    terminal.signal('SIGINT');
    await terminal.until(/Nothing was sent\n» *$/);
    assert.deepEqual(sent(master), []);
    terminal.type('query-status\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
  }));

test('a lock is fetched and shown before it is unlocked, and Ctrl-C at the question keeps the shell', () =>
  inShell(
    (method) => (method === 'ShowDDLLocks' ? answer('ShowDDLLocks', { result: true, locks: [LOCK] }) : fine(method)),
    [],
    async (terminal, master) => {
      terminal.type('unlock-ddl-lock t-`s`.`t`\r');
      await terminal.until(/owner +w1\n +synced +w1\n +unsynced w2\n +1\. DROP TABLE `s`\.`t`\n[\s\S]*Continue\?/);
      terminal.type('\x03');
      await terminal.until(/Nothing was sent\n» *$/);
      assert.deepEqual(
        requests(master).map(([m]) => m),
        ['ShowDDLLocks'],
      );
    },
  ));

const tasks = (names: readonly string[]): Reply =>
  answer('QueryStatus', { result: true, workers: [{ worker: 'w1', subTaskStatus: names.map((name) => ({ name })) }] });

test('130,000 names are listed in the available rows, and the shell continues', () => {
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

test('names that would control the terminal are shown in visible form and never inserted', () =>
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

test('Tab completes names of the cluster, which are fetched as soon as the line reaches one', () =>
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

test('-yes asks nothing, and -read-only rejects commands that change the cluster', async () => {
  await inShell(fine, ['-yes'], async (terminal, master) => {
    terminal.type('stop-task t\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.equal(sent(master).length, 1);
  });
  await inShell(fine, ['-read-only'], async (terminal, master) => {
    terminal.type('pause-task t\r');
    await terminal.until(/pause-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it\n» *$/);
    terminal.type('query-status\r');
    await terminal.until(/"result": true[\s\S]*» *$/);
    assert.deepEqual(
      requests(master).map(([m]) => m),
      ['QueryStatus'],
    );
  });
});

test('on a dumb terminal the question is a plain line', () =>
  inShell(
    fine,
    [],
    async (terminal, master) => {
      terminal.type('stop-task t\r');
      await terminal.until(/Continue\? \(y\/N\) *$/);
      terminal.type('y\r');
      await terminal.until(/"result": true/);
      assert.equal(sent(master).length, 1);
    },
    { TERM: 'dumb' },
  ));

test('a long call shows a spinner, which is erased at the end', () => {
  let hold = true;
  return inShell(
    (method) => (hold ? { odd: 'hang' } : fine(method)),
    [],
    async (terminal) => {
      terminal.type('query-status slow\r');
      await terminal.until(/query-status \d\.\d s \(Ctrl-C stops waiting\)/);
      hold = false;
      terminal.type('\x03');
      await terminal.until(/» query-status slow\ninterrupted\. The DM-master may still carry out the call\n» *$/);
      assert.doesNotMatch(terminal.text(), /stops waiting/);
    },
  );
});

test('a read is retried once after a lost connection, a change never, and the prompt shows that the master is unreachable', () => {
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
      await terminal.until(/the connection to the DM-master at .* was lost\n!» *$/);
      assert.equal(master.calls.length, 3);
      terminal.type('query-status\r');
      await terminal.until(/was lost[\s\S]*"result": true[\s\S]*\n» *$/);
    },
  );
});

test('text pasted after a dangerous line does not answer its question, and runs afterwards', () =>
  inShell(fine, [], async (terminal, master) => {
    terminal.type('stop-task t\rquery-status\r');
    await terminal.until(/Continue\? \(y\/N\)/);
    terminal.type('\r');
    await terminal.until(/Nothing was sent\n» query-status\n[\s\S]*"result": true[\s\S]*» *$/);
    assert.deepEqual(
      requests(master).map(([m]) => m),
      ['ShowDDLLocks', 'QueryStatus'], // the lock is fetched for the warning
    );
  }));
