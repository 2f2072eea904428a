// Messages of DM 2.0 and later: which fields and values each release has, and the kinds of fields that DM 1.0 does not have.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRelease } from '../../src/command/release.ts';
import { schemaFor } from '../../src/dialects/v2/schema.ts';
import { protoJson, protoParts } from '../../src/output/json/protojson.ts';
import { decode } from '../../src/wire/decode.ts';
import { encode } from '../../src/wire/encode.ts';
import { type MessageType, messageType } from '../../src/wire/schema.ts';

/** A message type of a release; of the newest one without a release. */
const typeOf = async (name: string, release = ''): Promise<MessageType> => messageType(await schemaFor(parseRelease(release)), name);

const hex = (type: MessageType, value: object): string => encode(type, value).toString('hex');
/** The JSON of a message whose bytes are given in hexadecimal. */
const json = (type: MessageType, bytes: string): string => Buffer.concat([...protoJson(type, Buffer.from(bytes, 'hex'))]).toString();
const keys = (text: string): string[] => Object.keys(JSON.parse(text));

test('requests have the bytes of the protocol', async () => {
  const requests: [release: string, message: string, value: object, bytes: string][] = [
    ['2.0.7', 'StartTaskRequest', { task: 'a', sources: ['s', ''], removeMeta: true }, '0a016112017312001801'],
    ['8.1.0', 'StartTaskRequest', { task: 'a', sources: [], removeMeta: false, startTime: '1' }, '0a0161220131'],
    ['2.0.7', 'OperateTaskRequest', { op: 'Stop', name: 't' }, '0801120174'],
    ['8.1.0', 'OperateTaskRequest', { op: 'Delete', name: 't' }, '0807120174'],
    ['2.0.7', 'CheckTaskRequest', { task: 'a', errCnt: 10, warnCnt: -1n }, '0a0161100a18ffffffffffffffffff01'],
    ['5.4.0', 'UnlockDDLLockRequest', { ID: 'l', forceRemove: true }, '0a016c1801'],
    ['6.5.0', 'UnlockDDLLockRequest', { ID: 'l', op: 'ExecLock', sources: ['s'], database: 'd' }, '0a016c20022a0173320164'],
    ['6.5.0', 'OperateSchemaRequest', { op: 'ListMigrateTargets', task: 't', fromTarget: true }, '08061201745001'],
    ['8.1.0', 'OperateRelayRequest', { op: 'StartRelayV2', source: 's', worker: ['w'] }, '08011201731a0177'],
    ['8.1.0', 'ListMemberRequest', { leader: true, names: ['m'] }, '080122016d'],
    ['8.1.0', 'Empty', {}, ''],
    ['7.1.0', 'RangeRequest', { key: Buffer.from('a/'), range_end: Buffer.from('a0') }, '0a02612f12026130'],
  ];
  for (const [release, name, value, bytes] of requests) assert.equal(hex(await typeOf(name, release), value), bytes, `${name} ${release}`);
});

test('calls have the paths of their services', async () => {
  const { methods } = await schemaFor(undefined);
  assert.deepEqual(methods.Range, { path: '/etcdserverpb.KV/Range', request: 'RangeRequest', response: 'RangeResponse' });
  assert.deepEqual([methods.ListSourceConfigs?.path, methods.ListSourceConfigs?.request], ['/pb.Master/ListSourceConfigs', 'Empty']);
  assert.deepEqual([methods.UpdateValidation?.since, methods.Encrypt?.since, methods.StartTask?.since], ['7.5', '8.0', undefined]);
  assert.equal(methods.GetTaskCfg?.until, '2.0.0');
});

test('members of a oneof are sent when they are given, even if they are empty', async () => {
  const type = await typeOf('StartValidationRequest', '6.5.0');
  assert.equal(hex(type, { taskName: 't' }), '220174');
  assert.equal(hex(type, { mode_value: '', start_time_value: '', taskName: 't' }), '0a001200220174');
  assert.deepEqual(decode(type, Buffer.from('0a00', 'hex')), { mode_value: '', sources: [], taskName: '' });
});

