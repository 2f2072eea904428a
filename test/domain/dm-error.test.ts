// DM's errors as text for people. Real masters and workers sent these texts, some with more stack frames.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { adviceOf } from '../../src/dialects/v1/errors/advice.ts';
import { CODES, entryOf, RANGES, rangeOf } from '../../src/dialects/v1/errors/codes.ts';
import { NUMBERS } from '../../src/dialects/v1/errors/numbers.ts';
import * as later from '../../src/dialects/v2/errors/codes.ts';
import { NUMBERS as LATER_NUMBERS } from '../../src/dialects/v2/errors/numbers.ts';
import { readDmError } from '../../src/domain/dm-error.ts';
import { type DescribedError, describeError } from '../../src/presenters/describe-error.ts';
import { errorPage } from '../../tools/error-page.mjs';

const STACK = `
github.com/pingcap/dm/pkg/terror.(*Error).Generate
	/go/src/dm1.01/pkg/terror/terror.go:232
github.com/pingcap/dm/dm/pb._Master_CheckTask_Handler
	/go/src/dm1.01/dm/pb/dmmaster.pb.go:1818
google.golang.org/grpc.(*Server).serveStreams.func1.1
	/home/go/pkg/mod/google.golang.org/grpc@v1.23.0/server.go:710
runtime.goexit
	/usr/local/go/src/runtime/asm_amd64.s:1771`;

const MASTER = 'class=dm-master:scope=internal:level=high';
const NOT_RUNNING = `[code=38032:${MASTER}] operation not success: [code=40050:class=dm-worker:scope=internal:level=high] current stage is not running not valid`;
const DUPLICATE =
  "[code=10006:class=database:scope=downstream:level=high] execute statement failed: ALTER TABLE `plain1`.`ddl1` ADD UNIQUE `u_a`(`a`): Error 1062: Duplicate entry '5' for key 'u_a'";

