// One table: a line and its request, or the message instead. Every command must be in it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { v1 } from '../../../src/dialects/v1/index.ts';
import { between, requests, runProgram, withMaster } from '../../harness/run.ts';

const files = { 't.yaml': 'name: 任务\n', 'c.toml': 'a = 1\n', empty: '', latin: Buffer.from('name: caf\xe9\n', 'latin1') };

/** Lines and the one request that each makes: [method, fields]. */
const SENT: readonly [line: string, method: string, request: Record<string, unknown>][] = [
  ['start-task t.yaml', 'StartTask', { task: 'name: 任务\n' }],
  ['start-task -w a,b t.yaml', 'StartTask', { task: 'name: 任务\n', workers: ['a', 'b'] }],
  ['stop-task t', 'OperateTask', { op: 'Stop', name: 't' }],
  ['pause-task -w a -w b,c t;', 'OperateTask', { op: 'Pause', name: 't', workers: ['a', 'b', 'c'] }],
  ['-w a resume-task "my task"', 'OperateTask', { op: 'Resume', name: 'my task', workers: ['a'] }],
  ['check-task t.yaml', 'CheckTask', { task: 'name: 任务\n' }],
  ['update-task t.yaml -w a', 'UpdateTask', { task: 'name: 任务\n', workers: ['a'] }],
  ['query-status', 'QueryStatus', {}],
  ['query-status 任务 -w=a', 'QueryStatus', { name: '任务', workers: ['a'] }],
  ['query-error -wa t', 'QueryError', { name: 't', workers: ['a'] }],
  ['refresh-worker-tasks', 'RefreshWorkerTasks', {}],
  ['show-ddl-locks -w a t', 'ShowDDLLocks', { task: 't', workers: ['a'] }],
  ['unlock-ddl-lock -fo b t-`s`.`t` -w a', 'UnlockDDLLock', { ID: 't-`s`.`t`', replaceOwner: 'b', workers: ['a'], forceRemove: true }],
  ['break-ddl-lock -w a t -e', 'BreakWorkerDDLLock', { workers: ['a'], task: 't', execDDL: true }],
  ['break-ddl-lock -w a t --skip -i x', 'BreakWorkerDDLLock', { workers: ['a'], task: 't', skipDDL: true, removeLockID: 'x' }],
  ['switch-relay-master -w a', 'SwitchWorkerRelayMaster', { workers: ['a'] }],
  ['pause-relay -w a', 'OperateWorkerRelayTask', { op: 'PauseRelay', workers: ['a'] }],
  ['resume-relay -w a,b', 'OperateWorkerRelayTask', { op: 'ResumeRelay', workers: ['a', 'b'] }],
  ['update-master-config c.toml', 'UpdateMasterConfig', { config: 'a = 1\n' }],
  ['update-relay c.toml -w a', 'UpdateWorkerRelayConfig', { config: 'a = 1\n', worker: 'a' }],
  ['purge-relay -w a -f b.000002 -s u.000001', 'PurgeWorkerRelay', { workers: ['a'], filename: 'b.000002', subDir: 'u.000001' }],
  ['migrate-relay a b.000002 +0042', 'MigrateWorkerRelay', { worker: 'a', BinlogName: 'b.000002', BinlogPos: 42 }],
  ['sql-skip -w a -b f|000001.000003:4 t', 'HandleSQLs', { op: 'SKIP', name: 't', worker: 'a', binlogPos: 'f|000001.000003:4' }],
  [
    'sql-skip --sharding -s ~(?i)DROP\\s+TABLE t',
    'HandleSQLs',
    { op: 'SKIP', name: 't', sqlPattern: '~(?i)DROP\\s+TABLE', sharding: true },
  ],
  ['sql-skip -w a -s "~a b" t', 'HandleSQLs', { op: 'SKIP', name: 't', worker: 'a', sqlPattern: '~a b' }],
  [
    "sql-replace -w a -b f:4 t UPDATE a SET b = -1 WHERE c = 'x  y'; DROP TABLE d; -- DROP TABLE e",
    'HandleSQLs',
    { op: 'REPLACE', name: 't', worker: 'a', binlogPos: 'f:4', args: ["UPDATE a SET b = -1 WHERE c = 'x  y';", ' DROP TABLE d;'] },
  ],
  ['sql-inject -w a t "DROP TABLE d;"', 'HandleSQLs', { op: 'INJECT', name: 't', worker: 'a', args: ['DROP TABLE d;'] }],
];

