// The candidates of Tab for a line. The bar is the cursor. A candidate is shown as the line that it produces.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { PROGRAM_FLAGS } from '../../src/args/program-flags.ts';
import { topics } from '../../src/builtins/help-topics.ts';
import { builtinsFor } from '../../src/builtins/index.ts';
import { complete, completeWords, wantsNamesAt } from '../../src/completion/engine/complete.ts';
import { argumentHint, inlineHint } from '../../src/completion/engine/hint.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { listFiles } from '../../src/platform/list-files.ts';
import { lineWords } from '../../src/repl/line.ts';
import { test as posixTest } from '../harness/posix.ts';

const W1 = '172.16.10.72:8262';
const W2 = '172.16.10.73:8262';
const names = {
  tasks: ['test', 'test-2', 'my task', "it's", 'say "x"', 'both \' and "', 'back\\slash', '任务', '-dash', '#hash'],
  workers: [W1, W2],
  masters: [],
  sources: [
    { id: 'mysql-1', worker: W1 },
    { id: 'mysql-2', worker: W2 },
  ],
  locks: ['test-`db`.`t`', 'test-`db`.`t 2`'],
  tables: [
    { database: 'db', table: 't' },
    { database: 'db', table: 't 2' },
    { database: 'other', table: 'x' },
  ],
};
const FILES = ['task.yaml', 'tasks/', 'tasks/a b.yaml', 'my conf/', 'my conf/t.yaml', 'x.toml'];
const files = (prefix: string): string[] => FILES.filter((f) => f.startsWith(prefix) && !f.slice(prefix.length, -1).includes('/'));
const known = { registry: { dialect: v1, builtins: builtinsFor('lines'), topics } };
const sources = { names, files };

/** The line with each candidate. */
function offered(marked: string): string[] {
  const cursor = marked.indexOf('|');
  const line = marked.replace('|', '');
  const { from, candidates } = complete(line, cursor, known, sources);
  return candidates.map((c) => line.slice(0, from) + c);
}

test('names that cannot be typed are shown but not offered', () => {
  const tasks = ['t\u001b]0;x\u0007', 't\u009b1m', 't\u202eb', 't\nb', 't\tb', 't\u2028b', 't\ud800', 'task'];
  const { candidates, untypeable } = complete('stop-task t', 11, known, { ...sources, names: { ...names, tasks } });
  assert.deepEqual(candidates, ['task']);
  assert.deepEqual(untypeable, ['t\\u001b]0;x\\u0007', 't\\u009b1m', 't\\u202eb', 't\\u000ab', 't\\u0009b', 't\\u2028b', 't\ufffd']);
  assert.deepEqual(completeWords(['stop-task'], 't', known, { ...sources, names: { ...names, tasks } }), ['task']);
});

/** Flags of every command: offered after a dash. */
const EVERYWHERE = ['--color', '--output', '--pager', '--query', '--quiet', '--timeout', '--yes'];

