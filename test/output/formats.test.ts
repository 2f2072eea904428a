// The formats of an answer as users see them: on a terminal, in a pipe, in lines of the shell.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'fast-string-width';
import { answer, between, type Reply, requests, runProgram, type World, withMaster } from '../harness/run.ts';

const STACK = '\ngithub.com/pingcap/dm/pkg/terror.(*Error).Delegate\n\t/go/src/dm-1.0.1/pkg/terror/terror.go:267';
const BROKEN = `[code=10006:class=database:scope=downstream:level=high] execute statement failed: ALTER TABLE \`a\`.\`b\` ADD UNIQUE \`u\`(\`c\`): Error 1062: Duplicate entry '5' for key 'u'${STACK}`;

const sync = { masterBinlog: '(mysql-bin.000003, 9000)', syncerBinlog: '(mysql-bin|000001.000003, 4000)', totalEvents: 12345n };
const relay = {
  stage: 'Running',
  relayBinlog: '(mysql-bin.000003, 9000)',
  masterBinlog: '(mysql-bin.000003, 9000)',
  relayCatchUpMaster: true,
};

/** Three workers: one syncs and loads, one is broken, one is down. */
const STATUS = answer('QueryStatus', {
  result: true,
  workers: [
    {
      result: true,
      worker: '172.16.10.72:8262',
      sourceID: 'mysql-01',
      relayStatus: relay,
      subTaskStatus: [
        { name: 'orders', stage: 'Running', unit: 'Sync', sync },
        {
          name: '用户订单迁移',
          stage: 'Running',
          unit: 'Load',
          load: { finishedBytes: 3_000_000n, totalBytes: 12_000_000n, progress: '25.00 %' },
        },
      ],
    },
    {
      result: true,
      worker: '172.16.10.73:8262',
      sourceID: 'mysql-02',
      relayStatus: relay,
      subTaskStatus: [{ name: 'orders', stage: 'Paused', unit: 'Sync', sync, result: { errors: [{ Type: 'ExecSQL', msg: BROKEN }] } }],
    },
    {
      result: false,
      worker: '172.16.10.74:8262',
      msg: `[code=38008:class=dm-master:scope=internal:level=high] grpc request error: rpc error: code = Unavailable desc = transport is closing${STACK}`,
    },
  ],
});

async function seen(
  argv: readonly string[],
  world: World = {},
  reply: Reply = STATUS,
): Promise<{ stdout: string; stderr: string; status: number }> {
  return await withMaster(
    () => reply,
    (master) => runProgram(['-master-addr', master.address, ...argv], world),
  );
}

const TERMINAL: World = { tty: ['stdout', 'stderr'], env: { NO_COLOR: '1' } };

test('a table shows what is broken first, with marks, and counts at the end', async () => {
  const { stdout, status } = await seen(['-o', 'table', 'query-status'], { ...TERMINAL, columns: 200 });
  const lines = stdout.split('\n');
  assert.match(lines[0] ?? '', /^TASK +WORKER +SOURCE +STAGE +UNIT +PROGRESS +LAG +ERROR$/);
  assert.match(lines[1] ?? '', /^orders +172\.16\.10\.73:8262 +mysql-02 +✗ Paused +Sync +12,345 events +4\.9 KiB +database 10006$/);
  assert.match(lines[2] ?? '', /^orders +172\.16\.10\.72:8262 +mysql-01 +▸ Running +Sync +12,345 events +4\.9 KiB$/);
  assert.match(lines[3] ?? '', /^用户订单迁移 +172\.16\.10\.72:8262 +mysql-01 +▸ Running +Load +25\.0% of 11\.4 MiB$/);
  assert.match(stdout, /\n3 sub tasks: 1 broken, 2 running; 1 worker does not answer\n$/);
  assert.match(stdout, /Duplicate entry '5' for key 'u'/);
  assert.doesNotMatch(stdout, /terror\.go/, 'the stack is folded away');
  assert.equal(status, 1, 'a worker that is down is a failure, as in any other form');
});

for (const columns of [40, 80, 200]) {
  test(`a table fits ${columns} columns, also with Chinese text`, async () => {
    const { stdout } = await seen(['-o', 'table', 'query-status'], { ...TERMINAL, columns });
    for (const line of stdout.split('\n')) assert.ok(stringWidth(line) <= columns, `${stringWidth(line)}: ${line}`);
    assert.match(stdout, /✗ Paused/);
    const [head = '', ...rows] = stdout.split('\n');
    const stage = head.indexOf('STAGE');
    const marks = rows.slice(0, 3).map((row) => stringWidth(row.slice(0, row.search(/[✗▸]/))));
    assert.deepEqual(marks, [stage, stage, stage], 'columns stand under their heads');
  });
}