/** Lines that send nothing, and their messages. */
const REJECTED: readonly [line: string, message: RegExp][] = [
  ['start-task nosuch.yaml', /^get file content error:\nopen nosuch.yaml: no such file or directory\n$/],
  ['start-task empty', /^get file content error:\nread empty: the file is empty\. Nothing was sent\n$/],
  ['start-task latin', /line 1 is not UTF-8/],
  ['stop-task', /^Error: stop-task takes at least 1 argument: <task_name> is missing\n\nUsage:\n {2}dmctl stop-task/],
  ['query-status a b c', /^Error: query-status takes at most 1 argument: unexpected "b", "c"/],
  ['migrate-relay w:1', /^Error: migrate-relay takes 3 arguments: <binlogName>, <binlogPos> are missing\n\nUsage:/],
  ['stop-task ""', /^the task name is empty/],
  ['pause-task --work a t', /^Error: unknown flag: --work\nUsage:\n {2}dmctl pause-task/],
  ['pause-task t -w', /^Error: flag needs an argument: 'w' in -w\n/],
  ['migrate-relay a b -1', /^Error: unknown shorthand flag: '1' in -1\n/],
  ['migrate-relay a b 4294967296', /^invalid binlog position "4294967296"\. Nothing was sent\. .* from 0 to 4294967295/],
  ['migrate-relay a b ４２', /^invalid binlog position "４２"\. /],
  ['pause-relay', /^must specify at least one dm-worker \(`-w` \/ `--worker`\)\n$/],
  ['update-relay c.toml', /^must specify one dm-worker \(`-w` \/ `--worker`\)\n$/],
  ['break-ddl-lock -w a t', /^`remove-id`, `exec`, `skip` must specify at least one\n$/],
  ['break-ddl-lock -w a t -es', /^`exec` and `skip` can not specify both at the same time\n$/],
  ['purge-relay -w a', /^no relay log file was given\. Nothing was sent\. /],
  ['purge-relay -w a,b -f x', /^for --filename, can only specify one dm-worker per time\n$/],
  [
    'unlock-ddl-lock --force-remove=yes l',
    /^Error: invalid argument "yes" for "-f, --force-remove" flag: strconv.ParseBool: parsing "yes"/,
  ],
  ['sql-skip -w a -b f t', /the format should be filename:pos, position string f\n$/],
  ['sql-skip -w a -b f:4294967296 t', /the pos should be digital/],
  ['sql-skip -w a -b f:4 -s x t', /cannot specify both --binlog-pos and --sql-pattern in sql operation\n$/],
  ['sql-skip -w a t', /must specify one of --binlog-pos and --sql-pattern in sql operation\n$/],
  ['sql-skip --sharding -b f:4 t', /cannot specify --binlog-pos with --sharding in sql operation\n$/],
  ['sql-skip -w a -s ~(?=x) t', /invalid --sql-pattern ~\(\?=x\) in sql operation: error parsing regexp: /],
  ['sql-skip -b f:4 t', /^should only specify one worker, but got \[\]\n$/],
  [
    'sql-replace -b f:4 t DROP TABLE a -w a',
    /^-w is part of the SQL here\. Nothing was sent\. At the prompt, write flags before the task name/,
  ],
  ['sql-replace -w a -b f:4 t ALTR TABLE a', /^check SQLs error: \[code=11006:.*line 1 column 1 near "ALTR TABLE a"/],
  ['sql-replace -w a -b f:4 t ;', /^check SQLs error: no valid SQLs\n$/],
  ['sql-inject -w a t DELETE FROM a', /^only support inject DDL currently, but got 'DELETE FROM a'\n$/],
  ['sql-inject -w a,b t DROP TABLE a', /^want only one worker, but got \[a b\]\n$/],
  ['query-status --summary t', /^--summary is for all tasks/],
  ['query-status "a', /^the quote " at column 14 is not closed\. Nothing was sent\n$/],
  ['query-status a\u0007', /^the line has the control character U\+0007 at column 15\. Nothing was sent\. Remove the character\n$/],
];

for (const [line, method, request] of SENT) {
  test(`${line} sends ${method}`, () =>
    withMaster(undefined, async (master) => {
      const { stderr } = await runProgram(['-master-addr', master.address], { stdin: line, files });
      assert.deepEqual(requests(master), [[method, request]], stderr);
      assert.equal(master.calls[0]?.headers['content-type'], 'application/grpc');
    }));
}

for (const [line, message] of REJECTED) {
  test(`${line} sends nothing`, () =>
    withMaster(undefined, async (master) => {
      const { stdout, stderr, status } = await runProgram(['-master-addr', master.address], { stdin: line, files });
      assert.deepEqual(master.calls, []);
      assert.match(between(stdout) + stderr, message);
      assert.equal(status, 0, 'lines of a pipe leave 0, as in the original');
      const strict = await runProgram(['-master-addr', master.address, '-strict'], { stdin: `${line}\nquery-status\n`, files });
      assert.equal(strict.status, 2);
      assert.deepEqual(master.calls, [], 'with -strict nothing runs after a line that failed');
    }));
}

test('every command has its own file, a line in these tables, and help', async () => {
  const folder = fs.readdirSync('src/dialects/v1/commands').map((f) => f.replace('.ts', ''));
  assert.deepEqual(folder.sort(), v1.commands.map((c) => c.name).sort());
  for (const { name, usage, summary } of v1.commands) {
    assert.ok(
      SENT.some(([line]) => line.includes(name)),
      `${name} is in no line`,
    );
    const { stdout, status } = await withMaster(undefined, (master) => runProgram(['-master-addr', master.address, name, '--help']));
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`${summary}\n\nUsage:\n  dmctl ${name}${usage ? ` ${usage}` : ''} [flags]\n`), name);
  }
});

