// Several addresses, TLS, and retries: the caller alone, with grpc-js's server and the scripted master.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Server, ServerCredentials, type ServiceDefinition, type sendUnaryData } from '@grpc/grpc-js';
import { Interrupted, RpcError } from '../../src/command/errors.ts';
import { connect, type Target } from '../../src/rpc/caller.ts';
import { type Reply, withMaster } from '../harness/run.ts';

const PATH = '/pb.Master/QueryStatus';
const REQUEST = Buffer.from([0x0a, 1, 0x74]);
const READ = { timeoutMs: 20_000, reads: true };
const CHANGE = { timeoutMs: 20_000, reads: false };
const ok = (byte: number): Reply => ({ message: Buffer.from([8, byte]) });

/** Uses a caller and closes it. */
async function withCaller<T>(target: Partial<Target>, use: (caller: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const caller = connect({ addresses: [], maxAnswerBytes: 1 << 20, ...target });
  try {
    return await use(caller);
  } finally {
    caller.close();
  }
}

/** An address without a server. */
async function closedPort(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

test('addresses are tried in order, and the one that answers is kept', async () => {
  const closed = await closedPort();
  await withMaster(
    () => ok(1),
    (first) =>
      withMaster(
        () => ok(2),
        (second) =>
          withCaller({ addresses: [closed, first.address, second.address] }, async (caller) => {
            for (let i = 0; i < 3; i += 1) assert.deepEqual(await caller.call(PATH, REQUEST, CHANGE), Buffer.from([8, 1]));
            assert.equal(first.calls.length, 3);
            assert.deepEqual(first.calls[0]?.request, REQUEST);
            await first.close();
            // A call whose connection ends is not sent elsewhere, because it may have been carried out.
            await caller.call(PATH, REQUEST, CHANGE).catch((error) => assert.equal(error.code, 14));
            assert.deepEqual(await caller.call(PATH, REQUEST, CHANGE), Buffer.from([8, 2]));
          }),
      ),
  );
});

test('if no address can be reached, the error names each', async () => {
  const addresses = [await closedPort(), 'no.such.host.invalid:8261', '127.0.0.1:'];
  await withCaller({ addresses }, (caller) =>
    assert.rejects(caller.call(PATH, REQUEST, READ), (error: RpcError) => {
      assert.equal(error.code, 14);
      assert.match(error.message, new RegExp(`^rpc error: code = Unavailable desc = cannot reach the DM-master at ${addresses[0]}: `));
      assert.match(error.message, /invalid:8261: the host name cannot be resolved( now)?; .* at 127\.0\.0\.1:: the port is missing/);
      return true;
    }),
  );
});

test('a master that starts after a refused connection is found at once', async () => {
  const address = await closedPort();
  await withCaller({ addresses: [address] }, async (caller) => {
    for (let i = 0; i < 3; i += 1) await assert.rejects(caller.call(PATH, REQUEST, READ), /connection refused/);
    const server = new Server();
    server.addService(definition, { QueryStatus: (_call: unknown, done: sendUnaryData<Buffer>) => done(null, Buffer.from([8, 1])) });
    await new Promise<void>((resolve, reject) =>
      server.bindAsync(address, ServerCredentials.createInsecure(), (e) => (e ? reject(e) : resolve())),
    );
    assert.deepEqual(await caller.call(PATH, REQUEST, READ), Buffer.from([8, 1]));
    server.forceShutdown();
  });
});

test('a call that a master answered is not repeated at the next one, for any answer', () =>
  withMaster(
    () => ({ status: { code: 14, text: 'No connection established. Last error: Error: connect ECONNREFUSED' } }),
    (first) =>
      withMaster(
        () => ok(2),
        (second) =>
          withCaller({ addresses: [first.address, second.address] }, async (caller) => {
            await assert.rejects(caller.call(PATH, REQUEST, CHANGE), /No connection established/);
            assert.equal(first.calls.length, 1);
            assert.equal(second.calls.length, 0);
          }),
      ),
  ));

for (const [what, reply] of [
  ['a refused stream', { reset: 7 }],
  ['a dropped connection', { odd: 'drop' }],
  ['a reset', { reset: 2 }],
] as const) {
  test(`${what}: a call that changes the cluster is sent once`, () =>
    withMaster(
      () => reply,
      (master) =>
        withCaller({ addresses: [master.address] }, async (caller) => {
          await assert.rejects(caller.call(PATH, REQUEST, CHANGE), RpcError);
          assert.equal(master.calls.length, 1);
        }),
    ));
}

test('a refused read is sent exactly once more', async () => {
  const replies: Reply[] = [{ reset: 7 }, ok(1), { reset: 7 }, { reset: 7 }];
  let asked = 0;
  await withMaster(
    () => replies[asked++],
    (master) =>
      withCaller({ addresses: [master.address] }, async (caller) => {
        assert.deepEqual(await caller.call(PATH, REQUEST, READ), Buffer.from([8, 1]));
        await assert.rejects(caller.call(PATH, REQUEST, READ), /code = Unavailable desc = .*REFUSED_STREAM/);
        assert.equal(master.calls.length, 4);
      }),
  );
});

test('an aborted signal ends a call that has not connected, and one that waits', async () => {
  const sockets: net.Socket[] = [];
  const silent = net.createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1'); // accepts connections and sends nothing
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = `127.0.0.1:${(silent.address() as net.AddressInfo).port}`;
  const stop = new AbortController();
  silent.on('connection', () => setImmediate(() => stop.abort()));
  for (const addresses of [[address], [address, address]]) {
    await withCaller({ addresses }, (caller) => assert.rejects(caller.call(PATH, REQUEST, { ...READ, signal: stop.signal }), Interrupted));
  }
  for (const socket of sockets) socket.destroy();
  silent.close();
});

const definition: ServiceDefinition = {
  QueryStatus: {
    path: PATH,
    requestStream: false,
    responseStream: false,
    requestSerialize: (b: Buffer) => b,
    requestDeserialize: (b) => b,
    responseSerialize: (b: Buffer) => b,
    responseDeserialize: (b) => b,
  },
};

/** A key and a self-signed certificate for `localhost`; undefined without openssl. */
function certificate(folder: string, name: string): { key: Buffer; cert: Buffer } | undefined {
  const [key, cert] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  return made.status === 0 ? { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } : undefined;
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-tls-'));
const master = certificate(folder, 'dm-master');
const client = certificate(folder, 'dmctl');
fs.rmSync(folder, { recursive: true });

test('TLS: both sides present certificates, and a wrong one is reported', { skip: !(master && client) && 'no openssl' }, async () => {
  if (!master || !client) return;
  const server = new Server();
  server.addService(definition, { QueryStatus: (_call: unknown, done: sendUnaryData<Buffer>) => done(null, Buffer.from([8, 1])) });
  const serverSide = ServerCredentials.createSsl(client.cert, [{ private_key: master.key, cert_chain: master.cert }], true);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', serverSide, (e, bound) => (e ? reject(e) : resolve(bound))),
  );
  const addresses = [`localhost:${port}`];
  const own = { key: client.key, cert: client.cert };
  const ask = (tls: Target['tls']): Promise<Buffer> => withCaller({ addresses, tls }, (caller) => caller.call(PATH, REQUEST, READ));
  try {
    assert.deepEqual(await ask({ ca: master.cert, ...own }), Buffer.from([8, 1]));
    await assert.rejects(ask({ ca: client.cert, ...own }), /code = Unavailable desc = cannot reach .*self-signed certificate/);
    await assert.rejects(ask({ ca: master.cert }), /code = Unavailable/);
    const checkServerIdentity = (host: string): Error => new Error(`${host} is not one of ours`);
    await assert.rejects(ask({ ca: master.cert, ...own, checkServerIdentity }), /localhost is not one of ours/);
    await assert.rejects(ask(undefined), /code = Unavailable/);
  } finally {
    server.forceShutdown();
  }
});
