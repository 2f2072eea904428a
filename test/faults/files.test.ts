// Unusual files in every place where a file is read: devices, folders, pipes without a writer, endless files.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { readFile } from '../../src/platform/read-file.ts';
import { bash } from '../harness/bash.ts';
import { dmctl, PROGRAM } from '../harness/program.ts';
import { answer, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const skip = process.platform === 'win32' ? 'there are no pipes by name' : false;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-files-'));
after(() => fs.rmSync(folder, { recursive: true }));

/** A named pipe without a writer. */
function fifo(name: string): string {
  const file = path.join(folder, name);
  execFileSync('mkfifo', [file]);
  return file;
}

const fine = () => answer('StartTask', { result: true });

/** Runs a script with a master that starts every task. Returns its output and the task files that were sent. */
const run = (script: string) =>
  withMaster(fine, async (master) => {
    const ran = await bash(script, { DM_MASTER_ADDR: master.address });
    return { ...ran, tasks: requests(master).map(([, { task }]) => task) };
  });

test('a task file is a regular file or a pipe, and nothing is sent for anything else', { skip }, async () => {
  const refused = async (file: string, why: string): Promise<void> => {
    const { stderr, status, tasks } = await run(`dmctl start-task '${file}'`);
    assert.deepEqual([stderr, status, tasks], [`get file content error:\n${why}\n`, 2, []]);
  };
  await refused('/dev/zero', 'open /dev/zero: is a device. Name a regular file or a pipe');
  await refused(folder, `read ${folder}: is a directory`);
  const large = path.join(folder, 'large');
  fs.writeFileSync(large, '');
  fs.truncateSync(large, 1 << 30);
  await refused(large, `read ${large}: is larger than the limit of 16 MiB`);
});

test('a task file can be read from every kind of pipe', { skip }, async () => {
  const file = fifo('named');
  const { stdout, stderr, tasks } = await run(`
    dmctl start-task <(echo 'name: a'; sleep 0.1; echo 'target: b')
    echo 'name: c' | dmctl start-task /dev/stdin
    echo 'name: d' >'${file}' & dmctl start-task '${file}'; wait
    dmctl start-task <(true)
    : >'${file}' & dmctl start-task '${file}'; wait`);
  assert.deepEqual(tasks, ['name: a\ntarget: b\n', 'name: c\n', 'name: d\n'], stderr);
  assert.equal(stdout.match(/"result": true/g)?.length, 3);
  assert.equal(stderr.match(/: the file is empty\. Nothing was sent\n/g)?.length, 2);
});

test('a pipe with more data than the limit is rejected', { skip }, async () => {
  const { stderr, status, tasks } = await run('dmctl start-task <(head -c 20000000 /dev/zero)');
  assert.match(stderr, /^get file content error:\nread \/dev\/fd\/\d+: is larger than the limit of 16 MiB\n$/);
  assert.deepEqual([status, tasks], [2, []]);
});

/** Runs the program on a pipe without a writer and sends a signal once the pipe is open for reading. */
async function signalled(
  file: string,
  args: readonly string[],
  signal: NodeJS.Signals,
): Promise<{ status: number | null; stderr: string }> {
  const [command, ...before] = PROGRAM as [string, ...string[]];
  const child = spawn(command, [...before, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (d) => {
    stderr += d;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // Opening a pipe for writing succeeds when a reader has opened it, and this one never writes.
  const writer = await fs.promises.open(file, 'w');
  child.kill(signal);
  const status = await ended;
  await writer.close();
  return { status, stderr };
}

const ADDRESS = ['-master-addr', '127.0.0.1:1'];

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends the wait for a pipe, for every use of the pipe`, { skip }, async () => {
    const file = fifo(`waits-${signal}`);
    const task = await signalled(file, [...ADDRESS, 'start-task', file], signal);
    assert.deepEqual([task.stderr, task.status], [signal === 'SIGINT' ? 'interrupted. Nothing was sent\n' : '', status]);
    const config = await signalled(file, ['-config', file, 'query-status'], signal);
    assert.deepEqual([config.stderr, config.status], ['', status]);
  });
}

test('-timeout ends the wait for a pipe', { skip }, async () => {
  const { stderr, status } = await dmctl([...ADDRESS, 'start-task', fifo('late'), '--timeout', '100ms']);
  assert.deepEqual([stderr, status], ['timed out after 0.1 s. Nothing was sent\n', 3]);
});

test('the wait for a silent pipe ends automatically', { skip }, async () => {
  await assert.rejects(readFile(fifo('silent'), { most: 100, silentMs: 10 }), /no data came through the pipe for 0\.01 s/);
});

test('a device as the file of -config is rejected', { skip }, async () => {
  const { stderr, status } = await dmctl(['-config', '/dev/zero', 'query-status']);
  assert.match(stderr, /^parse cmd flags err: open \/dev\/zero: is a device\. Name a regular file or a pipe\n/);
  assert.equal(status, 2);
});

test('standard input that is a folder or endless is an error', { skip }, async () => {
  const lines = await run('dmctl </');
  assert.match(lines.stderr, /^cannot read standard input: is a directory \(EISDIR\)\n$/);
  assert.equal(lines.status, 2);
  const text = await run('dmctl explain - </dev/zero');
  assert.deepEqual([text.stderr, text.status], ['standard input is larger than the limit of 16 MiB\n', 2]);
  const secret = await run('dmctl -encrypt - </dev/zero');
  assert.deepEqual([secret.stderr, secret.status], ['standard input is larger than the limit of 16 MiB\n', 2]);
});

test('explain - on a terminal ends with Ctrl-C, and explains the typed text after Ctrl-D', { skip }, async () => {
  const stopped = new Terminal(['explain', '-']);
  try {
    await stopped.until(/Ctrl-D/);
    stopped.type('[code=');
    await stopped.until(/\[code=/);
    stopped.type('\u0003');
    assert.equal(await stopped.ended(), 130);
  } finally {
    stopped.close();
  }
  const typed = new Terminal(['explain', '-']);
  try {
    await typed.until(/Ctrl-D/);
    typed.type('[code=10006:class=database:scope=downstream:level=high] execute statement failed\r');
    await typed.until(/failed/);
    typed.type('\u0004');
    assert.equal(await typed.ended(), 0);
    assert.match(typed.text(), /\n10006 database \(downstream\): execute statement failed/);
  } finally {
    typed.close();
  }
});

/** Node 22 and 24 crash if a process may open fewer than 22 files. */
const FEW_FILES = Number(process.versions.node.split('.')[0]) < 22 ? 20 : 24;

test('a low limit of open files is enough', { skip }, async () => {
  const { stdout, stderr, status } = await run(
    `echo 'name: a' >${folder}/few.yaml; ulimit -n ${FEW_FILES}; exec dmctl start-task ${folder}/few.yaml`,
  );
  assert.match(stdout, /"result": true/);
  assert.deepEqual([stderr, status], ['', 0]);
});

test('a home folder that is not writable affects only the history', {
  skip: fs.existsSync('/proc/self') ? false : 'there is no /proc',
}, async () => {
  const terminal = new Terminal([...ADDRESS], { env: { HOME: '/proc', XDG_STATE_HOME: '', XDG_CONFIG_HOME: '' } });
  try {
    await terminal.until(/»/);
    terminal.type('exit\r');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /warning: .*\/proc\/\.local/);
  } finally {
    terminal.close();
  }
});
