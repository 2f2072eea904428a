// Masters without a leader: on a terminal a read waits for the next one. A change is sent once, and a script is not kept waiting.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRelease } from '../../src/command/release.ts';
import { schemaFor } from '../../src/dialects/v2/schema.ts';
import { answerIn, type Reply, runProgram, type Self, type World, withMaster } from '../harness/run.ts';

const LEADERLESS: readonly Reply[] = [
  { status: { code: 2, text: "[code=38043:class=dm-master:scope=internal:level=high], Message: master is not leader, and can't forward" } },
  {
    status: {
      code: 14,
      text: 'connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.1:8261: connect: connection refused"',
    },
  },
];
const SELF: Self = { leader: () => ({ message: Buffer.from('0801', 'hex') }), methods: ['GetValidationStatus', 'Encrypt'] };

/** Runs a line against masters without a leader, which have one from the second call on. */
async function calls(line: string, reply: Reply, world: World): Promise<{ sent: number; stdout: string; stderr: string; status: number }> {
  const schema = await schemaFor(parseRelease(''));
  let sent = 0;
  const replies = (method: string): Reply => {
    sent += 1;
    return sent === 1 ? reply : answerIn(schema, method, { result: true });
  };
  return await withMaster(
    replies,
    async (master) => {
      const done = await runProgram(['-master-addr', master.address, ...line.split(' ')], world);
      return { sent, ...done };
    },
    SELF,
  );
}

for (const reply of LEADERLESS) {
  const code = reply.status?.code;
  test(`a read waits on a terminal for the next leader, and says so once (status ${code})`, async () => {
    const { sent, stdout, stderr, status } = await calls('query-status t', reply, { tty: ['stderr'], columns: 200 });
    assert.equal(stderr.match(/the DM-masters have no leader\. Waiting up to a minute for a new one/g)?.length, 1);
    assert.match(stdout, /"result": true/);
    assert.deepEqual([sent, status], [2, 0]);
  });

  test(`a change is sent once (status ${code})`, async () => {
    const { sent, stderr, status } = await calls('stop-task t', reply, { tty: ['stderr'], columns: 200 });
    assert.doesNotMatch(stderr, /Waiting/);
    assert.deepEqual([sent, status], [1, 1]);
  });
}

test('a script is not kept waiting', async () => {
  const { sent, status } = await calls('query-status t', LEADERLESS[0] as Reply, {});
  assert.deepEqual([sent, status], [1, 1]);
});

test('-rpc-timeout limits the wait', async () => {
  const { stderr, status } = await calls('query-status t -rpc-timeout 100ms', LEADERLESS[0] as Reply, { tty: ['stderr'], columns: 200 });
  assert.match(stderr, /Waiting/);
  assert.equal(status, 0, 'one more question is asked');
});