test('a pipe gets every column, not cut to a screen, without colors', async () => {
  const { stdout } = await seen(['-o', 'table', 'query-status']);
  assert.match(stdout, /^TASK +WORKER +SOURCE +STAGE +UNIT +PROGRESS +LAG +ERROR\n/);
  assert.equal(stdout.includes('\u001b'), false);
});

test('wide shows every column and every complete value', async () => {
  const { stdout } = await seen(['-o', 'wide', 'query-status'], { ...TERMINAL, columns: 40 });
  assert.match(stdout, /MASTER BINLOG +SYNCER BINLOG/);
  assert.match(stdout, /\(mysql-bin\|000001\.000003, 4000\)/);
});

test('name prints each task once', async () => {
  assert.equal((await seen(['-o', 'name', 'query-status'])).stdout, 'orders\n用户订单迁移\n');
});

test('--problems shows only what needs attention', async () => {
  const { stdout } = await seen(['query-status', '--problems']);
  assert.match(stdout, /✗ Paused/);
  assert.doesNotMatch(stdout, /▸ Running/);
  assert.equal((await seen(['query-status', '--problems', '--output', 'name'])).stdout, 'orders\n');
  const plain = JSON.parse((await seen(['query-status', '--problems', '--output', 'json'])).stdout);
  assert.deepEqual(
    plain.map((p: { task: string; worker: string; health: string }) => [p.task, p.worker, p.health]),
    [['orders', '172.16.10.73:8262', 'broken']],
  );
});

test('--relay shows the relays', async () => {
  const { stdout } = await seen(['query-status', '--relay']);
  assert.match(stdout, /^WORKER +SOURCE +STAGE +RELAY BINLOG +LAG +CAUGHT UP +ERROR\n172\.16\.10\.72:8262 +mysql-01 +▸ Running/);
  assert.match(stdout, /\n2 relays: 2 running; 1 worker does not answer\n$/);
});

test('--summary as a table has one row per task', async () => {
  const { stdout } = await seen(['query-status', '--summary', '--output', 'table']);
  assert.match(stdout, /^TASK +STATUS +SUB TASKS +LAG +WORKERS +ERROR\norders +✗ Paused +1 broken, 1 running +4\.9 KiB +172/);
});

test('jsonl is one line, yaml is the same in YAML, jsonpath prints its matches', async () => {
  const plain = JSON.parse((await seen(['query-status'])).stdout);
  const { stdout } = await seen(['-o', 'jsonl', 'query-status']);
  assert.equal(stdout, `${JSON.stringify(plain)}\n`);
  assert.match(
    (await seen(['query-status', '--output=yaml'])).stdout,
    /^result: true\nmsg: ''\nworkers:\n {2}- result: true\n {4}worker: 172/,
  );
  const paths = ['jsonpath=$.workers[*].worker', 'jsonpath={.workers[*].worker}', 'jsonpath=workers[*].worker'];
  for (const path of paths)
    assert.equal((await seen(['-o', path, 'query-status'])).stdout, '172.16.10.72:8262\n172.16.10.73:8262\n172.16.10.74:8262\n');
  const found = await seen(['-query', "$..subTaskStatus[?@.stage=='Paused'].name", 'query-status']);
  assert.equal(found.stdout, '[\n    "orders"\n]\n');
  const lines = await seen(['query-status', '--query', '$..subTaskStatus[*].name', '--output', 'jsonl']);
  assert.equal(lines.stdout, '"orders"\n"用户订单迁移"\n"orders"\n');
});

test('name prints the workers that carried out the operation', async () => {
  const meta = (worker: string, result: boolean) => ({ meta: { worker, result, msg: result ? '' : 'x' }, op: 'Pause', logID: 1n });
  const reply = answer('OperateTask', { result: true, op: 'Pause', workers: [meta('w:1', true), meta('w:2', false)] });
  const { stdout, status } = await seen(['pause-task', 't', '--output', 'name'], {}, reply);
  assert.deepEqual([stdout, status], ['w:1\n', 1]);
});