test('messages have the form of the release', async () => {
  assert.equal(hex(await typeOf('StartValidationRequest', '6.1.0'), { mode: 'full', fromTime: '', taskName: 't' }), '0a0466756c6c220174');
  assert.equal(hex(await typeOf('OperateValidationErrorRequest', '6.0.0'), { op: 'IgnoreErrOp', errId: '7' }), '0801220137');
  assert.equal(hex(await typeOf('OperateValidationErrorRequest', '6.1.0'), { op: 'IgnoreErrOp', errId: 7n }), '08012007');
  const names = async (release: string) => keys(json(await typeOf('ValidationStatus', release), ''));
  assert.deepEqual(await names('6.0.0'), ['source', 'srcTable', 'dstTable', 'validationStatus', 'message']);
  assert.deepEqual((await names('6.1.0')).slice(0, 4), ['task', 'source', 'stage', 'validatorBinlog']);
  assert.equal((await names('6.1.0')).length, 9);
  assert.deepEqual((await names('6.5.0')).slice(0, 4), ['task', 'source', 'mode', 'stage']);
  assert.deepEqual([(await names('6.5.0')).length, (await names('7.5.0')).length], [10, 12]);
  assert.deepEqual(keys(json(await typeOf('GetValidationStatusResponse', '6.0.0'), '')), ['result', 'msg', 'status']);
  assert.deepEqual(keys(json(await typeOf('GetValidationStatusResponse'), '')), ['result', 'msg', 'validators', 'tableStatuses']);
});

test('defaults are printed for the fields that the release has', async () => {
  const count = async (name: string, release: string) => keys(json(await typeOf(name, release), '')).length;
  const releases = ['2.0.0', '2.0.7', '5.4.0', '6.0.0', '6.1.0', '6.5.0', '8.5.7', '26.3.0', ''];
  const counts = async (name: string) => Promise.all(releases.map((release) => count(name, release)));
  assert.deepEqual(await counts('SyncStatus'), [11, 12, 12, 14, 14, 17, 17, 19, 19]);
  assert.deepEqual(await counts('DumpStatus'), [0, 0, 5, 5, 5, 7, 7, 7, 7]);
  assert.deepEqual(await counts('LoadStatus'), [4, 5, 5, 5, 5, 6, 6, 6, 6]);
  assert.deepEqual(await counts('OperateRelayResponse'), [2, 2, 3, 3, 3, 3, 3, 3, 3]);
  assert.deepEqual(await counts('StartTaskResponse'), [3, 3, 3, 4, 4, 4, 4, 4, 4]);
  assert.deepEqual(await counts('SubTaskStatus'), [5, 5, 5, 5, 5, 6, 6, 6, 6]);
  assert.equal(json(await typeOf('DumpStatus', '2.0.7'), ''), '{\n\n}\n');
});

test('newer fields of an answer are skipped, and newer values have no name, as in the original of the release', async () => {
  const start = await typeOf('StartTaskResponse', '2.0.7');
  assert.equal(json(start, '080122017a'), '{\n    "result": true,\n    "msg": "",\n    "sources": [\n    ]\n}\n');
  assert.deepEqual(decode(start, Buffer.from('080122017a', 'hex')), { result: true, msg: '', sources: [] });
  const status = await typeOf('SubTaskStatus', '2.0.7');
  assert.match(json(status, '1008'), /"stage": 8/);
  assert.match(json(await typeOf('SubTaskStatus', '8.1.0'), '1008'), /"stage": "Stopping"/);
});

test('a field of a later patch release is printed if the answer has it', async () => {
  const sync = await typeOf('LoadStatus', '2.0.0');
  const newer = await typeOf('LoadStatus', '2.0.7');
  const added = newer.fields.find((f) => f.since?.split('.').length === 3);
  assert.ok(added);
  const bytes = encode(newer, { [added.name]: added.type === 'string' ? 'x' : 1 }).toString('hex');
  assert.ok(keys(json(sync, bytes)).includes(added.name));
});

test('a newer field is left out if its message has another form in the release', async () => {
  // Field 11 with a mode in field 3, which is a number in the form of DM 6.1.
  const bytes = '5a061a0466756c6c';
  assert.match(json(await typeOf('SubTaskStatus', '6.5.0'), bytes), /"mode": "full"/);
  assert.equal('validation' in JSON.parse(json(await typeOf('SubTaskStatus', '6.1.0'), bytes)), false);
});