/** For each text, the line and the details that are not advice. */
const DESCRIBED: readonly [text: string, line: string, ...details: string[]][] = [
  [
    DUPLICATE,
    "10006 database (downstream): execute statement failed: Error 1062: Duplicate entry '5' for key 'u_a'",
    'statement ALTER TABLE `plain1`.`ddl1` ADD UNIQUE `u_a`(`a`)',
    'where the target (downstream)',
  ],
  [NOT_RUNNING, '40050 dm-worker: current stage is not running not valid', 'around 38032 dm-master: operation not success'],
  [
    '[code=10001:class=database:scope=downstream:level=high] fail to initial unit Load of subtask noinit : database driver error: dial tcp 127.0.0.1:14999: connect: connection refused',
    '10001 database (downstream): fail to initial unit Load of subtask noinit: dial tcp 127.0.0.1:14999: connect: connection refused',
    'cause database driver error',
    'cause dial tcp 127.0.0.1:14999: connect: connection refused',
    'where the target (downstream)',
    'where address 127.0.0.1:14999',
    'where task noinit',
  ],
  [
    "[code=10005:class=database:scope=downstream:level=high] query statement failed: SHOW COLUMNS FROM `plain1`.`orders`: Error 1146: Table 'plain1.orders' doesn't exist",
    "10005 database (downstream): query statement failed: Error 1146: Table 'plain1.orders' doesn't exist",
    'statement SHOW COLUMNS FROM `plain1`.`orders`',
    'where the target (downstream)',
  ],
  [
    `[code=11006:class=functional:scope=internal:level=high] encountered incompatible DDL in TiDB:
	please confirm your DDL statement is correct and needed.
	if the DDL is not needed, you can use a filter rule with "*" schema-pattern to ignore it.
	 : parse statement: line 1 column 46 near "uuid" %!(EXTRA string=alter table plain1.customers add column u uuid)`,
    '11006 functional: encountered incompatible DDL in TiDB: line 1 column 46 near "uuid"',
    'cause parse statement',
    'cause line 1 column 46 near "uuid"',
    'statement alter table plain1.customers add column u uuid',
    'server please confirm your DDL statement is correct and needed. if the DDL is not needed, you can use a filter rule with "*" schema-pattern to ignore it.',
  ],
  [
    'check SQLs error: [code=11006:class=functional:scope=internal:level=high] parse statement: line 1 column 19 near ", shop2;" ',
    '11006 functional: parse statement: line 1 column 19 near ", shop2;"',
    'around check SQLs error',
  ],
  [
    '[code=20003:class=dm-master:scope=internal:level=medium] decode config from data: yaml: unmarshal errors:\n  line 1: field no-such-key not found in type config.TaskConfig',
    '20003 dm-master: decode config from data: yaml: unmarshal errors: line 1: field no-such-key not found in type config.TaskConfig',
  ],
  [
    '[code=20010:class=dm-master:scope=downstream:level=medium] source mysql-replica-01: decrypt DB password x failed: [code=11050:class=functional:scope=internal:level=high] decode base64 encoded password x: illegal base64 data at input byte 5',
    '11050 functional: decode base64 encoded password x: illegal base64 data at input byte 5',
    'where source mysql-replica-01',
    'around 20010 dm-master (downstream): source mysql-replica-01: decrypt DB password x failed',
  ],
  [
    "[code=26002:class=dm-master:scope=downstream:level=high] fail to initial checker: failed to open DSN dm:***@127.0.0.1:14000: Error 1045: Access denied for user 'dm'@'127.0.0.1' (using password: YES)",
    "26002 dm-master (downstream): fail to initial checker: Error 1045: Access denied for user 'dm'@'127.0.0.1' (using password: YES)",
    'cause failed to open DSN dm:***@127.0.0.1:14000',
    "cause Error 1045: Access denied for user 'dm'@'127.0.0.1' (using password: YES)",
    'where the target (downstream)',
    'where database dm:***@127.0.0.1:14000',
  ],
  [
    '[code=30012:class=relay-unit:scope=upstream:level=high] start reader for UUID 0-1002.000001: start sync from position (mysql-bin.000001, 3472): dial tcp 127.0.0.1:13307: connect: connection refused',
    '30012 relay-unit (upstream): start reader for UUID 0-1002.000001: dial tcp 127.0.0.1:13307: connect: connection refused',
    'cause start sync from position (mysql-bin.000001, 3472)',
    'cause dial tcp 127.0.0.1:13307: connect: connection refused',
    'where the source (upstream)',
    'where address 127.0.0.1:13307',
    'where position mysql-bin.000001, 3472',
  ],
  [
    `[code=38008:${MASTER}] fetch config of worker 127.0.0.1:8263: grpc request error: rpc error: code = Unavailable desc = all SubConns are in TransientFailure, latest connection error: connection error: desc = "transport: Error while dialing dial tcp 127.0.0.1:8263: connect: connection refused"`,
    '38008 dm-master: grpc request error: dial tcp 127.0.0.1:8263: connect: connection refused',
    'cause all SubConns are in TransientFailure, latest connection error',
    'cause dial tcp 127.0.0.1:8263: connect: connection refused',
    'where gRPC Unavailable',
    'where while fetch config of worker 127.0.0.1:8263',
    'where worker 127.0.0.1:8263',
  ],
  [
    `Failed to parse configure from file /srv/dm-master.toml, detail: [code=38011:${MASTER}] master config contained unknown configuration options: nosuch`,
    '38011 dm-master: master config contained unknown configuration options: nosuch',
    'around Failed to parse configure from file /srv/dm-master.toml',
  ],
  [
    `[code=38019:${MASTER}] lock with ID shard-\`shop\`.\`t_all\` not found`,
    '38019 dm-master: lock with ID shard-`shop`.`t_all` not found',
    'where lock shard-`shop`.`t_all`',
  ],
  // DM 2.0
  [
    "[code=48001:class=dmctl:scope=internal:level=high], Message: can't connect to 10.0.0.1:8261, RawCause: context deadline exceeded, Workaround: Please check your network connection.",
    "48001 dmctl: can't connect to 10.0.0.1:8261: context deadline exceeded",
    'server Please check your network connection.',
  ],
  [
    '[code=38032:class=dm-master:scope=internal:level=high], Message: outer, RawCause: [code=10001:class=database:scope=upstream:level=high], Message: inner, RawCause: EOF, Workaround: fix it, Workaround: and that',
    '10001 database (upstream): inner: EOF',
    'where the source (upstream)',
    'around 38032 dm-master: outer',
    'server fix it; and that',
  ],
  // without a DM error code
  ['rpc error: code = Unknown desc = something', 'something', 'where gRPC Unknown'],
  ["worker not found in task's config or deployment config", "worker not found in task's config or deployment config"],
  ['', 'an empty text'],
  ['[code=10006]', '10006'],
  // values are kept unchanged
  [
    "[code=10006:class=database:scope=not-set:level=high] execute statement failed: INSERT INTO `库`.`订单` VALUES ('a: Error 1: b','\\n'): Error 1406: 数据太长",
    '10006 database: execute statement failed: Error 1406: 数据太长',
    "statement INSERT INTO `库`.`订单` VALUES ('a: Error 1: b','\\n')",
  ],
  ['[code=38019:class=dm-master:scope=internal:level=high] a \u202e b', '38019 dm-master: a \u202e b'],
];

