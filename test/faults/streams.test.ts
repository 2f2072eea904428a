// Outputs that fail, readers that leave, and readers that are there and do not read.

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

/** Runs a script beside a master; gives what it said and what was sent. */
const run = (script: string, reply = small) =>
  withMaster(reply, async (master) => {
    const ran = await bash(script, { DM_MASTER_ADDR: master.address });
    return { ...ran, sent: master.calls.map((c) => c.method) };
  });

const FULL = 'cannot write to standard output: no space left on device (ENOSPC)';

test('an answer that standard output does not take is an error, which says what was sent', { skip }, async () => {
  const query = await run('dmctl query-status >/dev/full');
  assert.deepEqual([query.stderr, query.status], [`${FULL}\n`, 1]);
  const stop = await run('dmctl stop-task nosuch >/dev/full');
  assert.equal(stop.stderr, `${FULL}; stop-task was sent, and the DM-master answered "result": false\n`);
  assert.deepEqual([stop.status, stop.sent], [1, ['OperateTask']]);
  const both = await run('dmctl query-status >/dev/full 2>&1');
  assert.deepEqual([both.stderr, both.status], ['', 1]);
});

test('a file that takes a part of the answer is an error', async () => {
  const large = (): Reply => answer('QueryStatus', { result: true, msg: 'x'.repeat(100_000) });
  const file = path.join(folder, 'part');
  const { stderr, status } = await run(`ulimit -f 16; exec dmctl query-status >'${file}'`, large);
  assert.deepEqual([stderr, status], ['cannot write to standard output: file too large (EFBIG)\n', 1]);
  assert.ok(fs.statSync(file).size > 0, 'a part was written');
});

test('piped commands are not sent when standard output is known to fail', { skip }, async () => {
  const framed = await run("printf 'stop-task a\\nstop-task b\\n' | dmctl >/dev/full");
  assert.deepEqual([framed.stderr, framed.status, framed.sent], [`${FULL}; no line was run\n`, 1, []]);
  const bare = await run("printf 'stop-task a\\nstop-task b\\n' | dmctl -o json >/dev/full");
  assert.equal(
    bare.stderr,
    `${FULL}; stop-task was sent, and the DM-master answered "result": false\n${FULL}; stop-task and the lines after it were not run\n`,
  );
  assert.deepEqual([bare.status, bare.sent], [1, ['OperateTask']]);
  const last = await run("printf 'query-status\\n' | dmctl -o json >/dev/full");
  assert.deepEqual([last.stderr, last.status], [`${FULL}\n`, 1]);
});

test('a message that standard error does not take leaves a status', { skip }, async () => {
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
  // The second line comes when the reader has left, which the first one met.
  const script = `mkfifo '${folder}/gone'
    { echo query-status; cat '${folder}/gone'; echo stop-task t; } | { dmctl -o json; echo $? >'${folder}/status'; } | { head -1; exec <&-; echo >'${folder}/gone'; }
    exit $(cat '${folder}/status')`;
  const large = (): Reply => answer('QueryStatus', { result: true, msg: 'x'.repeat(1_000_000) });
  const { stderr, status, sent } = await run(script, large);
  assert.equal(stderr, 'the reader of the output is gone; stop-task and the lines after it were not run\n');
  assert.deepEqual([status, sent], [1, ['QueryStatus']]);
});

/** A long text, and many workers: some 20 MB of JSON. */
const huge = (): Reply =>
  answer('QueryStatus', {
    result: true,
    msg: 'a line <of> text\n'.repeat(500_000),
    workers: Array.from({ length: 20_000 }, (_, i) => ({ result: true, worker: `w${i}`, sourceID: `s${i}`, msg: 'x'.repeat(300) })),
  });

/** Starts a run whose reader takes the first piece and then no more; gives the status and what was said at the end. */
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
  // The reader is there until the end, and so `close` of the child would not come.
  const [[status, signal]] = await Promise.all([once(child, 'exit'), once(child.stderr, 'close')]);
  child.stdout.destroy();
  return [said, status ?? signal];
}

for (const form of ['auto', 'json', 'jsonl', 'yaml', 'table', 'jsonpath=$.workers[*]']) {
  test(`Ctrl-C ends the printing of a huge answer as ${form}, though nobody reads on`, () =>
    withMaster(huge, async (master) => {
      const ended = await stalled(['--output', form], master.address, (pid) => process.kill(pid, 'SIGINT'));
      // node:vm leaves SIGINT to the system for an instant when its work ends: then the signal itself ends the run. Shells count it as 130, too.
      if (ended[1] !== 'SIGINT') assert.deepEqual(ended, ['interrupted; the answer was not printed to its end\n', 130]);
    }));
}

test('-timeout ends the printing of a huge answer, though nobody reads on', () =>
  withMaster(huge, async (master) => {
    const ended = await stalled(['--timeout', '3s'], master.address, () => {});
    assert.deepEqual(ended, ['timed out after 3 s; the answer was not printed to its end\n', 3]);
  }));
