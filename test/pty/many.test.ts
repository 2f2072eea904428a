// Many at once on a terminal, in the shell and outside: the plan is shown and asked about, once.

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

test('the plan and the harm are told once; Enter sends nothing, y sends each call once', () =>
  withMaster(reply, async (master) => {
    const terminal = new Terminal(['-master-addr', master.address, '-history', 'none'], { columns: 120 });
    const sent = (): string[] => requests(master).flatMap(([m, r]) => (m === 'OperateTask' ? [`${r.op} ${r.name}`] : []));
    try {
      await terminal.until(/» *$/);
      terminal.type('stop-task --all\r');
      await terminal.until(
        /stop-task of 2 tasks:\n {2}a\n {2}b\nTheir sub tasks are removed from the workers\.\nDDL locks of a stopped task stay[\s\S]*Go on\? \(y\/N\) *$/,
      );
      terminal.type('\r');
      await terminal.until(/nothing was sent\n» *$/);
      assert.deepEqual(sent(), []);
      terminal.type('pause-task a b\r');
      await terminal.until(/pause-task of 2 tasks:\n {2}a\n {2}b\n[^\n]*Go on\? \(y\/N\) *$/);
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
  test(`outside the shell, what a pattern or --all finds is asked about on a terminal of TERM=${TERM}`, () =>
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
        await terminal.until(/-task of 2 tasks:\n {2}a\n {2}b\n[\s\S]*Go on\? \(y\/N\) *$/);
        terminal.type(keys);
      };
      const asksNothing = (terminal: Terminal): Promise<void> => terminal.until(/2 tasks: 2 done/);
      const refuses = (keys: string) => async (terminal: Terminal) => {
        await answers(keys)(terminal);
        await terminal.until(/nothing was sent/);
        assert.equal(await terminal.ended(), 2);
      };
      assert.deepEqual(await run(['stop-task', '--all'], refuses('\r')), []);
      assert.deepEqual(await run(['stop-task', '*'], refuses('\x03')), []);
      assert.deepEqual(await run(['pause-task', '?'], answers('y\r')), ['Pause a 0', 'Pause b 0']);
      assert.deepEqual(await run(['pause-task', '?', '--yes'], asksNothing), ['Pause a 0', 'Pause b 0']);
      assert.deepEqual(await run(['pause-task', 'a', 'b'], asksNothing), ['Pause a 0', 'Pause b 0']);
    }));
}

test('while the answers go to a file it is asked all the same', () =>
  withMaster(reply, async (master) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-many-')), 'out');
    const terminal = new Terminal([], {
      columns: 120,
      command: ['sh', '-c', `${PROGRAM.join(' ')} -master-addr ${master.address} stop-task '*' >${file}`],
    });
    try {
      await terminal.until(/Go on\? \(y\/N\) *$/);
      terminal.type('\r');
      assert.equal(await terminal.ended(), 2);
      assert.equal(fs.readFileSync(file, 'utf8'), '');
      assert.ok(!master.calls.some((call) => call.method === 'OperateTask'));
    } finally {
      terminal.close();
    }
  }));