test('a request cannot have a field or a value that the release does not have', async () => {
  const start = await typeOf('StartTaskRequest', '5.4.0');
  assert.throws(() => encode(start, { task: 'a', startTime: '1' }), /StartTaskRequest\.startTime is newer than the release/);
  assert.equal(hex(start, { task: 'a', startTime: '' }), '0a0161');
  const operate = await typeOf('OperateTaskRequest', '5.4.0');
  assert.throws(() => encode(operate, { op: 'Delete' }), /OperateTaskRequest\.op: Delete is newer than the release/);
  assert.throws(() => encode(operate, { op: 7 }), /OperateTaskRequest\.op: 7 is newer than the release/);
  assert.throws(() => encode(operate, { op: 'Halt' }), /cannot hold/);
  // Not every patch release was examined, so the fields of a later one are allowed.
  assert.equal(hex(await typeOf('CheckTaskRequest', '2.0.0'), { errCnt: 1 }), '1001');
});

test('a map is a list of entries, printed as an object by the order of its keys', async () => {
  const type = await typeOf('ListTaskConfigsResponse', '8.1.0');
  const entry = (key: string, value: string) => ({ key, value });
  const value = { result: true, msg: '', taskConfigs: [entry('b', '<1>'), entry('a', ''), entry('', 'x'), entry('b', '2')] };
  const bytes = encode(type, value);
  assert.equal(bytes.toString('hex'), '08011a080a016212033c313e1a030a01611a031201781a060a0162120132');
  assert.deepEqual(decode(type, bytes), value);
  assert.equal(
    json(type, bytes.toString('hex')),
    '{\n    "result": true,\n    "msg": "",\n    "taskConfigs": {\n        "": "x",\n        "a": "",\n        "b": "2"\n    }\n}\n',
  );
  assert.equal(json(type, ''), '{\n    "result": false,\n    "msg": "",\n    "taskConfigs": {\n    }\n}\n');
  const parts = [...protoParts(type, bytes)];
  assert.deepEqual(parts[2], { name: 'taskConfigs', value: { '': 'x', a: '', b: '2' } });
});

test('members of a oneof are printed at their place', async () => {
  const type = await typeOf('ListMemberResponse');
  const bytes = encode(type, { members: [{ leader: { name: 'm' } }, { master: { masters: [{ memberID: 18446744073709551615n }] } }, {}] });
  const { members } = JSON.parse(json(type, bytes.toString('hex')));
  assert.deepEqual(members[0], { leader: { msg: '', name: 'm', addr: '' } });
  assert.equal(members[1].master.masters[0].memberID, '18446744073709551615');
  assert.deepEqual(members[2], {});
});

test('doubles are written in eight bytes and printed as in Go', async () => {
  const type = await typeOf('DumpStatus');
  assert.equal(hex(type, { completedTables: 2.5, finishedBytes: 0 }), '110000000000000440');
  const printed = (value: number): string => /"finishedRows": (.*),/.exec(json(type, hex(type, { finishedRows: value })))?.[1] ?? '';
  const values: [number, string][] = [
    [1, '1'],
    [123456789, '123456789'],
    [0.1, '0.1'],
    [1e-7, '1e-7'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [-2.5, '-2.5'],
    [Number.NaN, '"NaN"'],
    [Number.NEGATIVE_INFINITY, '"-Infinity"'],
  ];
  for (const [value, text] of values) assert.equal(printed(value), text);
  assert.equal(decode(type, Buffer.from('110000000000000440', 'hex')).completedTables, 2.5);
  assert.throws(() => decode(type, Buffer.from('1100000000', 'hex')), /ends inside a number/);
});

test('bytes and nested lists are kept', async () => {
  const range = await typeOf('RangeResponse');
  const kvs = [{ key: Buffer.from('k'), value: Buffer.from([0, 255]) }];
  assert.equal(hex(range, { kvs }), '12070a016b2a0200ff');
  assert.deepEqual(decode(range, encode(range, { kvs })), { kvs });
  const sync = await typeOf('SyncStatus', '8.1.0');
  const decoded = decode(sync, encode(sync, { unresolvedGroups: [{ target: 't', DDLs: ['a', ''], synced: ['x'] }] }));
  assert.deepEqual(decoded.unresolvedGroups, [{ target: 't', DDLs: ['a', ''], firstLocation: '', synced: ['x'], unsynced: [] }]);
});

test('a schema is made once per release', async () => {
  assert.equal(await schemaFor(parseRelease('v8.1.0')), await schemaFor(parseRelease('8.1.0-alpha')));
  assert.notEqual(await schemaFor(parseRelease('8.1.0')), await schemaFor(parseRelease('7.5.0')));
});
