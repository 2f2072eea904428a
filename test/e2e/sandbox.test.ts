// The built program on the sandbox: the first steps of a new user, as one-shot commands and as piped lines. The test controls
// the clock of the sandbox.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/v1/server.ts';
import { dmctl } from '../harness/program.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-e2e-'));
/** Any answer. */
type Json = ReturnType<typeof JSON.parse>;

const W1 = '127.0.0.1:8262';

before(() => {
  fs.writeFileSync(path.join(folder, 'task.yaml'), SAMPLE_TASK);
  fs.writeFileSync(
    path.join(folder, 'fails.yaml'),
    SAMPLE_TASK.replace('name: demo', 'name: demo-ddl-fails').replace('is-sharding: true', 'is-sharding: false'),
  );
});
after(() => fs.rmSync(folder, { recursive: true }));

/** A sandbox whose clock advances only on request, and one-shot commands on it. */
async function onSandbox(
  use: (
    run: (...args: string[]) => Promise<{ answer: Json; status: number | null }>,
    pass: (seconds: number) => void,
    sandbox: RunningSandbox,
  ) => Promise<void>,
): Promise<void> {
  let now = 0;
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', clock: () => now, trafficMs: 0 });
  const pass = (seconds: number): void => {
    now += seconds * 1000;
  };
  const run = async (...args: string[]): Promise<{ answer: Json; status: number | null }> => {
    const { stdout, stderr, status } = await dmctl(['-master-addr', sandbox.address, ...args.map((a) => a.replace('@', `${folder}/`))]);
    assert.equal(stderr, '');
    return { answer: stdout.startsWith('{') ? JSON.parse(stdout) : stdout, status };
  };
  try {
    await use(run, pass, sandbox);
  } finally {
    await sandbox.close();
  }
}

const units = (answer: Json): string[] => answer.workers.map((w: Json) => w.subTaskStatus.map((s: Json) => `${s.stage} ${s.unit}`).join());

test('a task is started, watched, paused, updated, resumed and stopped', () =>
  onSandbox(async (run, pass) => {
    assert.equal((await run('check-task', '@task.yaml')).answer.msg, 'check pass!!!');
    assert.equal((await run('start-task', '@task.yaml')).status, 0);
    const seen: string[] = [];
    for (const seconds of [0, 7, 15]) {
      pass(seconds);
      seen.push(units((await run('query-status', 'demo')).answer).join(' | '));
    }
    assert.deepEqual(seen, ['Running Dump | Running Dump', 'Running Load | Running Load', 'Running Sync | Running Sync']);
    assert.equal((await run('update-task', '@task.yaml')).status, 1, 'a running task cannot be updated');
    assert.equal((await run('pause-task', 'demo')).status, 0);
    assert.deepEqual(units((await run('query-status', 'demo')).answer), ['Paused Sync', 'Paused Sync']);
    assert.equal((await run('update-task', '@task.yaml')).status, 0);
    assert.equal((await run('resume-task', 'demo')).status, 0);
    assert.equal((await run('stop-task', 'demo')).status, 0);
    const gone = await run('query-status', 'demo');
    assert.match(gone.answer.msg, /^task demo has no workers or not exist/);
    assert.equal(gone.status, 1);
  }));

test('a DDL lock is shown and unlocked', () =>
  onSandbox(async (run, pass) => {
    await run('start-task', '@task.yaml');
    for (const seconds of [7, 15, 9]) {
      pass(seconds);
      await run('query-status');
    }
    const { answer } = await run('show-ddl-locks', 'demo');
    assert.equal(answer.locks[0].owner, W1);
    const unlocked = await run('unlock-ddl-lock', '-w', W1, answer.locks[0].ID);
    assert.deepEqual([unlocked.answer.result, unlocked.status], [true, 0]);
    assert.equal((await run('show-ddl-locks')).answer.msg, 'no DDL lock exists');
  }));

