// The generation of a master is detected before a command is sent, so that a command of one generation never reaches a master of
// the other, which would carry it out or answer it differently.

import assert from 'node:assert/strict';
import type net from 'node:net';
import { test } from 'node:test';
import { OtherGeneration, RpcError } from '../../src/command/errors.ts';
import { resolvingCaller } from '../../src/invoke/dialect-resolver.ts';
import type { Connection } from '../../src/rpc/caller.ts';
import { answer, type Reply, requests, runProgram, type Self, withMaster } from '../harness/run.ts';

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

const noLeader = (): Reply => ({
  status: { code: 2, text: '[code=38043:class=dm-master:scope=internal:level=high], Message: master is not leader' },
});

const LATER: readonly [name: string, self: Self, which: string][] = [
  ['a leader', { leader: leads, page: page('v2.0.7') }, 'DM 2.0.7'],
  ['one without a quorum, which never answers', { leader: hangs, page: page('v6.5.0') }, 'DM 6.5.0'],
  ['a development build', { leader: leads, page: page('None'), methods: ['GetValidationStatus', 'Encrypt'] }, 'DM 2.0 or later'],
  ['one behind something that passes only gRPC', { leader: leads }, 'DM 2.0 or later'],
  ['a follower that has no leader', { leader: noLeader, page: page('v5.4.0') }, 'DM 5.4.0'],
];

/** Lines with commands that only DM 1.0 has. */
const EARLIER_ONLY = [
  'query-error t',
  'sql-skip -w w -b mysql-bin.000001:4 t',
  'sql-replace -w w -b mysql-bin.000001:4 t DROP TABLE a.b',
  'sql-inject -w w t DROP TABLE a.b',
  'break-ddl-lock -w w --exec t',
  'refresh-worker-tasks',
  'switch-relay-master -w w',
  'migrate-relay w mysql-bin.000001 4',
];

/** Lines with commands that only DM 2.0 and later have. */
const LATER_ONLY = [
  'list-member',
  'transfer-source a b',
  'start-relay -s a w',
  'operate-source show',
  'binlog skip t',
  'offline-member --worker --name w',
];

for (const [name, self, which] of LATER) {
  test(`a command that only DM 1.0 has is not sent to a master of DM 2.0 or later: ${name}`, () =>
    withMaster(
      fine,
      async (master) => {
        for (const line of EARLIER_ONLY) {
          const command = line.split(' ')[0];
          const said = `the DM-master at ${master.address} is ${which}, which has no command ${command}. Nothing was sent. DM 1.0 has this command`;
          const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, ...line.split(' ')]);
          assert.ok(stderr.includes(said), stderr);
          assert.deepEqual([stdout, status], ['', 2], line);
        }
        const { stderr } = await runProgram(['-master-addr', master.address], { stdin: `${EARLIER_ONLY.join('\n')}\n` });
        assert.equal(stderr.match(/which has no command/g)?.length, EARLIER_ONLY.length);
        assert.deepEqual(master.calls, []);
      },
      self,
    ));
}

test('a command that only DM 2.0 and later have is not sent to DM 1.0', () =>
  withMaster(fine, async (master) => {
    for (const line of LATER_ONLY) {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, ...line.split(' ')]);
      assert.match(
        stderr,
        /is DM 1\.0, which has no command [a-z -]+\. Nothing was sent\. DM [\d.]+ (?:and|or) later ha(?:s|ve) this command/,
        line,
      );
      assert.deepEqual([stdout, status], ['', 2], line);
    }
    assert.deepEqual(master.calls, []);
  }));

test('the flags of one generation are refused by the other', async () => {
  const targets = async (flag: string, self: Self) =>
    withMaster(
      fine,
      async (master) => {
        for (const line of [`stop-task ${flag} x t`, `pause-task ${flag} x a b`, `query-status ${flag} x`]) {
          const { stderr, status } = await runProgram(['-master-addr', master.address, ...line.split(' ')]);
          assert.match(stderr, new RegExp(`unknown shorthand flag: '${flag.slice(1)}' in ${flag}`), line);
          assert.equal(status, 2, line);
        }
        assert.deepEqual(master.calls, []);
      },
      self,
    );
  await targets('-w', { leader: leads, page: page('v8.1.0') });
  await targets('-s', {});
});

