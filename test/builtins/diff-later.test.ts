// `diff` against DM 2.0 and later, whose master returns the configuration of a task.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { runProgram } from '../harness/run.ts';

const EDITED = SAMPLE_TASK.replace('port: 4000', 'port: 4001').replace('target-table: t_all', 'target-table: t_one');
const files = {
  'task.yaml': SAMPLE_TASK,
  'edited.yaml': EDITED,
  'renamed.yaml': SAMPLE_TASK.replaceAll('merge-tables', 'another-name'),
  'fewer.yaml': SAMPLE_TASK.replace(/ {2}- source-id: mysql-replica-02\n(?: {4}.*\n)*/, ''),
  'secret.yaml': SAMPLE_TASK.replace('password: ""', 'password: "hunter2"'),
};

test('diff compares the settings and rules of a file with the configuration in the cluster', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', release: '8.5.0' });
  const diff = (...words: string[]) => runProgram(['-master-addr', sandbox.address, 'diff', ...words], { files });
  try {
    const before = await diff('task.yaml');
    assert.match(before.stdout, /^task +✗ differs +demo +no configuration$/m);
    assert.equal(before.status, 1);
    assert.equal((await runProgram(['-master-addr', sandbox.address, 'start-task', 'task.yaml'], { files })).status, 0);
    assert.deepEqual([(await diff('task.yaml')).status, (await diff('renamed.yaml')).status], [0, 0]);
    const edited = await diff('edited.yaml');
    assert.equal(edited.status, 1);
    assert.match(edited.stdout, /^target-database\.port +✗ differs +4001 +4000$/m);
    assert.match(edited.stdout, /✗ source mysql-replica-01: route-rules\n +file .*"t_one"[\s\S]*cluster .*"t_all"/);
    assert.match(edited.stdout, /3 differences/);
    const fewer = JSON.parse((await diff('fewer.yaml', '-o', 'json')).stdout);
    assert.equal(fewer.same, false);
    assert.deepEqual(fewer.compared[0], { what: 'source mysql-replica-02', file: '', cluster: 'mysql-replica-02', verdict: 'differs' });
    const secret = await diff('secret.yaml');
    assert.match(secret.stdout, /^target-database\.password .*\*{6}/m);
    assert.ok(!`${secret.stdout}${secret.stderr}`.includes('hunter2'));
  } finally {
    await sandbox.close();
  }
});
