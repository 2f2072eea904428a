// The generation of a master is detected before a command is sent, so that a command for DM 1.0 never reaches a DM 2.0 master,
// which would carry it out or answer it differently.

import assert from 'node:assert/strict';
import type net from 'node:net';
import { test } from 'node:test';
import { OtherGeneration, RpcError } from '../../src/command/errors.ts';
import { resolvingCaller } from '../../src/invoke/dialect-resolver.ts';
import type { Connection } from '../../src/rpc/caller.ts';
import { answer, between, type Reply, requests, runProgram, type Self, withMaster } from '../harness/run.ts';

const page =
  (release: string) =>
  (socket: net.Socket): void => {
    socket.on('error', () => {});
    const text = `Release Version: ${release}\nGit Commit Hash: none\n`;
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  };
const leads = (): Reply => ({ message: Buffer.from('0801', 'hex') });
const hangs = (): Reply => ({ odd: 'hang' });
const fine = (): Reply => answer('QueryStatus', { result: true });

const LATER: readonly [name: string, self: Self, which: string][] = [
  ['a leader', { leader: leads, page: page('v2.0.7') }, 'release v2.0.7), .* Use the dmctl of v2.0.7.'],
  ['one without a quorum, which never answers', { leader: hangs, page: page('v6.5.0') }, 'release v6.5.0'],
  ['a development build', { leader: leads, page: page('None') }, 'it does not tell its release), .* Use the dmctl of its release.'],
  ['one behind something that passes only gRPC', { leader: leads }, 'it does not tell its release'],
  [
    'a follower that has no leader',
    {
      leader: () => ({
        status: { code: 2, text: '[code=38043:class=dm-master:scope=internal:level=high], Message: master is not leader' },
      }),
      page: page('v5.4.0'),
    },
    'release v5.4.0',
  ],
];

for (const [name, self, which] of LATER) {
  test(`nothing is sent to a DM 2.0 master: ${name}`, () =>
    withMaster(
      fine,
      async (master) => {
        const said = new RegExp(`the DM-master at ${master.address} is DM 2.0 or later \\(${which.replaceAll(')', '\\)')}`);
        for (const argv of [
          ['query-status'],
          ['stop-task', 't'],
          ['pause-task', 'a', 'b'],
          ['stop-task', '--all'],
          ['wait', 't', '--for', 'running'],
        ]) {
          const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, ...argv]);
          assert.match(stderr, said, argv.join(' '));
          assert.match(stderr, /and this dmctl speaks only DM 1.0; nothing was sent. Use the dmctl of /);
          assert.deepEqual([stdout, status], ['', 2], argv.join(' '));
        }
        const piped = await runProgram(['-master-addr', master.address], { stdin: 'stop-task t\nquery-status\n' });
        assert.equal(piped.stderr.match(/is DM 2.0 or later/g)?.length, 2);
        assert.equal(between(piped.stdout), '');
        const tab = await runProgram(['__complete', '--', '-master-addr', master.address, 'stop-task', '']);
        assert.deepEqual([tab.stdout, tab.stderr], ['', '']);
        assert.deepEqual(master.calls, []);
      },
      self,
    ));
}

test('a DM 1.0 master that reports its release only on its page is called', () =>
  withMaster(
    fine,
    async (master) => {
      assert.equal((await runProgram(['-master-addr', master.address, 'query-status'])).status, 0);
      assert.equal(master.calls.length, 1);
    },
    { leader: hangs, page: page('v1.0.7') },
  ));

test('if the master does not report its generation, nothing is sent, unless -protocol sets it', () =>
  withMaster(
    fine,
    async (master) => {
      for (const argv of [['stop-task', 't'], ['query-status']]) {
        const { stderr, status } = await runProgram(['-master-addr', master.address, ...argv]);
        assert.match(
          stderr,
          /desc = no\. The DM-master at .* Nothing was sent\. If you know the generation, use -protocol v1 or -protocol v2\n$/,
        );
        assert.equal(status, 1);
      }
      assert.deepEqual(master.calls, []);
      const told = await runProgram(['-master-addr', master.address, '-protocol', 'v1', 'query-status']);
      assert.equal(told.status, 0);
      const files = { 'c.toml': `master-addr = "${master.address}"\nprotocol = "v1"\n` };
      assert.equal((await runProgram(['-config', 'c.toml', 'query-status'], { files })).status, 0);
      assert.deepEqual([master.calls.length, master.probes], [2, 2]);
    },
    { leader: () => ({ status: { code: 7, text: 'no' } }) },
  ));