const OFFERED: readonly [line: string, becomes: string[]][] = [
  ['que|', ['query-error', 'query-status']],
  ['  sql-s|', ['  sql-skip']],
  ['"que|', ['"query-error"', '"query-status"']],
  ['ex|', ['explain', 'exit']],
  ['explain 1000|', ['explain 10001', 'explain 10005', 'explain 10006']],
  ['his|', ['history']],
  ['sand|', []],
  ['nosuch |', []],
  ['# que|', []],
  ['query-status # t|', []],
  ['-w 172.16.10.72:8262 pause-t|', ['-w 172.16.10.72:8262 pause-task']],
  ['--worker=a pause-t|', ['--worker=a pause-task']],
  ['pau| rest', ['pause-relay', 'pause-task']],
  // help
  ['help sql-i|', ['help sql-inject']],
  ['help hel|', ['help help']],
  ['help bin|', ['help binlog-pos']],
  ['help stop-task |', []],
  // names
  ['stop-task te|', ['stop-task test', 'stop-task test-2']],
  ['stop-task 任|', ['stop-task 任务']],
  ['stop-task test tes|', ['stop-task test test-2']],
  ['connect h:1 |', ['connect h:1 --help']],
  ['check-task t.yaml t|', ['check-task t.yaml task.yaml', 'check-task t.yaml tasks/']],
  ['start-task task.yaml t|', ['start-task task.yaml tasks/']],
  // Other files are offered only if nothing fits.
  ['start-task |', ['start-task task.yaml', 'start-task tasks/', 'start-task "my conf/']],
  ['start-task x|', ['start-task x.toml']],
  ['update-relay x|', ['update-relay x.toml']],
  ['update-relay |', ['update-relay tasks/', 'update-relay "my conf/', 'update-relay x.toml']],
  ['lint x|', ['lint x.toml']],
  ['stop-task my|', ['stop-task "my task"']],
  ['stop-task "my t|', ['stop-task "my task"']],
  ["stop-task 'my t|", ["stop-task 'my task'"]],
  ['stop-task m"y t|', ['stop-task "my task"']],
  ['stop-task it|', ['stop-task "it\'s"']],
  ["stop-task 'it|", ['stop-task "it\'s"']],
  ['stop-task say|', ['stop-task \'say "x"\'']],
  ['stop-task "say|', ['stop-task "say \\"x\\""']],
  ['stop-task bo|', ['stop-task "both \' and \\""']],
  ['stop-task back|', ['stop-task back\\slash']],
  ['stop-task "back\\|', ['stop-task "back\\slash"']],
  ['stop-task #|', []],
  ['stop-task -- te|', ['stop-task -- test', 'stop-task -- test-2']],
  ['query-status -w a te|', ['query-status -w a test', 'query-status -w a test-2']],
  ['unlock-ddl-lock test-`db`.`t`|', ['unlock-ddl-lock test-`db`.`t`']],
  ['unlock-ddl-lock -f test-`db`.`t --ow|', ['unlock-ddl-lock -f test-`db`.`t --owner']],
  ['unlock-ddl-lock "test-`db`.`t |', ['unlock-ddl-lock "test-`db`.`t 2`"']],
  ['break-ddl-lock -i test-`db`.`t`|', ['break-ddl-lock -i test-`db`.`t`']],
  ['migrate-relay 172.16.10.73|', [`migrate-relay ${W2}`]],
  ['migrate-relay a |', []],
  // flags
  [
    'break-ddl-lock --|',
    ['--dry-run', '--exec', '--help', '--remove-id', '--skip', '--worker', ...EVERYWHERE].sort().map((f) => `break-ddl-lock ${f}`),
  ],
  ['query-status --out|', ['query-status --output']],
  ['query-status --output ta|', ['query-status --output table']],
  ['wait test --for ca|', ['wait test --for caught-up']],
  ['set outp|', ['set output']],
  ['set output w|', ['set output wide']],
  ['set confirm |', ['set confirm on', 'set confirm off']],
  [
    'break-ddl-lock -|',
    [...EVERYWHERE, '--dry-run', '--exec', '--help', '--remove-id', '--skip', '--worker', '-e', '-h', '-i', '-o', '-s', '-w']
      .sort()
      .map((f) => `break-ddl-lock ${f}`),
  ],
  ['break-ddl-lock --skip --s|', []],
  ['query-status --s|', ['query-status --sort-by', 'query-status --summary']],
  ['check-task --w|', []],
  ['pause-relay |', ['pause-relay --dry-run', 'pause-relay --help', 'pause-relay --worker']],
  ['stop-task -- -|', []],
  ['--w|', ['--worker']],
  // values of flags
  ['pause-task -w |', [`pause-task -w ${W1}`, `pause-task -w ${W2}`]],
  ['pause-task -w 172.16.10.72:|', [`pause-task -w ${W1}`]],
  [`pause-task -w ${W1},|`, [`pause-task -w ${W1},${W2}`]],
  [`pause-task -w=${W1},17|`, [`pause-task -w=${W1},${W2}`]],
  ['pause-task -w172.16.10.73|', [`pause-task -w${W2}`]],
  ['pause-task --worker=172.16.10.73|', [`pause-task --worker=${W2}`]],
  ['pause-task --worker "172.16.10.73|', [`pause-task --worker "${W2}"`]],
  ['pause-task -w mysql-2|', [`pause-task -w ${W2}`]],
  ['unlock-ddl-lock -fo 172.16.10.73|', [`unlock-ddl-lock -fo ${W2}`]],
  ['unlock-ddl-lock -f te|', ['unlock-ddl-lock -f test-`db`.`t`', 'unlock-ddl-lock -f "test-`db`.`t 2`"']],
  ['purge-relay -f te|', []],
  // SQL is not completed
  ['sql-inject -w 172.16.10.73|', [`sql-inject -w ${W2}`]],
  ['sql-inject te|', ['sql-inject test', 'sql-inject test-2']],
  ['sql-inject test |', []],
  ['sql-inject test -|', []],
  ['sql-inject test DROP TABLE te|', []],
  // a command that wraps another
  ['watch q|', ['watch query-error', 'watch query-status']],
  ['watch s|', ['watch show-ddl-locks', 'watch status']],
  ['watch pause-t|', []],
  ['watch pause-task |', []],
  ['watch --int|', ['watch --interval']],
  ['watch --interval 5 query-status te|', ['watch --interval 5 query-status test', 'watch --interval 5 query-status test-2']],
  ['watch query-status -w mysql-2|', [`watch query-status -w ${W2}`]],
  ['watch query-status --int|', ['watch query-status --interval']],
  ['watch query-status --prob|', ['watch query-status --problems']],
  ['wait te|', ['wait test', 'wait test-2']],
  ['wait test --for s|', ['wait test --for synced', 'wait test --for stopped']],
  // files
  ['start-task ta|', ['start-task task.yaml', 'start-task tasks/']],
  ['start-task tasks/|', ['start-task tasks/', 'start-task "tasks/a b.yaml"']],
  ['start-task m|', ['start-task "my conf/']],
  ['start-task "my conf/|', ['start-task "my conf/', 'start-task "my conf/t.yaml"']],
  ['update-master-config x|', ['update-master-config x.toml']],
];

