// Failing outputs, readers that leave, and readers that do not read.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { bash } from '../harness/bash.ts';
import { PROGRAM } from '../harness/program.ts';
import { answer, type Reply, withMaster } from '../harness/run.ts';

const skip = fs.existsSync('/dev/full') ? false : 'there is no /dev/full';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-streams-'));
after(() => fs.rmSync(folder, { recursive: true }));

const small = (method: string): Reply => answer(method as 'QueryStatus', { result: method === 'QueryStatus' });

/** Runs a script with a master. Returns its output and the calls. */
const run = (script: string, reply = small) =>
  withMaster(reply, async (master) => {
    const ran = await bash(script, { DM_MASTER_ADDR: master.address });
    return { ...ran, sent: master.calls.map((c) => c.method) };
  });

const FULL = 'cannot write to standard output: no space left on device (ENOSPC)';

test('an answer that cannot be written to standard output is an error that reports what was sent', { skip }, async () => {
  const query = await run('dmctl query-status >/dev/full');
  assert.deepEqual([query.stderr, query.status], [`${FULL}\n`, 1]);
  const stop = await run('dmctl stop-task nosuch >/dev/full');
  assert.equal(stop.stderr, `${FULL}. stop-task was sent, and the DM-master answered "result": false\n`);
  assert.deepEqual([stop.status, stop.sent], [1, ['OperateTask']]);
  const both = await run('dmctl query-status >/dev/full 2>&1');
  assert.deepEqual([both.stderr, both.status], ['', 1]);
});

test('a file that accepts only a part of the answer is an error', async () => {
  const large = (): Reply => answer('QueryStatus', { result: true, msg: 'x'.repeat(100_000) });
  const file = path.join(folder, 'part');
  const { stderr, status } = await run(`ulimit -f 16; exec dmctl query-status >'${file}'`, large);
  assert.deepEqual([stderr, status], ['cannot write to standard output: file too large (EFBIG)\n', 1]);
  assert.ok(fs.statSync(file).size > 0, 'a part was written');
});

test('piped commands are not sent when standard output is known to fail', { skip }, async () => {
  const framed = await run("printf 'stop-task a\\nstop-task b\\n' | dmctl >/dev/full");
  assert.deepEqual([framed.stderr, framed.status, framed.sent], [`${FULL}. No line was run\n`, 1, []]);
  const bare = await run("printf 'stop-task a\\nstop-task b\\n' | dmctl -o json >/dev/full");
  assert.equal(
    bare.stderr,
    `${FULL}. stop-task was sent, and the DM-master answered "result": false\n${FULL}. stop-task and the lines after it were not run\n`,
  );
  assert.deepEqual([bare.status, bare.sent], [1, ['OperateTask']]);
  const last = await run("printf 'query-status\\n' | dmctl -o json >/dev/full");
  assert.deepEqual([last.stderr, last.status], [`${FULL}\n`, 1]);
});

test('a message that cannot be written to standard error sets the status', { skip }, async () => {
  fs.writeFileSync(path.join(folder, 'odd.toml'), 'unknown = 1\n');
  const { stdout, status, sent } = await run(`dmctl -config '${folder}/odd.toml' query-status 2>/dev/full`);
  assert.match(stdout, /"result": true/);
  assert.deepEqual([status, sent], [1, ['QueryStatus']]);
});

test('a reader that leaves changes no status and is no error', async () => {
  const stop = await run(`dmctl stop-task nosuch | true; exit \${PIPESTATUS[0]}`);
  assert.deepEqual([stop.stderr, stop.status, stop.sent], ['', 1, ['OperateTask']]);
  const head = await run(`dmctl query-status | head -1; exit \${PIPESTATUS[0]}`);
  assert.deepEqual([head.stdout, head.stderr, head.status], ['{\n', '', 0]);
  const lines = await run(`printf 'query-status\\nexit\\n' | dmctl | head -1; exit \${PIPESTATUS[1]}`);
  assert.deepEqual([lines.stderr, lines.status], ['', 0]);
});

test('a reader that has left keeps the next line from being sent', async () => {
  // The second line arrives after the reader has left during the first.
  const script = `mkfifo '${folder}/gone'
    { echo query-status; cat '${folder}/gone'; echo stop-task t; } | { dmctl -o json; echo $? >'${folder}/status'; } | { head -1; exec <&-; echo >'${folder}/gone'; }
    exit $(cat '${folder}/status')`;
  const large = (): Reply => answer('QueryStatus', { result: true, msg: 'x'.repeat(1_000_000) });
  const { stderr, status, sent } = await run(script, large);
  assert.equal(stderr, 'the reader of the output closed it. stop-task and the lines after it were not run\n');
  assert.deepEqual([status, sent], [1, ['QueryStatus']]);
});

/** A long text and many workers with a sub task each: more than 20 MB of JSON, and a table that no pipe holds. */
const huge = (): Reply =>
  answer('QueryStatus', {
    result: true,
    msg: 'a line <of> text\n'.repeat(500_000),
    workers: Array.from({ length: 20_000 }, (_, i) => ({
      result: true,
      worker: `w${i}`,
      sourceID: `s${i}`,
      msg: 'x'.repeat(300),
      subTaskStatus: [{ name: `t${i}`, stage: 'Running', unit: 'Sync', sync: {} }],
    })),
  });

/** Starts a run whose reader accepts only the first piece. Returns the status and the final message. */
async function stalled(args: readonly string[], address: string, begun: (pid: number) => void): Promise<[said: string, status: unknown]> {
  const [command, ...before] = PROGRAM as [string, ...string[]];
  const child = spawn(command, [...before, '-master-addr', address, 'query-status', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (d) => {
    said += d;
  });
  child.stdout.once('data', () => {
    child.stdout.pause();
    begun(child.pid as number);
  });
  // The reader stays until the end, so `close` of the child would not be emitted.
  const [[status, signal]] = await Promise.all([once(child, 'exit'), once(child.stderr, 'close')]);
  child.stdout.destroy();
  return [said, status ?? signal];
}

for (const form of ['auto', 'json', 'jsonl', 'yaml', 'table', 'jsonpath=$.workers[*]']) {
  test(`Ctrl-C ends the printing of a huge answer as ${form}, although the reader does not read`, () =>
    withMaster(huge, async (master) => {
      const ended = await stalled(['--output', form], master.address, (pid) => process.kill(pid, 'SIGINT'));
      // node:vm returns SIGINT to the system for an instant when its work ends. The signal itself then ends the run, which shells also report as 130.
      if (ended[1] !== 'SIGINT') assert.deepEqual(ended, ['interrupted. The answer was not printed completely\n', 130]);
    }));
}

test('-timeout ends the printing of a huge answer, although the reader does not read', () =>
  withMaster(huge, async (master) => {
    const ended = await stalled(['--timeout', '3s'], master.address, () => {});
    assert.deepEqual(ended, ['timed out after 3 s. The answer was not printed completely\n', 3]);
  }));