test('a command that both generations have is sent in the form of the master', async () => {
  const sent = async (self: Self, ...argv: string[]): Promise<string[]> =>
    withMaster(
      () => ({ message: Buffer.from('080110011a00', 'hex') }),
      async (master) => {
        await runProgram(['-master-addr', master.address, ...argv]);
        return master.calls.map(({ method, request }) => `${method} ${request.toString('hex')}`);
      },
      self,
    );
  assert.deepEqual(await sent({}, 'stop-task', 't'), ['OperateTask 0801120174']);
  assert.deepEqual(await sent({ leader: leads, page: page('v2.0.7') }, 'stop-task', 't'), ['OperateTask 0801120174']);
  assert.deepEqual(await sent({ leader: leads, page: page('v8.1.0') }, 'stop-task', 't'), ['OperateTask 0807120174']);
  // Without a page the methods of the master show its release: Encrypt is there from 8.0 on, the validation from 6.0 on.
  assert.deepEqual(await sent({ leader: leads, methods: ['GetValidationStatus', 'Encrypt'] }, 'stop-task', 't'), [
    'OperateTask 0807120174',
  ]);
  assert.deepEqual(await sent({ leader: leads }, 'stop-task', 't'), ['OperateTask 0801120174']);
});

const WRONG_PROTOCOL: readonly [name: string, self: Self, set: string, found: string][] = [
  ['v1, and the master reports its release', { leader: hangs, page: page('v8.1.0') }, 'v1', 'DM 2.0 or later (release v8.1.0), not DM 1.0'],
  ['v2, and the master reports its release', { leader: hangs, page: page('v1.0.7') }, 'v2', 'DM 1.0 (release v1.0.7), not DM 2.0 or later'],
];

for (const [name, self, set, found] of WRONG_PROTOCOL) {
  test(`nothing is sent with a wrong -protocol: ${name}`, () =>
    withMaster(
      fine,
      async (master) => {
        for (const line of ['stop-task t', 'query-status', 'pause-task --all', 'wait t --for running']) {
          const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, '-protocol', set, ...line.split(' ')]);
          assert.ok(stderr.includes(`the DM-master at ${master.address} is ${found}. Nothing was sent`), `${line}: ${stderr}`);
          assert.deepEqual([stdout, status], ['', 2], line);
        }
        assert.deepEqual(master.calls, []);
      },
      self,
    ));
}

test('a list of addresses whose first master is away leads to no master of DM 1.0', () =>
  withMaster(fine, async (master) => {
    const { stderr, status } = await runProgram(['-master-addr', `127.0.0.1:1,${master.address}`, 'stop-task', 't']);
    assert.match(stderr, /^DM 1\.0 has one DM-master, but -master-addr names 2\. Nothing was sent\. Name one of them\n$/);
    assert.equal(status, 2);
    const piped = await runProgram(['-master-addr', `127.0.0.1:1,${master.address}`], { stdin: 'stop-task t\n' });
    assert.match(piped.stdout, /too many colons in address$/);
    assert.equal(piped.status, 2);
    assert.deepEqual(master.calls, []);
  }));

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
      assert.equal(master.calls.length, 2);
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
        const stdin = `query-status\nquery-status\nconnect ${other.address}\nquery-status\nquery-error t\nsql-skip -w w -b mysql-bin.000001:4 t\n`;
        const { stdout, stderr } = await runProgram(['-master-addr', one.address], { stdin });
        assert.match(stdout, /127.0.0.1:\d+: DM 1.0\n/);
        assert.match(stdout, /code = Unavailable desc = the connection to the DM-master at .* was lost/);
        assert.equal(stderr.match(/is DM 2.0 or later, which has no command/g)?.length, 2);
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
    // The release of the new master is asked for too, and no command is sent to it.
    ['ListMember', 'OperateTask', 'OperateTask', 'OperateTask', 'ListMember', 'GetValidationStatus', 'Encrypt'],
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
        assert.match(stdout, /generation DM 1.0\nmaster {5}does not report its release\n/, name);
        assert.match(stdout, /127.0.0.1:\d+: DM 1.0\n/);
        assert.match(stdout, /"result": true/);
      },
      { page: bad },
    ),
  );
  await Promise.all(runs);
});