const MORE_USAGE: readonly [command: string, usage: readonly string[]][] = [
  ['pause-task', ['[-w worker ...] <task-name or pattern>...', '[-w worker ...] --all']],
  ['stop-task', ['[-w worker ...] <task-name or pattern>...', '[-w worker ...] --all']],
  [
    'resume-task',
    ['[-w worker ...] <task-name or pattern>...', '[-w worker ...] --all', '[-w worker ...] --problems [task-name or pattern]...'],
  ],
  [
    'query-status',
    [
      '--summary',
      '[-w worker ...] [task-name or pattern]... --by task',
      '[-w worker ...] [task-name or pattern]... --problems',
      '[-w worker ...] [task_name] --relay',
    ],
  ],
];

for (const [command, usage] of MORE_USAGE) {
  test(`the help of ${command} shows what our additions accept, after the original's text`, async () => {
    const { stdout } = await runProgram([command, '--help']);
    const block = `\nGlobal Flags:\n  -w, --worker strings   dm-worker ID\n\nMore usage:\n${usage.map((u) => `  dmctl ${command} ${u}\n`).join('')}\nMore flags:\n`;
    assert.ok(stdout.includes(block), stdout);
  });
}

test('a command without such additions has one usage line', async () => {
  assert.doesNotMatch((await runProgram(['show-ddl-locks', '--help'])).stdout, /More usage/);
  const { stdout } = await runProgram(['check-task', '--help']);
  assert.match(
    stdout,
    /\nMore usage:\n {2}dmctl check-task <config_file>\.\.\.\n {2}dmctl check-task - \(the file from standard input\)\n/,
  );
});

test('a file that does not parse causes a warning and is sent anyway', () =>
  withMaster(undefined, async (master) => {
    const broken = { 't.yaml': 'name: [a\nb: c', 'c.toml': 'a = \n' };
    const lines = 'start-task t.yaml\nupdate-master-config c.toml\n';
    const { stderr } = await runProgram(['-master-addr', master.address], { stdin: lines, files: broken });
    assert.equal(master.calls.length, 2);
    assert.match(stderr, /^warning: "t.yaml" is not valid YAML \(line 2, column \d+: .+\)\. It is sent unchanged/);
    assert.match(stderr, /"c.toml" is not valid TOML \(line 1, column \d+: /);
  }));

test('-w without an effect causes a warning, and the call is made', () =>
  withMaster(undefined, async (master) => {
    const { stderr } = await runProgram(['-master-addr', master.address, 'check-task', '-w', 'a', 't.yaml'], { files });
    assert.equal(stderr, 'warning: -w has no effect on check-task and is ignored\n');
    assert.deepEqual(requests(master), [['CheckTask', { task: 'name: 任务\n' }]]);
  }));