for (const [line, becomes] of OFFERED) {
  test(`Tab at ${line}`, () => assert.deepEqual(offered(line), becomes));
}

test('every argument of every command declares its kind', () => {
  // The argument of watch is another command.
  const others = ['__complete', 'history', 'watch'];
  for (const { name, args } of [...v1.commands, ...builtinsFor('lines'), ...builtinsFor('one-shot')]) {
    if (!others.includes(name)) assert.equal(args.kinds?.length ?? 0, args.names.length, name);
  }
});

test('an offered candidate is parsed as the original name', () => {
  for (const begun of ['', '"', "'"]) {
    for (const task of names.tasks.filter((t) => !t.startsWith('-'))) {
      const { candidates } = complete(`stop-task ${begun}`, 11, known, { ...sources, names: { ...names, tasks: [task] } });
      assert.deepEqual(lineWords(`stop-task ${candidates[0]}`, known.registry), ['stop-task', task], candidates[0]);
    }
  }
});

test('no candidate is offered twice, and completion works at every cursor position', () => {
  for (const [marked] of OFFERED) {
    const line = `${marked.replace('|', '')} "x' -w`;
    for (let cursor = 0; cursor <= line.length; cursor += 1) {
      const { from, candidates } = complete(line, cursor, known, sources);
      assert.ok(from <= cursor);
      assert.equal(new Set(candidates).size, candidates.length, `${line} at ${cursor}`);
      argumentHint(line.slice(0, cursor), known.registry);
    }
  }
});

test('a command line also offers the flags of the program', () => {
  const program = { registry: { dialect: v1, builtins: builtinsFor('one-shot'), topics: [] }, program: PROGRAM_FLAGS };
  const words = (...line: string[]): readonly string[] => completeWords(line.slice(0, -1), line.at(-1) ?? '', program, sources);
  assert.deepEqual(words('-m'), ['-master-addr', '-max-answer']);
  assert.deepEqual(words('--m'), ['--master-addr', '--max-answer']);
  assert.deepEqual(words('-w'), []);
  assert.deepEqual(words('-history', 're'), ['redacted']);
  assert.deepEqual(words('-history=n'), ['-history=none']);
  assert.deepEqual(words('-config', 'x'), ['x.toml']);
  assert.deepEqual(words('-master-addr', 'h:1', 'stop-task', 'test-'), ['test-2']);
  assert.deepEqual(words('stop-task', '-master-addr', 'h:1', 'test-'), ['test-2']);
  assert.deepEqual(words('stop-task', '--m'), ['--master-addr', '--max-answer']);
  assert.deepEqual(words('stop-task', 'my'), ['my task'], 'quotes are the business of the shell');
  assert.deepEqual(words('completion', ''), ['bash', 'zsh', 'fish', 'powershell']);
  assert.deepEqual(words('sandbox', '-l'), []);
  assert.deepEqual(words('sandbox', '--l'), ['--listen']);
  assert.deepEqual(words('__'), [], 'it is hidden');
  assert.deepEqual(words('exi'), []);
  assert.deepEqual(words(), words(''));
});

