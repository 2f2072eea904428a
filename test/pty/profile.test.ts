// A profile in the shell: the prompt names the cluster of the next line, and turning off read-only needs a confirmation.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
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

test('use shows the profile in the prompt, a failed use keeps it, and connect shows the address', () =>
  withMaster(fine, (one) =>
    withMaster(fine, (other) =>
      inShell(
        `[profiles.staging]\nmaster-addr = "${one.address}"\n[profiles.prod]\nmaster-addr = "${other.address}"\nread-only = true\n`,
        ['-master-addr', one.address],
        async (terminal) => {
          await terminal.until(/\n» *$/);
          terminal.type('use prod\r');
          await terminal.until(/prod is read-only: commands that change the cluster are rejected\nprod: .*, DM 1.0\nprod » *$/);
          terminal.type('use nosuch\r');
          await terminal.until(/there is no profile "nosuch"\. Nothing was sent, and prod is still in use\.[\s\S]*\nprod » *$/);
          terminal.type('pause-task t\r');
          await terminal.until(/pause-task changes the cluster, but read-only is on\.[\s\S]*prod » *$/);
          terminal.type('use staging\r');
          await terminal.until(/staging is not read-only\nstaging: .*, DM 1.0\nstaging » *$/);
          terminal.type(`connect ${other.address}\r`);
          await terminal.until(new RegExp(`\\n${other.address} » *$`));
          terminal.type('use staging\r');
          await terminal.until(/staging: .*, DM 1.0\nstaging » *$/);
          assert.deepEqual([requests(one), requests(other)], [[], []]);
        },
      ),
    ),
  ));

test('a master that does not answer has a mark in the prompt, and the next profile has none', () =>
  withMaster(fine, (one) =>
    inShell(
      `profile = "up"\n[profiles.up]\nmaster-addr = "${one.address}"\n[profiles.down]\nmaster-addr = "127.0.0.1:1"\n`,
      [],
      async (terminal) => {
        await terminal.until(/\nup » *$/);
        terminal.type('use down\r');
        await terminal.until(/\ndown !» *$/);
        terminal.type('use up\r');
        await terminal.until(/\nup: .*, DM 1.0\nup » *$/);
      },
    ),
  ));

test('Tab completes profiles after use and config use, and names of the new cluster', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0', tasks: 1 });
  try {
    await withMaster(fine, (one) =>
      inShell(
        `[profiles.first]\nmaster-addr = "${one.address}"\n[profiles.second]\nmaster-addr = "${sandbox.addresses[0]}"\n`,
        ['-profile', 'first'],
        async (terminal) => {
          await terminal.until(/\nfirst » *$/);
          terminal.type('use s\t');
          await terminal.until(/first » use second *$/);
          terminal.type('\x15config use f\t');
          await terminal.until(/first » config use first *$/);
          terminal.type('\x15use second\r');
          await terminal.until(/second: .*, DM 2.0 or later\nsecond » *$/);
          terminal.type('query-status -s mysql-\t');
          await terminal.until(/second » query-status -s mysql-replica-0/);
          assert.deepEqual(requests(one), []);
        },
      ),
    );
  } finally {
    await sandbox.close();
  }
});

test('the prompt keeps the profile when another master of its cluster takes over', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0' });
  try {
    await withMaster(fine, (one) =>
      inShell(
        `[profiles.one]\nmaster-addr = "${one.address}"\n[profiles.three]\nmaster-addr = "127.0.0.1:1,${sandbox.addresses[0]}"\n`,
        ['-profile', 'one'],
        async (terminal) => {
          await terminal.until(/\none » *$/);
          terminal.type('use three\r');
          await terminal.until(/three: .*, DM 2.0 or later\nthree » *$/);
          terminal.type('query-status\r');
          await terminal.until(/"result": true[\s\S]*\nthree » *$/);
        },
      ),
    );
  } finally {
    await sandbox.close();
  }
});

test('without a profile the prompt is plain, and shows the address after connect', () =>
  withMaster(undefined, async (first) => {
    await withMaster(undefined, async (second) => {
      const terminal = new Terminal(['-master-addr', first.address, '-history', 'none']);
      try {
        await terminal.until(/^» *$/m);
        terminal.type(`connect ${second.address}\r`);
        await terminal.until(new RegExp(`^${second.address} » *$`, 'm'));
        terminal.type(`connect ${first.address}\r`);
        await terminal.until(new RegExp(`${second.address} » connect[\\s\\S]*\\n» *$`));
      } finally {
        terminal.close();
      }
    });
  }));
