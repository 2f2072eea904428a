// Bulk operations on a terminal, in the shell and one-shot: the plan is shown and confirmed once.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from '../harness/posix.ts';
import { PROGRAM } from '../harness/program.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const reply = (method: string): Reply =>
  method === 'QueryStatus'
    ? answer('QueryStatus', {
        result: true,
        workers: [{ result: true, worker: 'w1', subTaskStatus: ['a', 'b'].map((name) => ({ name, stage: 'Running', unit: 'Sync' })) }],
      })
    : answer('OperateTask', { result: true, workers: [{ meta: { result: true, worker: 'w1' } }] });

test('the plan and the impact are shown once, Enter sends nothing, y sends each call once', () =>
  withMaster(reply, async (master) => {
    const terminal = new Terminal(['-master-addr', master.address, '-history', 'none'], { columns: 120 });
    const sent = (): string[] => requests(master).flatMap(([m, r]) => (m === 'OperateTask' ? [`${r.op} ${r.name}`] : []));
    try {
      await terminal.until(/» *$/);
      terminal.type('stop-task --all\r');
      await terminal.until(
        /stop-task for 2 tasks:\n {2}a\n {2}b\nTheir sub tasks are removed from the workers\.\nDDL locks of a stopped task stay[\s\S]*Continue\? \(y\/N\) *$/,
      );
      terminal.type('\r');
      await terminal.until(/Nothing was sent\n» *$/);
      assert.deepEqual(sent(), []);
      terminal.type('pause-task a b\r');
      await terminal.until(/pause-task for 2 tasks:\n {2}a\n {2}b\n[^\n]*Continue\? \(y\/N\) *$/);
      terminal.type('y\r');
      await terminal.until(/\na +w1 +✓ done\nb +w1 +✓ done\n2 tasks: 2 done\n» *$/);
      assert.deepEqual(sent(), ['Pause a', 'Pause b']);
      terminal.type('stop-task a* --yes\r');
      await terminal.until(/\n1 task: 1 done\n» *$/);
      assert.deepEqual(sent().slice(2), ['Stop a']);
    } finally {
      terminal.close();
    }
  }));

for (const TERM of ['xterm-256color', 'dumb']) {
  test(`a one-shot command with a pattern or --all is confirmed on a terminal with TERM=${TERM}`, () =>
    withMaster(reply, async (master) => {
      const run = async (argv: string[], use: (terminal: Terminal) => Promise<void>): Promise<string[]> => {
        const before = master.calls.length;
        const terminal = new Terminal(['-master-addr', master.address, ...argv], { columns: 120, env: { TERM } });
        try {
          await use(terminal);
          await terminal.ended();
        } finally {
          terminal.close();
        }
        return requests(master)
          .slice(before)
          .flatMap(([m, r]) => (m === 'OperateTask' ? [`${r.op} ${r.name} ${terminal.status}`] : []));
      };
      const answers = (keys: string) => async (terminal: Terminal) => {
        await terminal.until(/-task for 2 tasks:\n {2}a\n {2}b\n[\s\S]*Continue\? \(y\/N\) *$/);
        terminal.type(keys);
      };
      const asksNothing = (terminal: Terminal): Promise<void> => terminal.until(/2 tasks: 2 done/);
      const refuses = (keys: string) => async (terminal: Terminal) => {
        await answers(keys)(terminal);
        await terminal.until(/Nothing was sent/);
        assert.equal(await terminal.ended(), 2);
      };
      assert.deepEqual(await run(['stop-task', '--all'], refuses('\r')), []);
      assert.deepEqual(await run(['stop-task', '*'], refuses('\x03')), []);
      assert.deepEqual(await run(['pause-task', '?'], answers('y\r')), ['Pause a 0', 'Pause b 0']);
      assert.deepEqual(await run(['pause-task', '?', '--yes'], asksNothing), ['Pause a 0', 'Pause b 0']);
      assert.deepEqual(await run(['pause-task', 'a', 'b'], asksNothing), ['Pause a 0', 'Pause b 0']);
    }));
}

test('it is also confirmed if the answers go to a file', () =>
  withMaster(reply, async (master) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-many-')), 'out');
    const terminal = new Terminal([], {
      columns: 120,
      command: ['sh', '-c', `${PROGRAM.join(' ')} -master-addr ${master.address} stop-task '*' >${file}`],
    });
    try {
      await terminal.until(/Continue\? \(y\/N\) *$/);
      terminal.type('\r');
      assert.equal(await terminal.ended(), 2);
      assert.equal(fs.readFileSync(file, 'utf8'), '');
      assert.ok(!master.calls.some((call) => call.method === 'OperateTask'));
    } finally {
      terminal.close();
    }
  }));
