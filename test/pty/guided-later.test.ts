// Guided prompts against DM 2.0 and later: what a line lacks is asked for with live names.

import assert from 'node:assert/strict';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { test } from '../harness/posix.ts';
import { Terminal } from '../harness/terminal.ts';

test('missing arguments of DM 8.5 are asked for with live names, and the line is then checked as if it was typed', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0', masters: 3, tasks: 2 });
  const terminal = new Terminal(['-master-addr', sandbox.address, '-history', 'none'], { columns: 100 });
  try {
    await terminal.until(/» *$/);
    terminal.type('transfer-source\r');
    await terminal.until(/\? Source:[\s\S]*mysql-replica-01 \(worker1\)[\s\S]*mysql-replica-02 \(worker2\)/);
    terminal.type('\r');
    await terminal.until(/\? Worker:[\s\S]*worker1/);
    terminal.type('\r');
    await terminal.until(/» transfer-source mysql-replica-01 worker1[\s\S]*\? Continue\?/);
    terminal.type('\r');
    await terminal.until(/Nothing was sent\n» *$/);
    terminal.type('offline-member\r');
    await terminal.until(/--master[\s\S]*--worker/);
    terminal.type('\r');
    await terminal.until(/master1 \(DM-master\)/);
    terminal.type('\x03');
    await terminal.until(/cancelled\. Nothing was sent\n» *$/);
    terminal.type('binlog skip\r');
    await terminal.until(/\? Task:[\s\S]*Running/);
    terminal.type('\x03');
    await terminal.until(/cancelled\. Nothing was sent\n» *$/);
    assert.equal([...sandbox.sandbox.sources.keys()].length, 2);
  } finally {
    terminal.close();
    await sandbox.close();
  }
});
