// The exact JSON of answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printAnswer } from '../../src/output/json/answer.ts';
import { protoJson } from '../../src/output/json/protojson.ts';
import { forTerminal } from '../../src/text/sanitize.ts';
import { encode } from '../../src/wire/encode.ts';
import { schema } from '../../src/wire/generated/v1.ts';
import { messageType } from '../../src/wire/schema.ts';

const join = (chunks: Iterable<string | Buffer>): string => [...chunks].map((c) => c.toString()).join('');
const print = (name: string, value: object): string => {
  const type = messageType(schema, name);
  return join(protoJson(type, encode(type, value)));
};
/** The escaped form of a worker's name, between its quotes. */
const text = (bytes: Buffer): string => {
  const message = Buffer.concat([Buffer.from([0x12, bytes.length]), bytes]);
  return /"worker": "(.*)",\n/.exec(join(protoJson(messageType(schema, 'CommonWorkerResponse'), message)))?.[1] ?? '';
};

test('defaults are printed, lists and empty messages have their lines, unset messages are null', () => {
  assert.equal(
    print('QueryStatusListResponse', {
      result: true,
      workers: [{ subTaskStatus: [{ name: 't', stage: 'Running', unit: 'Dump', dump: {} }] }],
    }),
    `{
    "result": true,
    "msg": "",
    "workers": [
        {
            "result": false,
            "worker": "",
            "msg": "",
            "subTaskStatus": [
                {
                    "name": "t",
                    "stage": "Running",
                    "unit": "Dump",
                    "result": null,
                    "unresolvedDDLLockID": "",
                    "dump": {

                    }
                }
            ],
            "relayStatus": null,
            "sourceID": ""
        }
    ]
}
`,
  );
});

test('numbers: 64 bits in quotes, enums by name if they have one', () => {
  const out = print('OperateSubTaskResponse', { op: 77, logID: -9223372036854775808n });
  assert.equal(out, '{\n    "meta": null,\n    "op": 77,\n    "logID": "-9223372036854775808"\n}\n');
  assert.match(print('OperateSubTaskResponse', { op: -1, logID: 9007199254740993n }), /"op": -1,\n {4}"logID": "9007199254740993"/);
  assert.match(print('SyncStatus', { totalEvents: 4294967296n }), /"totalEvents": "4294967296"/);
  assert.match(print('CheckStatus', { total: -1, detail: Buffer.from([0xfb, 0xfe]) }), /"total": -1,[\s\S]*"detail": "\+\/4="/);
  assert.match(print('CheckStatus', {}), /"detail": null/);
});

test('texts are escaped like in Go', () => {
  assert.equal(text(Buffer.from('<a href="x">&\\/\u2028\u2029')), '\\u003ca href=\\"x\\"\\u003e\\u0026\\\\/\\u2028\\u2029');
  assert.equal(text(Buffer.from('\b\f\n\r\t\u0001\u007f\u0085中🚀')), '\\u0008\\u000c\\n\\r\\t\\u0001\u007f\u0085中🚀');
  assert.equal(text(Buffer.from([0xe4, 0xb8, 0x41, 0xff])), '\\ufffd\\ufffdA\\ufffd');
  assert.equal(text(Buffer.from('\ufffd')), '\ufffd', 'a real U+FFFD stays');
  assert.equal(text(Buffer.concat([Buffer.from('\ufffd<'), Buffer.of(0x80)])), '\ufffd\\u003c\\ufffd');
});

test('fields of DM 1.0.2 are printed only if an answer has them', () => {
  assert.equal(print('ProcessError', { msg: 'x' }), '{\n    "Type": "UnknownError",\n    "msg": "x"\n}\n');
  assert.match(print('ProcessError', { error: { ErrCode: 36001 } }), /"error": \{\n {8}"ErrCode": 36001,/);
});

test('a failed pre-check is inserted raw, with its detail indented', () => {
  const type = messageType(schema, 'CheckTaskResponse');
  const msg = 'x fail to check synchronization configuration with type y "<\n detail: {\n\t"a": $& detail: {';
  assert.equal(
    join(printAnswer({ as: 'check' }, type, encode(type, { msg }))),
    '{\n    "result": false,\n    "msg": "x fail to check synchronization configuration with type y "<\n    \tdetail: {\n\t"a": $& detail: {"\n}\n',
  );
  assert.match(join(printAnswer({ as: 'json' }, type, encode(type, { msg }))), /\\n detail: \{\\n/);
});

test('a large answer is written in chunks of limited size', () => {
  const type = messageType(schema, 'QueryStatusListResponse');
  const bytes = encode(type, { workers: Array.from({ length: 2000 }, (_, i) => ({ worker: `w${i}`, msg: 'x'.repeat(500) })) });
  const sizes = [...protoJson(type, bytes)].map((c) => c.length);
  assert.ok(sizes.length > 10 && Math.max(...sizes) < 200_000, String(sizes));
});

test('a terminal gets control characters in visible form', () => {
  assert.equal(forTerminal('a\u001b[31m\u007f\u009b\n\tb'), 'a\\u001b[31m\\u007f\\u009b\n\tb');
});
