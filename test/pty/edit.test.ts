// `edit` on a terminal, with a line of sed as the editor: a running task takes the change, and nothing that was written is lost.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { SAMPLE_TASK as V1_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox as startV1 } from '../../src/sandbox/v1/server.ts';
import { SAMPLE_TASK as V2_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox as startV2 } from '../../src/sandbox/v2/server.ts';
import { test } from '../harness/posix.ts';
import { runProgram } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-edit-test-'));
after(() => fs.rmSync(folder, { recursive: true }));

interface Bench {
  readonly file: string;
  /** Runs a command line without a terminal. Returns its standard output. */
  run(...words: string[]): Promise<string>;
  /** Runs `edit` on a terminal with an editor, and returns what it has printed. */
  edit(editor: string, words: readonly string[], use: (terminal: Terminal) => Promise<void>): Promise<{ status: number; copies: string[] }>;
}

async function withTask(
  name: string,
  text: string,
  start: (options: { listen: string; clock: () => number }) => Promise<{ address: string; close(): Promise<void> }>,
  use: (bench: Bench) => Promise<void>,
): Promise<void> {
  let now = 0;
  const sandbox = await start({ listen: '127.0.0.1:0', clock: () => now });
  const file = path.join(folder, `${name}.yaml`);
  const copies = path.join(folder, `${name}-copies`);
  fs.writeFileSync(file, text, { mode: 0o600 });
  fs.mkdirSync(copies);
  const run: Bench['run'] = async (...words) =>
    (await runProgram(['-master-addr', sandbox.address, ...words], { files: { [file]: fs.readFileSync(file) } })).stdout;
  try {
    assert.match(await run('start-task', file), /"result": true/);
    now += 25_000;
    await run('query-status');
    await use({
      file,
      run,
      edit: async (editor, words, seen) => {
        const env = { EDITOR: editor, TMPDIR: copies, NO_COLOR: '1' };
        const terminal = new Terminal(['-master-addr', sandbox.address, 'edit', ...words], { columns: 200, rows: 60, env });
        try {
          await seen(terminal);
          const status = await terminal.ended();
          return { status, copies: fs.readdirSync(copies) };
        } finally {
          terminal.close();
        }
      },
    });
  } finally {
    await sandbox.close();
  }
}

const SED = "sed -i 's/target-table: t_all/target-table: t_one/'";

test('DM 8.5: edit stops the task and starts it with the changed file', () =>
  withTask(
    'later',
    V2_TASK,
    (options) => startV2({ release: '8.5.0', ...options }),
    async ({ file, run, edit }) => {
      const task = /^name: (\S+)/m.exec(V2_TASK)?.[1] as string;
      const { status, copies } = await edit(SED, [file], async (terminal) => {
        await terminal.until(/- +target-table: t_all.*\n\+ +target-table: t_one[\s\S]*» check-task /);
        await terminal.until(/» stop-task \S+\n +» start-task [\s\S]*Write .*later\.yaml and run these commands\? \(y\/N\)/);
        terminal.type('y\r');
      });
      assert.deepEqual([status, copies], [0, []]);
      assert.match(fs.readFileSync(file, 'utf8'), /target-table: t_one/);
      assert.equal(fs.statSync(file).mode & 0o777, 0o600);
      assert.match(await run('config', 'task', task), /target-table: t_one/);
      assert.match(await run('query-status', task), /"stage": "Running"/);
    },
  ));

test('DM 1.0: edit pauses, updates and resumes the task', () =>
  withTask('first', V1_TASK, startV1, async ({ file, run, edit }) => {
    const { status, copies } = await edit(SED, [file], async (terminal) => {
      await terminal.until(/» pause-task demo\n +» update-task \S+\n +» resume-task demo\n[\s\S]*\(y\/N\)/);
      terminal.type('y\r');
    });
    assert.deepEqual([status, copies], [0, []]);
    assert.match(await run('query-status', 'demo'), /"stage": "Running"/);
    assert.match(fs.readFileSync(file, 'utf8'), /target-table: t_one/);
  }));

test('no at the question changes nothing and keeps the copy', () =>
  withTask(
    'refused',
    V2_TASK,
    (options) => startV2({ release: '8.5.0', ...options }),
    async ({ file, edit }) => {
      let said = '';
      const { status, copies } = await edit(SED, [file], async (terminal) => {
        await terminal.until(/run these commands\? \(y\/N\)/);
        terminal.type('\r');
        await terminal.until(/Nothing was changed\nWhat you wrote is in (\S+)/);
        said = terminal.text();
      });
      assert.equal(status, 1);
      assert.equal(copies.length, 1);
      const copy = /What you wrote is in (\S+)/.exec(said)?.[1] as string;
      assert.match(fs.readFileSync(copy, 'utf8'), /target-table: t_one/);
      assert.equal(fs.statSync(copy).mode & 0o777, 0o600);
      assert.equal(fs.readFileSync(file, 'utf8'), V2_TASK);
    },
  ));

test('an editor that changes nothing or fails sends nothing', () =>
  withTask(
    'same',
    V2_TASK,
    (options) => startV2({ release: '8.5.0', ...options }),
    async ({ file, edit }) => {
      const same = await edit('true', [file], (terminal) => terminal.until(/You changed nothing\. Nothing was sent/));
      assert.deepEqual([same.status, same.copies], [0, []]);
      const failed = await edit('false', [file], (terminal) => terminal.until(/the editor ended with status 1\. Nothing was changed/));
      assert.equal(failed.status, 1);
    },
  ));

test('edit task edits what the DM-master has', () =>
  withTask(
    'stored',
    V2_TASK,
    (options) => startV2({ release: '8.5.0', ...options }),
    async ({ run, edit }) => {
      const task = /^name: (\S+)/m.exec(V2_TASK)?.[1] as string;
      const editor = "sed -i -e 's/target-table: t_all/target-table: t_one/' -e 's/[*]\\{6\\}//'";
      const { status, copies } = await edit(editor, ['task', task], async (terminal) => {
        await terminal.until(/Run these commands\? \(y\/N\)/);
        terminal.type('y\r');
      });
      assert.deepEqual([status, copies], [0, []]);
      assert.match(await run('config', 'task', task), /target-table: t_one/);
    },
  ));

test('a changed name is refused, and edit needs a terminal', () =>
  withTask(
    'name',
    V2_TASK,
    (options) => startV2({ release: '8.5.0', ...options }),
    async ({ file, edit }) => {
      const { status } = await edit("sed -i 's/^name: .*/name: other/'", [file], async (terminal) => {
        await terminal.until(
          /the name of the task changed from \S+ to other\. That is another task\. Nothing was sent[\s\S]*Edit again\? \(y\/N\)/,
        );
        terminal.type('\r');
      });
      assert.equal(status, 1);
      const piped = await runProgram(['-master-addr', '127.0.0.1:1', 'edit', file], { files: { [file]: V2_TASK } });
      assert.deepEqual([piped.stdout, piped.status], ['', 2]);
      assert.match(piped.stderr, /^edit needs a terminal\. Nothing was sent\./);
    },
  ));