/** The description of an error, with the advice of DM 1.0. */
function describe(text: string): DescribedError {
  const error = readDmError(text);
  return describeError(error, { advice: adviceOf(error) });
}

const ADVICE = new Set(['means', 'try', 'type']);

/** The line, then the rows that are not advice. */
function described(text: string): string[] {
  const { line, details } = describeError(readDmError(text));
  return [line, ...details.filter((d) => !ADVICE.has(d.label)).map((d) => `${d.label} ${d.text}`)];
}

for (const [text, ...expected] of DESCRIBED) {
  test(`described: ${expected[0]}`, () => assert.deepEqual(described(text), expected));
  if (text === '') continue;
  test(`the same with a stack, and copied from JSON: ${expected[0]}`, () => {
    assert.deepEqual(described(text + STACK), expected);
    assert.deepEqual(described(JSON.stringify(text + STACK)), expected);
    assert.deepEqual(described(`"msg": ${JSON.stringify(text + STACK)},`), expected);
    assert.deepEqual(
      described((text + STACK).replaceAll(/\n\t?(?=\S*\.go:|\S*\.s:|github|google|runtime)/g, ' ')),
      expected,
      'breaks lost',
    );
  });
}

test('control characters stay for the printer; their JSON escapes stay escaped', () => {
  assert.deepEqual(described('a \u001b[31mred: b c'), ['a \u001b[31mred: b c']);
  assert.deepEqual(described('"a \\u001b[31mred\\u003c"'), ['a \\u001b[31mred<']);
});

test('the frames of the stack are separated, in their order', () => {
  const { stack, what } = readDmError(NOT_RUNNING + STACK);
  assert.equal(what, 'current stage is not running not valid');
  assert.equal(stack.length, 4);
  assert.equal(stack[0], 'github.com/pingcap/dm/pkg/terror.(*Error).Generate /go/src/dm1.01/pkg/terror/terror.go:232');
  assert.equal(stack.at(-1), 'runtime.goexit /usr/local/go/src/runtime/asm_amd64.s:1771');
});

test('the report of a failed pre-check is returned as JSON', () => {
  const report = { results: [{ id: 5, state: 'fail', errorMsg: 'a } b: [code=1]' }], summary: { passed: false } };
  const text = `[code=26005:class=dm-master:scope=internal:level=medium] fail to check synchronization configuration with type CheckFailed: check was failed, please see detail\n detail: ${JSON.stringify(report, null, '\t')}${STACK}`;
  const error = readDmError(text);
  assert.deepEqual(JSON.parse(error.checkDetail ?? ''), report);
  assert.equal(error.stack.length, 4);
  assert.match(describeError(error).line, /^26005 dm-master: fail to check [^{}]* please see detail$/);
});

test('advice for the code, for its range, for a text without a code, and for an error of the database', () => {
  const advice = (text: string): string[] =>
    describe(text)
      .details.filter((d) => ADVICE.has(d.label))
      .map((d) => `${d.label} ${d.text}`);
  assert.equal(advice(NOT_RUNNING)[0], `means ${entryOf(40050)?.title}`);
  assert.match(advice(DUPLICATE)[1] ?? '', /^try the target already has a row with that key/);
  assert.equal(advice('[code=36001:class=sync-unit:scope=internal:level=high] x')[0], `means ${rangeOf(36001)?.title}`);
  assert.equal(advice('[code=99001:class=sync-unit:scope=internal:level=high] x')[0], `means ${rangeOf(36001)?.title}`);
  assert.ok(advice('task x has no workers or not exist, can try `refresh-worker-tasks` cmd first').includes('type refresh-worker-tasks'));
  assert.deepEqual(advice('something else'), []);
});

