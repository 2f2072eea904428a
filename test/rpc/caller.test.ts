// Data from a master, or from another server, becomes an answer or one line that describes the error.

import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { between, type Reply, runProgram, withMaster } from '../harness/run.ts';

const raw = (hex: string): Reply => ({ raw: Buffer.from(hex, 'hex') });

/** Replies to query-status and what is printed after `can not query  task's status(in workers []):`. */
const FAILURES: readonly [name: string, reply: Reply, said: RegExp][] = [
  ['a status', { status: { code: 2, text: '任务 100% <x>' } }, /^rpc error: code = Unknown desc = 任务 100% <x>\n$/],
  ['an unknown status', { status: { code: 99, text: 'odd' } }, /^rpc error: code = Code\(99\) desc = odd\n$/],
  ['a status that is no number', { status: { code: 'abc' } }, /code = Internal desc = .*not a number/],
  ['no status', { message: Buffer.alloc(0), noStatus: true }, /code = Internal desc = .*without a status/],
  ['a status 0 and no answer', { status: { code: 0 } }, /code = Internal desc = .*no answer/],
  ['half an answer', raw('000000000a0801'), /code = Internal desc = .*is incomplete: 7 of 15 bytes/],
  [
    'an answer that claims four gigabytes',
    raw('00ffffffff0801'),
    /code = ResourceExhausted desc = the answer has 4294967295 bytes, .* more than the limit of 1GiB\. Raise it with the setting max-answer/,
  ],
  ['a compressed answer', raw('01000000020801'), /code = Internal desc = .*compressed/],
  ['two answers', raw('0000000002080100000000020801'), /code = Unknown desc = .*more than one answer/],
  ['no protobuf', raw('00000000053c68746d6c'), /code = Internal desc = /],
  [
    'a lie about a length',
    raw('000000000312ff7f'),
    /failed to unmarshal the received message: QueryStatusListResponse: a length goes beyond/,
  ],
  ['HTTP 503', { http: { ':status': 503, 'content-type': 'text/html' } }, /code = Unavailable desc = HTTP status 503/],
  ['HTTP 200 with a page', { http: { ':status': 200, 'content-type': 'text/html' } }, /code = Unknown desc = content-type "text\/html"/],
  ['a reset', { reset: 11 }, /code = ResourceExhausted desc = .*ENHANCE_YOUR_CALM/],
  ['a dropped connection', { odd: 'drop' }, /code = Unavailable desc = the connection to the DM-master at .* was lost/],
];

for (const [name, reply, said] of FAILURES) {
  test(`${name} is reported in one line, and the shell continues`, () => {
    let asked = 0;
    return withMaster(
      () => (asked++ === 0 ? reply : { message: Buffer.from('0801', 'hex') }),
      async (master) => {
        const lines = await runProgram(['-master-addr', master.address], { stdin: 'query-status\nquery-status\n' });
        const [first = '', ...rest] = between(lines.stdout).split(/(?<=desc = .*\n)/);
        assert.match(first.replace("can not query  task's status(in workers []):\n", ''), said);
        assert.match(rest.join(''), /"result": true/);
        assert.equal(lines.status, 0);
        assert.equal(master.calls.length, 2, 'nothing is sent twice');
      },
    );
  });
}

test('a failed one-shot call prints to standard error and exits with status 1', () =>
  withMaster(
    () => ({ status: { code: 14, text: 'gone' } }),
    async (master) => {
      const result = await runProgram(['-master-addr', master.address, 'stop-task', 't']);
      assert.deepEqual(result, { stdout: '', stderr: 'can not stop task t:\nrpc error: code = Unavailable desc = gone\n', status: 1 });
    },
  ));

test('a master of another generation is recognized', () =>
  withMaster(
    () => undefined,
    async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, 'refresh-worker-tasks']);
      assert.match(
        stderr,
        /code = Unimplemented desc = unknown method RefreshWorkerTasks for service pb.Master\nthe DM-master does not implement this call/,
      );
      assert.equal(status, 1);
    },
  ));

test('a closed port and a server without HTTP/2 are reported', async () => {
  const closed = await runProgram(['-master-addr', '127.0.0.1:1', 'query-status']);
  assert.match(closed.stderr, /code = Unavailable desc = cannot reach the DM-master at 127.0.0.1:1: connection refused/);
  const server = net.createServer((socket) => socket.end('SSH-2.0-x\r\n')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const other = await runProgram(['-master-addr', `127.0.0.1:${port}`, 'query-status']);
  assert.match(other.stderr, /code = Unavailable desc = /);
  assert.equal(other.status, 1);
  server.close();
});

test('every call has the deadline, and a call that hangs ends with it', () =>
  withMaster(
    () => ({ odd: 'hang' }),
    async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, '-rpc-timeout', '150ms', 'stop-task', 't']);
      assert.equal(stderr, 'can not stop task t:\nrpc error: code = DeadlineExceeded desc = context deadline exceeded\n');
      assert.equal(status, 1);
      assert.match(master.calls[0]?.timeout ?? '', /^1[0-5]\dm$/);
    },
  ));

test('Ctrl-C ends the call: a one-shot command exits with 130, piped lines end', async () => {
  let press: (() => void) | undefined;
  const onStart = (interrupt: () => void): void => {
    press = interrupt;
  };
  const hang = (): Reply => {
    setImmediate(() => press?.());
    return { odd: 'hang' };
  };
  await withMaster(hang, async (master) => {
    const result = await runProgram(['-master-addr', master.address, 'stop-task', 't'], { onStart });
    assert.deepEqual(result, { stdout: '', stderr: 'interrupted. The DM-master may still carry out the call\n', status: 130 });
    const piped = await runProgram(['-master-addr', master.address], { stdin: 'stop-task t\nstop-task u\n', onStart });
    assert.equal(piped.status, 130);
    assert.equal(master.calls.length, 2, 'the second line is not run');
  });
});

test('a connection that the master closes between calls is opened again', () =>
  withMaster(
    () => ({ message: Buffer.from('0801', 'hex'), odd: 'bye' }),
    async (master) => {
      const { stdout } = await runProgram(['-master-addr', master.address], { stdin: 'query-status\n'.repeat(5) });
      assert.equal(stdout.match(/"result": true/g)?.length, 5);
    },
  ));

test('an answer of more than four megabytes is printed completely', () =>
  withMaster(
    () => ({ message: Buffer.concat([Buffer.from('0801128080c002', 'hex'), Buffer.alloc(5_242_880, 'x')]) }),
    async (master) => {
      const { stdout, status } = await runProgram(['-master-addr', master.address, 'query-status']);
      assert.equal(JSON.parse(stdout).msg.length, 5_242_880);
      assert.equal(status, 0);
    },
  ));