test('-o and -output choose the form before and after a command, at the prompt and outside', async () => {
  const lines = (await seen(['query-status', '--output', 'jsonl'])).stdout;
  assert.match(lines, /^\{"result":true.*\}\n$/);
  const places = ['-o jsonl query-status', '-output jsonl query-status', 'query-status -o jsonl', 'query-status -output jsonl'];
  for (const place of [...places, 'query-status -o=jsonl', 'query-status -output=jsonl', 'query-status -ojsonl']) {
    assert.equal((await seen(place.split(' '))).stdout, lines, place);
    assert.equal(between((await seen([], { stdin: `${place}\n` })).stdout), lines, `» ${place}`);
  }
});

test('after unlock-ddl-lock -o is the owner, before it and with two dashes the form', () =>
  withMaster(
    () => answer('UnlockDDLLock', { result: true }),
    async (master) => {
      const owner = { ID: 'lock', replaceOwner: 'w1' };
      const run = async (words: string): Promise<void> => {
        const argv = ['-master-addr', master.address];
        const line = ['-yes', ...argv];
        assert.match((await runProgram([...line, ...words.split(' ')])).stdout, /^\{"result":true.*\}$/m, words);
        assert.match((await runProgram(line, { stdin: `${words}\n` })).stdout, /^\{"result":true.*\}$/m, words);
      };
      await run('-o jsonl unlock-ddl-lock -o w1 lock');
      await run('unlock-ddl-lock -o w1 lock --output jsonl');
      await run('unlock-ddl-lock -output jsonl lock -o w1');
      assert.deepEqual(
        requests(master),
        Array.from({ length: 6 }, () => ['UnlockDDLLock', owner]),
      );
    },
  ));

const MISUSED: readonly [argv: string[], said: RegExp][] = [
  [
    ['-o', 'xml', 'query-status'],
    /invalid output format "xml": use auto, json, jsonl, yaml, table, wide, name, csv, tsv or jsonpath=EXPRESSION/,
  ],
  [['query-status', '--output', 'xml'], /invalid output format "xml"/],
  [['query-status', '-o', 'xml'], /invalid output format "xml"/],
  [['query-status', '-output=xml'], /invalid output format "xml"/],
  [['query-status', '-quiet'], /^Error: unknown shorthand flag: 'q' in -quiet\nAfter a command, write --quiet\.\n/],
  [
    ['unlock-ddl-lock', '-o', 'json', 'lock'],
    /^-o json: -o of unlock-ddl-lock is --owner\. Nothing was sent\. For the output, use --output json$/m,
  ],
  [['unlock-ddl-lock', 'lock', '-o=jsonpath=$.x'], /-o of unlock-ddl-lock is --owner/],
  [['-o', 'jsonpath=$.workers[', 'query-status'], /"\$\.workers\[" is not a valid JSONPath: /],
  [['query-status', '--query', '$.x', '--output', 'table'], /--query works with --output json, jsonl or yaml, not with table/],
  [['query-status', '--summary', '--problems'], /--summary and --problems cannot be combined/],
];

for (const [argv, said] of MISUSED) {
  test(`${argv.join(' ')} is rejected, and nothing is sent`, () =>
    withMaster(undefined, async (master) => {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address, ...argv]);
      assert.match(stderr, said);
      assert.deepEqual([stdout, status, master.calls.length], ['', 2, 0]);
    }));
}

test('data from the network cannot control a terminal, in any format for people', async () => {
  const hostile = 'a\u001b[31mb\u009b2Jc\u202ed\u2066e\nf\u0007';
  const reply = answer('QueryStatus', {
    result: true,
    workers: [
      {
        result: true,
        worker: hostile,
        sourceID: hostile,
        subTaskStatus: [
          { name: hostile, stage: 'Paused', unit: 'Sync', result: { errors: [{ msg: `[code=1:class=${hostile}] ${hostile}` }] } },
        ],
      },
      { result: false, worker: hostile, msg: hostile },
    ],
  });
  for (const form of ['table', 'wide', 'name'])
    for (const world of [{}, TERMINAL, { ...TERMINAL, columns: 40 }]) {
      const { stdout } = await seen(['-o', form, 'query-status'], world, reply);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the characters that must not get through
      assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/, form);
    }
});

