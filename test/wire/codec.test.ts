import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { verify, WireError } from '../../src/wire/scan.ts';
import { messageType } from '../../src/wire/schema.ts';

const type = (name: string) => messageType(schema, name);

test('a request is encoded in the order of its field numbers, without defaults', () => {
  const bytes = encode(type('OperateTaskRequest'), { workers: ['a', ''], name: '任务', op: 'Stop' });
  assert.equal(bytes.toString('hex'), `0801${'1206e4bbbbe58aa1'}1a01611a00`);
});

test('a key that the message does not have is an error', () => {
  assert.throws(() => encode(type('OperateTaskRequest'), { nam: 'x' }), /OperateTaskRequest has no field nam/);
  assert.throws(() => encode(type('OperateTaskRequest'), { name: 1 }), /cannot hold/);
  assert.throws(() => encode(type('MigrateWorkerRelayRequest'), { BinlogPos: 4294967296 }), /cannot hold/);
  assert.throws(() => encode(type('OperateTaskRequest'), { op: 'Halt' }), /cannot hold/);
});

test('an encoded message can be decoded, with defaults set', () => {
  const value = { meta: { result: true, worker: 'w', msg: '' }, op: 'Pause', logID: -9223372036854775808n };
  assert.deepEqual(decode(type('OperateSubTaskResponse'), encode(type('OperateSubTaskResponse'), value)), value);
  assert.deepEqual(decode(type('QueryStatusResponse'), Buffer.alloc(0)), {
    result: false,
    worker: '',
    msg: '',
    subTaskStatus: [],
    sourceID: '',
  });
});

test('parts of a plain sub message merge, a member of a oneof replaces', () => {
  const status = type('SubTaskStatus');
  const once = encode(status, { result: { isCanceled: true } });
  const again = encode(status, { result: { errors: [{ msg: 'x' }] } });
  const merged = decode(status, Buffer.concat([once, again])) as { result: unknown };
  assert.deepEqual(merged.result, { isCanceled: true, errors: [{ Type: 'UnknownError', msg: 'x' }], detail: Buffer.alloc(0) });
  const dump = encode(status, { load: { finishedBytes: 1n } });
  const load = encode(status, { load: { totalBytes: 2n } });
  const last = decode(status, Buffer.concat([dump, load])) as { load: { finishedBytes: bigint; totalBytes: bigint } };
  assert.deepEqual([last.load.finishedBytes, last.load.totalBytes], [0n, 2n]);
});

test('inconsistent bytes are rejected with their offset', () => {
  const list = type('QueryStatusListResponse');
  const bad: [string, RegExp][] = [
    ['12ffffffffffffffff7f', /a length goes beyond the message at byte 1/],
    ['0c', /a group ends/],
    ['0001', /field number 0/],
    ['1a021005', /QueryStatusResponse.worker has wire type 0 at byte 2/],
    ['0801120861', /a length goes beyond/],
    ['08ffffffffffffffffffffff01', /longer than 64 bits/],
    ['08', /ends inside a number/],
    ['83010b', /ends inside a number/],
  ];
  for (const [hex, message] of bad) {
    assert.throws(
      () => verify(list, Buffer.from(hex, 'hex')),
      (e: Error) => e instanceof WireError && message.test(e.message),
      hex,
    );
  }
  const nested = Buffer.concat([Buffer.alloc(100_000, Buffer.from('8301', 'hex')), Buffer.alloc(100_000, Buffer.from('8401', 'hex'))]);
  verify(list, nested);
});
