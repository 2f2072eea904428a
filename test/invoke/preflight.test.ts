// start-task and update-task with --check: the command is sent only if the check passes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, type Reply, requests, runProgram, withMaster } from '../harness/run.ts';

const files = { 't.yaml': 'name: t\n' };
const FAILED = '[code=26005:class=dm-master:scope=internal:level=medium] fail to check\n detail: {\n\t"x": 1\n}';

async function checked(
  argv: readonly string[],
  reply: (method: string) => Reply,
): Promise<{ said: string[]; sent: string[]; status: number }> {
  return await withMaster(reply, async (master) => {
    const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, ...argv], { files });
    for (const [, request] of requests(master)) assert.equal(request.task, 'name: t\n', 'both get the same file');
    return { said: [stdout, stderr], sent: requests(master).map(([m]) => m), status };
  });
}

const passes = (method: string): Reply =>
  answer(method as 'StartTask', { result: true, msg: method === 'CheckTask' ? 'check pass!!!' : '' });

for (const [command, method, done] of [
  ['start-task', 'StartTask', 'started'],
  ['update-task', 'UpdateTask', 'updated'],
] as const) {
  test(`${command} --check continues if the check passes, and prints only its own answer`, async () => {
    const { said, sent, status } = await checked([command, '--check', 't.yaml'], passes);
    assert.deepEqual(sent, ['CheckTask', method]);
    assert.deepEqual(said, ['{\n    "result": true,\n    "msg": "",\n    "workers": [\n    ]\n}\n', '']);
    assert.equal(status, 0);
  });

  test(`${command} --check sends nothing more if the check fails, and prints the output of check-task`, async () => {
    const fails = (): Reply => answer('CheckTask', { result: false, msg: FAILED });
    const { said, sent, status } = await checked([command, '--check', 't.yaml'], fails);
    const alone = await checked(['check-task', 't.yaml'], fails);
    assert.deepEqual(sent, ['CheckTask']);
    assert.deepEqual(said, [alone.said[0], `check-task did not pass. Nothing was ${done}\n`]);
    assert.equal(status, 1);
    const table = await checked([command, '--check', 't.yaml', '--output', 'table'], fails);
    assert.equal(table.said[0], (await checked(['check-task', 't.yaml', '--output', 'table'], fails)).said[0]);
  });
}

test('without --check no check is sent', async () => {
  assert.deepEqual((await checked(['start-task', 't.yaml'], passes)).sent, ['StartTask']);
});

test('a failed call of the check, or an invalid answer, starts nothing', async () => {
  const away = await checked(['start-task', '--check', 't.yaml'], () => ({ status: { code: 2, text: 'odd' } }));
  assert.deepEqual(away.sent, ['CheckTask']);
  assert.equal(away.said[1], 'can not start task:\nfail to check task:\nrpc error: code = Unknown desc = odd\n');
  assert.equal(away.status, 1);
  const odd = await checked(['start-task', '--check', 't.yaml'], () => ({ message: Buffer.from([0x08]) }));
  assert.deepEqual(odd.sent, ['CheckTask']);
  assert.match(odd.said[1] ?? '', /^can not start task:\nfail to check task:\nrpc error: .*failed to unmarshal/);
});

test('-read-only rejects the command before the check', async () => {
  const { sent, said } = await checked(['-read-only', 'start-task', '--check', 't.yaml'], passes);
  assert.deepEqual(sent, []);
  assert.match(said[1] ?? '', /read-only/);
});

test('--dry-run shows the check', async () => {
  const { said } = await checked(['start-task', '--check', '--dry-run', 't.yaml'], passes);
  assert.match(said[0] ?? '', /^StartTask to \S+, if CheckTask passes\. Nothing was sent\n/);
});