test('a failed check is JSON if the format was chosen, and otherwise the original text', async () => {
  const detail =
    '{\n\t"results": [\n\t\t{"id": 1, "name": "mysql_version", "state": "success", "errorMsg": "", "instruction": "", "extra": "address of db instance - 127.0.0.1:13306"},\n\t\t{"id": 2, "name": "mysql_binlog_row_image", "state": "fail", "errorMsg": "binlog_row_image is MINIMAL, and should be FULL", "instruction": "please execute \'set global binlog_row_image = FULL;\'", "extra": "address of db instance - 127.0.0.1:13306"}\n\t],\n\t"summary": {"passed": false}\n}';
  const msg = `[code=26005:class=dm-master:scope=internal:level=medium] fail to check synchronization configuration with type CheckFailed: check was failed, please see detail\n detail: ${detail}${STACK}`;
  const reply = answer('CheckTask', { result: false, msg });
  const files = { 't.yaml': 'name: t\n' };
  const original = await seen(['check-task', 't.yaml'], { files }, reply);
  assert.throws(() => JSON.parse(original.stdout), SyntaxError);
  const json = await seen(['check-task', 't.yaml', '--output', 'json'], { files }, reply);
  assert.equal(JSON.parse(json.stdout).msg, msg);
  const table = await seen(['check-task', 't.yaml', '--output', 'table'], { files }, reply);
  assert.match(
    table.stdout,
    /^CHECK +RESULT +WHERE +PROBLEM\nmysql_binlog_row_image +✗ failed +127\.0\.0\.1:13306 +binlog_row_image is MINIMAL/,
  );
  assert.match(table.stdout, /try +please execute 'set global binlog_row_image = FULL;'/);
  assert.match(table.stdout, /\n2 checks: 1 failed, 0 warnings, 1 passed\n$/);
});

test('if a format was chosen, piped lines print only answers on standard output', () =>
  withMaster(
    () => STATUS,
    async (master) => {
      const { stdout, stderr } = await runProgram(['-master-addr', master.address, '-o', 'jsonl'], {
        stdin: 'query-status\nsql-skip -w a t\nnosuch\n--quiet --output name query-status\n',
      });
      const [first = '', ...rest] = stdout.trimEnd().split('\n');
      assert.equal(JSON.parse(first).result, true);
      assert.deepEqual(rest, ['orders', '用户订单迁移']);
      assert.match(stderr, /must specify one of --binlog-pos and --sql-pattern/);
      assert.match(stderr, /unknown command "nosuch"/);
    },
  ));

test('set applies to the following lines, and reports what cannot be set', () =>
  withMaster(
    () => STATUS,
    async (master) => {
      const stdin =
        'set output name\nquery-status\nset output auto\nquery-status\nset outptu table\nset output xml\nset output jsonl\nconfig show\n';
      const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin });
      assert.match(stdout, /\n\norders\n用户订单迁移\n\{\n {4}"result": true,/);
      assert.match(stderr, /there is no setting "outptu"\. Did you mean output\?/);
      assert.match(stderr, /set output: invalid output format "xml"/);
      assert.match(stdout, /\{"name":"output","value":"jsonl","from":"set"\}/);
    },
  ));

test('colors: the setting comes first, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, and otherwise a terminal has them', async () => {
  const coloured = async (argv: string[], world: World): Promise<boolean> =>
    (await seen(['-o', 'table', ...argv, 'query-status'], world)).stdout.includes('\u001b[');
  const tty: World = { tty: ['stdout'], columns: 200 };
  assert.equal(await coloured([], tty), true);
  assert.equal(await coloured([], {}), false);
  assert.equal(await coloured(['-color', 'always'], {}), true);
  assert.equal(await coloured(['-color', 'never'], tty), false);
  assert.equal(await coloured(['-color', 'always'], { env: { NO_COLOR: '1' } }), true);
  const cases: [env: Record<string, string>, inPipe: boolean, onTerminal: boolean][] = [
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    [{ NO_COLOR: '' }, false, true],
    [{ FORCE_COLOR: '1' }, true, true],
    [{ FORCE_COLOR: '0' }, false, false],
    [{ CLICOLOR_FORCE: '1' }, true, true],
    [{ CLICOLOR: '0' }, false, false],
    [{ TERM: 'dumb' }, false, false],
  ];
  for (const [env, inPipe, onTerminal] of cases) {
    assert.equal(await coloured([], { env }), inPipe, JSON.stringify(env));
    assert.equal(await coloured([], { ...tty, env }), onTerminal, JSON.stringify(env));
  }
});

test('a command that takes longer than -timeout ends with status 3', () =>
  withMaster(
    () => ({ odd: 'hang' }),
    async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, 'query-status', '--timeout', '100ms']);
      assert.match(stderr, /^timed out after 0\.1 s\. The DM-master may still carry out the call\n$/);
      assert.equal(status, 3);
    },
  ));
