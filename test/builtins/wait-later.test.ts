// `wait` against DM 2.0 and later, on the sandbox.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { type Result, runProgram } from '../harness/run.ts';

const PLAIN = SAMPLE_TASK.replace(/^shard-mode: .*\n/m, '');
const files = { 'task.yaml': PLAIN };

/** Runs one line after another on a sandbox with a task in Sync whose time passes a hundred times as fast. */
async function onSandbox(release: string, use: (run: (line: string) => Promise<Result>) => Promise<void>, trafficMs = 5000): Promise<void> {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release, speed: 100, trafficMs });
  const run = (line: string): Promise<Result> => runProgram(['-master-addr', sandbox.address, ...line.split(' ')], { files });
  try {
    assert.equal((await run('start-task task.yaml')).status, 0);
    await use(run);
  } finally {
    await sandbox.close();
  }
}

for (const release of ['2.0.7', '8.5.0']) {
  test(`a task of DM ${release} is running, caught up, paused, and stopped`, () =>
    onSandbox(release, async (run) => {
      const reached = async (line: string): Promise<void> => {
        const { stdout, stderr, status } = await run(`wait demo --interval 0.2 --timeout 60s -o json --for ${line}`);
        assert.equal(status, 0, stdout + stderr);
        assert.equal(JSON.parse(stdout).reached, true);
      };
      await reached('running');
      await reached('caught-up');
      await reached('caught-up -s mysql-replica-02');
      await run('pause-task demo');
      await reached('paused');
      assert.equal((await run('wait demo --interval 0.2 --timeout 60s --for running')).status, 1, 'paused by hand');
      await run('stop-task demo');
      await reached('stopped');
    }));
}

test('--flush writes the checkpoints of DM 8.5 if the upstream is quiet', () =>
  onSandbox(
    '8.5.0',
    async (run) => {
      const { stdout, stderr, status } = await run('wait demo --interval 0.2 --timeout 90s --for caught-up --flush --yes');
      assert.equal(status, 0, stdout + stderr);
    },
    0,
  ));

test('validated is reached when every row up to the mark was compared, and is impossible if rows differ', () =>
  // With steady traffic, some rows always wait for their check.
  onSandbox(
    '8.5.0',
    async (run) => {
      const waited = (more = ''): Promise<Result> => run(`wait demo --interval 0.2 --timeout 90s --for validated${more}`);
      await run('wait demo --interval 0.2 --timeout 60s --for running');
      const none = await waited();
      assert.match(none.stdout + none.stderr, /the validation of demo does not run on mysql-replica-0\d\. Use validation start demo/);
      assert.equal(none.status, 1);
      assert.equal((await run('validation start demo')).status, 0);
      const second = await waited(' -s mysql-replica-02');
      assert.match(second.stdout, /demo is validated on mysql-replica-02/);
      assert.equal(second.status, 0);
      const both = await waited();
      assert.match(
        both.stdout + both.stderr,
        /the validation found \d+ rows? on mysql-replica-01 that differ\. See validation show-error demo/,
      );
      assert.equal(both.status, 1);
    },
    0,
  ));

test('validated is refused by a release that does not report it', () =>
  onSandbox('2.0.7', async (run) => {
    const { stderr, status } = await run('wait demo --for validated');
    assert.match(stderr, /^DM 2\.0\.7 does not report the validation of a task\. Nothing was sent\. DM 6\.2 and later do\n$/);
    assert.equal(status, 2);
  }));