test('names are fetched only where they are expected', () => {
  for (const line of ['stop-task ', 'query-status -w ', 'unlock-ddl-lock -o', 'unlock-ddl-lock -o ', 'migrate-relay x']) {
    assert.equal(wantsNamesAt(line, line.length, known), line !== 'unlock-ddl-lock -o', line);
  }
  for (const line of ['', 'stop-', 'start-task ', 'sql-inject t ', 'refresh-worker-tasks ', 'nosuch ', '# stop-task ']) {
    assert.equal(wantsNamesAt(line, line.length, known), false, line);
  }
});

const HINTS: readonly [line: string, hint: string][] = [
  ['pause-task ', '<task_name>'],
  ['pause-task', ' <task_name>'],
  ['pause-task t', ''],
  ['pause-task -w a ', '<task_name>'],
  ['pause-task -w ', '<worker> <task_name>'],
  ['pause-task --wor', ''],
  ['pause-relay ', '<-w worker ...>'],
  ['pause-relay -w a ', ''],
  ['sql-replace ', '<-w worker> <task-name> <sql1;sql2;>'],
  ['sql-replace -w a ', '<task-name> <sql1;sql2;>'],
  ['sql-replace -w a t ', '<sql1;sql2;>'],
  ['sql-replace -w a t', ' <sql1;sql2;>'],
  ['sql-replace -w a t DROP', ''],
  ['migrate-relay a ', '<binlogName> <binlogPos>'],
  ['query-status ', '[task_name]'],
  ['query-status t ', ''],
  ['start-task "a b', ''],
  ['break-ddl-lock --skip ', '<-w worker ...> <task-name>'],
  ['history ', '[n]'],
  ['watch ', '<command> [argument ...]'],
  ['watch --interval 5 query-status ', '[task_name]'],
  ['watch query-status t ', ''],
  ['wait ', '<--for state | --max-lag lag> <task-name or pattern>'],
  ['wait t ', '<--for state | --max-lag lag>'],
  ['wait t --for running ', ''],
  ['refresh-worker-tasks ', ''],
  ['pau', ''],
  ['nosuch ', ''],
  ['# pause-task ', ''],
  ['', ''],
];

for (const [line, hint] of HINTS) {
  test(`the hint after ${JSON.stringify(line)}`, () => assert.equal(argumentHint(line, known.registry), hint));
}

test('the hint is the rest of the last such line, or else the missing arguments', () => {
  const entries = ['pause-task a', 'pause-task b', 'sql-inject -w a t …', 'stop-task a\nb'];
  const hint = (line: string): string => inlineHint(line, entries, known.registry);
  assert.equal(hint('pau'), 'se-task b');
  assert.equal(hint('pause-task a'), '');
  assert.equal(hint('sql-inject '), '<-w worker> <task_name> <sql1;sql2;>');
  assert.equal(hint('stop-task '), '<task_name>');
  assert.equal(hint(''), '');
  assert.equal(hint(' '), '');
});

posixTest('files of a folder: hidden ones only after a dot, folders with a slash, nothing if it cannot be read', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-files-'));
  try {
    for (const name of ['b.yaml', 'a b.yaml', '.hidden', 'bad\nname']) fs.writeFileSync(path.join(folder, name), '');
    fs.mkdirSync(path.join(folder, 'bar'));
    fs.symlinkSync(path.join(folder, 'bar'), path.join(folder, 'blink'));
    fs.symlinkSync(path.join(folder, 'gone'), path.join(folder, 'broken'));
    const list = (prefix: string): string[] => listFiles(`${folder}/${prefix}`).map((f) => f.slice(folder.length + 1));
    assert.deepEqual(list(''), ['a b.yaml', 'b.yaml', 'bar/', 'blink/', 'broken']);
    assert.deepEqual(list('ba'), ['bar/']);
    assert.deepEqual(list('.h'), ['.hidden']);
    assert.deepEqual(list('nosuch/'), []);
    assert.ok(listFiles('src/ma').includes('src/main.ts'));
    assert.ok(listFiles('sr').includes('src/'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
