// A profile in the shell: the prompt names the cluster of the next line, and turning off read-only needs a confirmation.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from '../harness/posix.ts';
import { answer, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const fine = () => answer('QueryStatus', { result: true });

/** A shell that starts with a configuration file. */
async function inShell(file: string, argv: readonly string[], use: (terminal: Terminal) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-config-'));
  fs.mkdirSync(path.join(folder, 'dmctl'));
  fs.writeFileSync(path.join(folder, 'dmctl/config.toml'), file);
  const terminal = new Terminal(['-history', 'none', ...argv], { columns: 120, env: { XDG_CONFIG_HOME: folder, NO_COLOR: '1' } });
  try {
    await use(terminal);
  } finally {
    terminal.close();
    fs.rmSync(folder, { recursive: true });
  }
}

test('after connect the prompt shows the address, and the profile again at the address of the profile', () =>
  withMaster(fine, (one) =>
    withMaster(fine, (other) =>
      inShell(`[profiles.prod]\nmaster-addr = "${one.address}"\n`, ['-profile', 'prod'], async (terminal) => {
        await terminal.until(/\nprod » *$/);
        terminal.type(`connect ${other.address}\r`);
        await terminal.until(new RegExp(`\\n${other.address} » *$`));
        terminal.type(`connect ${one.address}\r`);
        await terminal.until(/DM 1.0\nprod » *$/);
      }),
    ),
  ));

test('a profile whose address was not used is not shown', () =>
  withMaster(fine, (master) =>
    inShell('[profiles.prod]\nmaster-addr = "10.0.0.1:8261"\n', ['-profile', 'prod', '-master-addr', master.address], (terminal) =>
      terminal.until(new RegExp(`\\n${master.address} » *$`)),
    ),
  ));

test('the name of a profile cannot control the terminal', () =>
  withMaster(fine, (master) =>
    inShell(
      `profile = "a\\u001b[31m\\u202eb\\nc"\n["profiles"."a\\u001b[31m\\u202eb\\nc"]\nmaster-addr = "${master.address}"\n`,
      [],
      (terminal) => terminal.until(/\na\\u001b\[31m\\u202eb c » *$/),
    ),
  ));

test('set read-only off asks if read-only was on at the start', () =>
  withMaster(fine, (master) =>
    inShell(`[profiles.prod]\nmaster-addr = "${master.address}"\nread-only = true\n`, ['-profile', 'prod', '-yes'], async (terminal) => {
      await terminal.until(/prod » *$/);
      terminal.type('set read-only off\r');
      await terminal.until(new RegExp(`read-only is set by profile prod\\. Set it to off for ${master.address}\\? \\(y/N\\) *$`));
      terminal.type('\r');
      await terminal.until(/read-only is unchanged\nprod » *$/);
      terminal.type('stop-task t\r');
      await terminal.until(
        /stop-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it\nprod » *$/,
      );
      terminal.type('set read-only off\r');
      await terminal.until(/read-only is unchanged[\s\S]*\(y\/N\) *$/);
      terminal.type('y\r');
      await terminal.until(/Yes\nprod » *$/);
      terminal.type('stop-task t\r');
      await terminal.until(/"op": "Stop"[\s\S]*prod » *$/);
      assert.deepEqual(
        requests(master).filter(([method]) => method !== 'ShowDDLLocks'),
        [['OperateTask', { op: 'Stop', name: 't' }]],
      );
    }),
  ));