test('a statement that fails is skipped', () =>
  onSandbox(async (run, pass) => {
    await run('start-task', '@fails.yaml');
    for (const seconds of [7, 15, 9]) {
      pass(seconds);
      await run('query-status');
    }
    const { answer } = await run('query-error', 'demo-ddl-fails');
    const failed = answer.workers[0].subTaskError[0].sync.errors[0];
    assert.match(failed.failedBinlogPosition, /^mysql-bin\|000001\.\d+:\d+$/);
    assert.equal((await run('sql-skip', '-w', W1, '-b', failed.failedBinlogPosition, 'demo-ddl-fails')).status, 0);
    assert.equal((await run('resume-task', 'demo-ddl-fails', '-w', W1)).status, 0);
    pass(1);
    assert.deepEqual(units((await run('query-status', 'demo-ddl-fails')).answer), ['Running Sync', 'Running Sync']);
  }));

test('the relay is paused and resumed, and a second pause is reported', () =>
  onSandbox(async (run) => {
    assert.equal((await run('pause-relay', '-w', W1)).status, 0);
    const again = await run('pause-relay', '-w', W1);
    assert.match(again.answer.workers[0].msg, /current stage is Paused, Running required, relay op PauseRelay/);
    assert.equal(again.status, 1);
    assert.equal((await run('resume-relay', '-w', W1)).status, 0);
  }));

test('piped lines do the same without a prompt', () =>
  onSandbox(async (_run, _pass, { address }) => {
    const lines = ['# a script', `start-task ${folder}/task.yaml`, 'query-status demo;', 'stop-task demo', 'exit', 'never'].join('\n');
    const { stdout, stderr, status } = await dmctl([`-master-addr=${address}`], { stdin: lines });
    assert.match(stdout, /^Welcome to dmctl\n/);
    assert.equal(stdout.match(/"unit": "Dump"/g)?.length, 2);
    assert.equal(stdout.match(/"op": "Stop"/g)?.length, 3);
    assert.doesNotMatch(stdout, /»|dmctl exit/);
    assert.deepEqual([stderr, status], ['', 0]);
  }));

test('a sandbox with many workers and tasks answers with all of them running', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', workers: 200, tasks: 40 });
  try {
    const { stdout, status } = await dmctl(['-master-addr', sandbox.address, 'query-status', '--output', 'json']);
    const workers: { subTaskStatus: { stage: string; unit: string }[] }[] = JSON.parse(stdout).workers;
    const subTasks = workers.flatMap((w) => w.subTaskStatus);
    assert.deepEqual([workers.length, subTasks.length, status], [200, 8000, 0]);
    assert.ok(subTasks.every((s) => s.stage === 'Running' && s.unit === 'Sync'));
  } finally {
    await sandbox.close();
  }
});

test('the sandbox rejects more workers or tasks than it can simulate', async () => {
  for (const [flag, value, most] of [
    ['-workers', '201', 200],
    ['-workers', '0', 200],
    ['--tasks', '101', 100],
    ['-tasks', 'x', 100],
  ] as const) {
    const { stdout, stderr, status } = await dmctl(['sandbox', '-listen', '127.0.0.1:0', flag, value]);
    const name = flag.replace(/^--?/, '');
    assert.deepEqual([stdout, stderr, status], ['', `invalid -${name} ${value}: use a number from 1 to ${most}\n`, 2]);
  }
});

test('the sandbox ends on request', async () => {
  const { stdout, status } = await dmctl(['sandbox', '-sample']);
  assert.deepEqual([stdout, status], [SAMPLE_TASK, 0]);
  const taken = await startSandbox({ listen: '127.0.0.1:0' });
  const second = await dmctl(['sandbox', '-listen', taken.address]);
  assert.match(second.stderr, /^cannot listen on .*: the address is in use\. Use another address with -listen/);
  assert.equal(second.status, 2);
  await taken.close();
});
