import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v1/server.ts';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { messageType } from '../../src/wire/schema.ts';
import { runProgram } from '../harness/run.ts';

const same = (bytes: Buffer) => bytes;

function send(client: Client, path: string, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, bytes, (error, answer) => (error ? reject(error) : resolve(answer as Buffer)));
  });
}

async function call(client: Client, method: string, request: object): Promise<Record<string, unknown>> {
  const { path, request: given, response } = schema.methods[method] as { path: string; request: string; response: string };
  return decode(messageType(schema, response), await send(client, path, encode(messageType(schema, given), request)));
}

describe('sandbox: the server', () => {
  it('serves the machine over gRPC, with the given clock', async () => {
    let now = 1_000_000;
    const { address, sandbox, close } = await startSandbox({ listen: '127.0.0.1:0', workers: 3, speed: 10, clock: () => now });
    const client = new Client(address, credentials.createInsecure());
    try {
      assert.match(address, /^127\.0\.0\.1:[1-9]\d*$/);
      const empty = await call(client, 'QueryStatus', {});
      assert.equal((empty.workers as unknown[]).length, 3);
      assert.equal((await call(client, 'StartTask', { task: SAMPLE_TASK })).result, true);
      now += 3000;
      const locks = (await call(client, 'ShowDDLLocks', {})).locks as { owner: string }[];
      assert.deepEqual([sandbox.now, locks.map((l) => l.owner)], [30_000, ['127.0.0.1:8262']], 'ten times as fast as the clock');

      const refused = (path: string, bytes: Buffer) =>
        send(client, path, bytes).then(
          () => assert.fail(),
          (error: ServiceError) => error.code,
        );
      assert.equal(await refused('/pb.Master/ListMember', Buffer.alloc(0)), status.UNIMPLEMENTED);
      assert.equal(await refused('/pb.Master/QueryStatus', Buffer.from([0x0a, 0x7f])), status.INTERNAL);
    } finally {
      client.close();
      await close();
    }
  });

  it('reports that it is DM 1.0.1, as a DM-master does', async () => {
    const { address, close } = await startSandbox({ listen: '127.0.0.1:0', clock: () => 0 });
    try {
      const { stdout } = await runProgram(['-master-addr', address, 'status']);
      assert.match(stdout, /\ngeneration DM 1\.0\nmaster {5}v1\.0\.1\n/);
      assert.equal((await fetch(`http://${address}/other`)).status, 404);
    } finally {
      await close();
    }
  });

  it('answers all seventeen methods', async () => {
    const { address, close } = await startSandbox({ listen: '127.0.0.1:0', clock: () => 0 });
    const client = new Client(address, credentials.createInsecure());
    try {
      const methods = Object.keys(schema.methods);
      assert.equal(methods.length, 17);
      for (const method of methods) assert.equal(typeof (await call(client, method, {})).result, 'boolean', method);
    } finally {
      client.close();
      await close();
    }
  });

  it('reports a port that is in use, and frees its port at the end', async () => {
    const first = await startSandbox({ listen: '127.0.0.1:0' });
    await assert.rejects(startSandbox({ listen: first.address }), /EADDRINUSE|No address added/);
    await first.close();
    const second = await startSandbox({ listen: first.address });
    assert.equal(second.address, first.address);
    await second.close();
  });
});
