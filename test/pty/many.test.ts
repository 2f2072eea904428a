// Many at once in the shell: the plan is shown and asked about, once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
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