test('an unknown protocol is rejected', async () => {
  const { stderr, status } = await runProgram(['-master-addr', 'h:1', '-protocol', 'v9', 'query-status']);
  assert.match(stderr, /^parse cmd flags err: invalid protocol "v9": use auto, v1 or v2\n/);
  assert.equal(status, 2);
});

test('the generation is detected once per session, again after connect, and again after a lost connection', () =>
  withMaster(fine, async (one) => {
    let later = false;
    const reply = (): Reply => {
      later = true;
      return { odd: 'drop' };
    };
    await withMaster(
      reply,
      async (other) => {
        const stdin = `query-status\nquery-status\nconnect ${other.address}\nquery-status\nquery-status\nstop-task t\n`;
        const { stdout, stderr } = await runProgram(['-master-addr', one.address], { stdin });
        assert.match(stdout, /127.0.0.1:\d+: DM 1.0\n/);
        assert.match(stdout, /code = Unavailable desc = the connection to the DM-master at .* was lost/);
        assert.equal(stderr.match(/is DM 2.0 or later/g)?.length, 2);
        assert.deepEqual([one.probes, one.calls.length], [1, 2]);
        assert.deepEqual(requests(other), [['QueryStatus', {}]]);
      },
      { leader: () => (later ? leads() : undefined) },
    );
  }));

test('a master that was not called for some time is asked again, because it may have been upgraded', async () => {
  let now = 0;
  let later = false;
  const sent: string[] = [];
  const unknown = new RpcError(12, 'rpc error: code = Unimplemented desc = unknown method ListMember for service pb.Master');
  const connection: Connection = {
    address: '127.0.0.1:1',
    open: async () => {},
    call: async (path) => {
      sent.push(path);
      if (path.endsWith('/ListMember') && !later) throw unknown;
      return Buffer.alloc(0);
    },
    close: () => {},
  };
  const resolving = resolvingCaller([connection], { protocol: 'auto', now: () => now });
  const call = (): Promise<Buffer> =>
    resolving.call('/pb.Master/OperateTask', Buffer.alloc(0), { timeoutMs: 60_000, reads: false, generation: 'v1' });
  await call();
  later = true;
  now += 4000;
  await call();
  now += 4000;
  await call();
  now += 6000;
  await assert.rejects(call(), OtherGeneration);
  assert.deepEqual(
    sent.map((path) => path.split('/').at(-1)),
    ['ListMember', 'OperateTask', 'OperateTask', 'OperateTask', 'ListMember'],
  );
});

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n';
/** Writes a piece repeatedly, as fast as it is accepted or every 20 ms, until the connection ends. */
const streams =
  (head: string, piece: string, everyMs: number) =>
  (socket: net.Socket): void => {
    socket.on('error', () => {});
    socket.write(head);
    const timer = setInterval(() => socket.write(piece), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

const BAD_PAGES: Readonly<Record<string, NonNullable<Self['page']>>> = {
  drips: streams(`${HEAD}\r\n`, 'x', 20),
  'drips its headers': streams('HTTP/1.1 200 OK\r\n', 'x', 20),
  'has endless headers': streams(HEAD, `x-${'y'.repeat(4000)}: z\r\n`, 1),
  'is endless': streams(`${HEAD}\r\n`, 'x'.repeat(65_536), 1),
  'never arrives': (socket) => void socket.on('error', () => {}),
};

test('a page that drips, never ends or never arrives causes no long delay', { timeout: 60_000 }, async () => {
  const runs = Object.entries(BAD_PAGES).map(([name, bad]) =>
    withMaster(
      fine,
      async (master) => {
        const { stdout } = await runProgram(['-master-addr', master.address], {
          stdin: `status\nconnect ${master.address}\nquery-status\n`,
        });
        assert.match(stdout, /generation DM 1.0\nmaster {5}it does not tell its version\n/, name);
        assert.match(stdout, /127.0.0.1:\d+: DM 1.0\n/);
        assert.match(stdout, /"result": true/);
      },
      { page: bad },
    ),
  );
  await Promise.all(runs);
});