test('no text contains a line break, and the line is short', () => {
  const { line, details } = describeError(readDmError(`[code=38019:${MASTER}] ${'很长 '.repeat(2000)}\u2028a\u0085b\rc: d\ve`));
  for (const text of [line, ...details.map((d) => d.text)]) assert.doesNotMatch(text, /[\n\r\v\f\u0085\u2028\u2029]/);
  assert.ok(line.length < 400);
  assert.ok(
    details.some((d) => d.text.length > 5000),
    'the details have the whole text',
  );
});

// A quadratic parser would take hours for these.
const HOSTILE = [
  '[code=',
  '[code=1:class=a:scope=b:level=c] d: ',
  ': ',
  "'",
  ' "',
  '`',
  '\n',
  '\n\t',
  '\\n',
  ' ',
  'a',
  'a.b /x.go:1 ',
  'lock ',
];
for (const piece of [...HOSTILE, 'detail: {', ', RawCause: ', 'rpc error: code = A desc = ', '(a', 'Error 1: ', '%!(EXTRA string=']) {
  test(`a megabyte of ${JSON.stringify(piece)} ends`, () => {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length));
    describeError(readDmError(text));
    describeError(readDmError(`[code=10006:class=database:scope=x:level=y], Message: ${text}`));
  });
}

test('the table is sorted, each code is in one range, and its texts fit into a line', () => {
  const codes = CODES.map((e) => e.code);
  assert.deepEqual(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  );
  assert.deepEqual(NUMBERS, codes);
  const numbers = later.CODES.map((e) => e.code);
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
  assert.deepEqual(LATER_NUMBERS, numbers);
  assert.ok(later.CODES.every(({ code, title, next }) => title !== '' && next.length > 0 && code > 10_000));
  for (const { code, title, next, commands = [] } of CODES) {
    assert.ok(title !== '' && next.length > 0, `${code} has texts`);
    assert.equal(RANGES.filter((r) => r.from <= code && code <= r.to).length, 1, `${code} is in a range`);
    for (const text of [title, ...next, ...commands])
      assert.ok(text !== '' && text.length <= 90 && !text.endsWith('.'), `${code}: ${text}`);
  }
});

test('the table has every code that the sandbox answers with', () => {
  const files = fs.readdirSync('src/sandbox/v1').filter((f) => f.endsWith('.ts'));
  const text = files.map((f) => fs.readFileSync(`src/sandbox/v1/${f}`, 'utf8')).join('\n');
  const codes = [...text.matchAll(/\b(?:1[01]|20|26|30|36|38|40)0\d\d(?=, ['`\w(])/g)].map(([code]) => Number(code));
  assert.ok(codes.length > 40);
  for (const code of codes) assert.ok(entryOf(code), `${code}`);
});

test('docs/errors.md is generated from the tables', () => {
  const generations = [
    { name: 'DM 1.0', codes: CODES, ranges: RANGES },
    { name: 'DM 2.0 and later', codes: later.CODES, ranges: later.RANGES },
  ];
  assert.equal(fs.readFileSync('docs/errors.md', 'utf8'), errorPage(generations));
});

test('the location of a failed statement of DM 2.0 and later becomes its position and the statement of the source', () => {
  const error = readDmError(
    '[code=10006:class=database:scope=downstream:level=high], Message: startLocation: [position: (mysql-bin.000001, 147334606), gtid-set: 0-8101-64], endLocation: [position: (mysql-bin.000001, 147334714), gtid-set: 0-8101-65], origin SQL: [alter table d add unique u(a)]: execute statement failed: ALTER TABLE `d` ADD UNIQUE `u`(`a`), RawCause: Error 1062 (23000): Duplicate entry',
  );
  assert.equal(error.what, 'execute statement failed');
  assert.deepEqual(error.causes, ['Error 1062 (23000): Duplicate entry']);
  assert.deepEqual(
    error.details.map(({ label, text }) => `${label} ${text}`),
    ['position mysql-bin.000001:147334606', 'statement alter table d add unique u(a)', 'statement ALTER TABLE `d` ADD UNIQUE `u`(`a`)'],
  );
});
