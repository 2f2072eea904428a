// `status` against masters of both generations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { runProgram, withMaster } from '../harness/run.ts';

test('status of DM 2.0 and later names the release, the leader, the masters and TLS', async () => {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', masters: 3, release: '8.5.0' });
  try {
    const [first, second, third] = sandbox.addresses;
    const { stdout, stderr, status } = await runProgram(['-master-addr', second as string, 'status']);
    assert.deepEqual([stderr, status], ['', 0]);
    assert.match(stdout, new RegExp(`^address +${second}\ngeneration DM 2\\.0 or later\nmaster +v8\\.5\\.0\nleader +master1\n`));
    assert.match(stdout, new RegExp(`\nmasters +master1 http://${first}, master2 http://${second}, master3 http://${third}\nTLS +off\n`));
    const facts = JSON.parse((await runProgram(['-master-addr', first as string, '-o', 'json', 'status'])).stdout);
    assert.deepEqual([facts.leader, facts.TLS], ['master1', 'off']);
  } finally {
    await sandbox.close();
  }
});

test('status of DM 1.0 has no leader', () =>
  withMaster(undefined, async (master) => {
    const { stdout } = await runProgram(['-master-addr', master.address, 'status']);
    assert.match(stdout, /^address .*\ngeneration DM 1\.0\nmaster .*\nTLS +off\nlatency .*\ndmctl /);
  }));

test('status says so if the masters do not answer who leads', () =>
  withMaster(
    () => ({ odd: 'hang' }),
    async (master) => {
      const { stdout, status } = await runProgram(['-master-addr', master.address, '-rpc-timeout', '300ms', 'status']);
      assert.match(stdout, /\nleader +unknown: the masters did not list themselves in time. They may have no quorum\n/);
      assert.equal(status, 0);
    },
    { leader: () => ({ message: Buffer.from('0801', 'hex') }) },
  ));
