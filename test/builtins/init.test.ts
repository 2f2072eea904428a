// `init` without a terminal: the files that it writes, and what it refuses. test/pty/init.test.ts has the questions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../src/config-files/document.ts';
import { readYaml } from '../../src/config-files/read-yaml.ts';
import { decryptPassword } from '../../src/domain/password-cipher.ts';
import { startSandbox as startSandboxV1 } from '../../src/sandbox/v1/server.ts';
import { startSandbox as startSandboxV2 } from '../../src/sandbox/v2/server.ts';
import { findingsIn } from '../config-files/cases.ts';
import { type Result, runProgram, type World } from '../harness/run.ts';

const ACCOUNT = ['--host', '127.0.0.1', '--user', 'root'];
const TASK = ['task', '-', '--name', 'orders', '--source-id', 'mysql-replica-01,mysql-replica-02', ...ACCOUNT, '--password', '-'];
const SOURCE = ['source', '-', '--source-id', 'mysql-replica-09', ...ACCOUNT, '--password', '-'];
const WORKER = ['worker', '-', '--addr', '127.0.0.1:8262', '--source-id', 'mysql-replica-01', ...ACCOUNT, '--password', '-'];
const MASTER = ['master', '-', '--addr', '127.0.0.1:8261', '--deploy', 'mysql-replica-01=127.0.0.1:8262,mysql-replica-02=127.0.0.1:8263'];

const SECRET = 'pa"ss: #word';
const init = (args: readonly string[], world: World = {}): Promise<Result> =>
  runProgram(['init', ...args], { stdin: `${SECRET}\n`, ...world });

/** The refusal of a command line that writes nothing. */
async function refused(args: readonly string[], world: World = {}): Promise<string> {
  const created: string[] = [];
  const { stdout, stderr, status } = await init(args, { ...world, onCreate: (path) => created.push(path) });
  assert.deepEqual([stdout, status, created], ['', 2, []]);
  return stderr;
}

const RELEASES = ['1.0.1', '1.0.7', '2.0.0', '2.0.7', '5.4', '6.1', '6.5', '7.5', '8.5', '26.3'];

for (const dm of RELEASES) {
  const start = ['--start', 'mysql-bin.000003:4', '--start', 'mysql-bin.000009:120'];
  const MODES = [
    [],
    ['--task-mode', 'full', '--schemas', 'shop,~^app_[0-9]+$,yes,10'],
    ['--task-mode', 'incremental', ...start, '--shard-mode', 'pessimistic', '--route', 'shop_*.order_*=shop.orders', '--route', 'a_*=a'],
  ];
  for (const flags of MODES) {
    test(`lint finds no errors in a task file of DM ${dm}: ${flags.join(' ')}`, async () => {
      const { stdout, status } = await init([...TASK, '--dm', dm, ...flags, ...(dm === '8.5' || dm === '26.3' ? ['--plain'] : [])]);
      assert.equal(status, 0);
      const rules = (await findingsIn(stdout, dm, 'task')).map((f) => f.rule);
      assert.deepEqual(rules, dm === '8.5' || dm === '26.3' ? ['plain-password'] : []);
    });
  }
}

test('a password is encrypted before DM 8.0, and decrypts to the same text', async () => {
  const { stdout } = await init([...TASK, '--dm', '6.5']);
  const { root } = readYaml(stdout);
  assert.equal(decryptPassword(textOf(root, 'target-database', 'password')).toString(), SECRET);
  assert.ok(!stdout.includes('pa"ss'));
});

test('each key has a comment, once', async () => {
  const { stdout } = await init([...SOURCE, '--dm', '6.5', '--flavor', 'mariadb', '--enable-gtid', '--password', ''], { stdin: '' });
  assert.equal(
    stdout,
    `# source file of DM 6.5

# name of the source, unique in the cluster, at most 32 bytes
source-id: mysql-replica-09
# read the binlog with GTIDs. MySQL must run with gtid_mode ON. Default: false
enable-gtid: true
# kind of the database. Without it the database is asked. Values: mysql, mariadb
flavor: mariadb

# database that is read
from:
  # host name or IP address
  host: "127.0.0.1"
  # TCP port, from 1 to 65535
  port: 3306
  # user name
  user: root
  # password, plain or encrypted with dmctl encrypt. DM 1.0.5 and earlier require an encrypted one
  password: ""
`,
  );
});

test('texts that YAML reads as something else are in quotes', async () => {
  const { stdout } = await init([...TASK, '--dm', '6.5', '--name', 'no', '--source-id', '007', '--user', 'a: #b']);
  const { root } = readYaml(stdout);
  assert.deepEqual([textOf(root, 'name'), textOf(root, 'target-database', 'user')], ['no', 'a: #b']);
  assert.match(stdout, /\nname: "no"\n[\s\S]*\n {2}- source-id: "007"\n/);
});

test('a new file is created, and an existing one is never replaced', async () => {
  const created: [string, string][] = [];
  const onCreate = (path: string, text: string): void => void created.push([path, text]);
  const words = ['source', 'new.yaml', ...SOURCE.slice(2), '--dm', '6.5'];
  const { stdout, status } = await init(words, { onCreate });
  assert.deepEqual([stdout, status], ['new.yaml: source file written, and no errors found\n', 0]);
  assert.deepEqual(
    created.map(([path, text]) => [path, text.startsWith('# source file of DM 6.5\n')]),
    [['new.yaml', true]],
  );
  assert.equal(
    await refused(words, { files: { 'new.yaml': 'mine' } }),
    'cannot write new.yaml: the file exists, and init replaces no file. Choose another name. Nothing was written\n',
  );
});

test('the sandbox of DM 1.0 accepts the files', async () => {
  const { address, close } = await startSandboxV1({ listen: '127.0.0.1:0', clock: () => 0 });
  try {
    const at = ['-master-addr', address];
    const made = async (words: readonly string[]): Promise<string> => {
      const { stdout, stderr, status } = await runProgram([...at, 'init', ...words], { stdin: `${SECRET}\n` });
      assert.deepEqual([stderr, status], ['note: the file is for DM 1.0.1: the release of the DM-master. Choose another with --dm\n', 0]);
      return stdout;
    };
    const files = {
      'task.yaml': await made([...TASK, '--shard-mode', 'pessimistic', '--route', 'shop.t_*=shop.t_all', '--schemas', 'shop']),
      'worker.toml': await made([...WORKER, '--server-id', '101']),
      'master.toml': await made(MASTER),
    };
    const accepted = async (...words: string[]): Promise<void> => {
      const { stdout, status } = await runProgram([...at, '-yes', ...words], { files });
      assert.deepEqual([/"result": false/.test(stdout), status], [false, 0], stdout);
    };
    await accepted('update-relay', '-w', '127.0.0.1:8262', 'worker.toml');
    await accepted('check-task', 'task.yaml');
    await accepted('start-task', 'task.yaml');
    await accepted('update-master-config', 'master.toml');
  } finally {
    await close();
  }
});

for (const release of ['2.0.7', '6.5.0', '8.5.0']) {
  test(`the sandbox of DM ${release} accepts the files`, async () => {
    const { address, close } = await startSandboxV2({ listen: '127.0.0.1:0', release, workers: 3, clock: () => 0 });
    try {
      const at = ['-master-addr', address];
      const made = async (words: readonly string[]): Promise<string> => {
        const { stdout, stderr, status } = await runProgram([...at, 'init', ...words], { stdin: `${SECRET}\n` });
        assert.match(
          stderr,
          new RegExp(`^note: the file is for DM ${release}: the release of the DM-master\\. Choose another with --dm\n`),
        );
        assert.equal(status, 0);
        assert.match(stdout, / {2}password: "[A-Za-z0-9+/=]{32,}"\n/);
        return stdout;
      };
      const files = {
        'task.yaml': await made([...TASK, '--shard-mode', 'optimistic', '--route', 'shop.t_*=shop.t_all', '--schemas', 'shop']),
        'source.yaml': await made(SOURCE),
      };
      const accepted = async (...words: string[]): Promise<void> => {
        const { stdout, status } = await runProgram([...at, '-yes', ...words], { files });
        assert.deepEqual([/"result": false/.test(stdout), status], [false, 0], stdout);
      };
      await accepted('check-task', 'task.yaml');
      await accepted('start-task', 'task.yaml');
      await accepted('operate-source', 'create', 'source.yaml');
    } finally {
      await close();
    }
  });
}

test('worker and master files', async () => {
  for (const [words, kind] of [
    [WORKER, 'worker'],
    [MASTER, 'master'],
  ] as const) {
    const { stdout, stderr } = await init(words);
    assert.equal(stderr, 'note: the file is for DM 1.0.7: no DM-master is named. Choose another with --dm\n');
    assert.deepEqual(await findingsIn(stdout, '1.0.7', kind), []);
  }
});

test('without a terminal, all missing flags are reported at once', async () => {
  assert.equal(
    await refused(['task', 'task.yaml', '--host', 'h']),
    "--name, --source-id, --user, --password are missing. --password - reads the password from standard input, --password '' means none. Nothing was written\n",
  );
  assert.equal(await refused(['master', 'm.toml', '--addr', 'a:1']), '--deploy is missing. Nothing was written\n');
  assert.equal(await refused(['task']), 'the file is missing: add its name, or - for standard output. Nothing was written\n');
});

test('a password is neither taken from the command line nor printed', async () => {
  const stderr = await refused([...TASK, '--dm', '6.5', '--password', 'hunter2']);
  assert.match(stderr, /^--password takes no password, because others can see it\. Use --password - to read it from standard input\. /);
  assert.ok(!stderr.includes('hunter2'));
});

test('from DM 8.0 on, a password without a master needs --plain', async () => {
  assert.equal(
    await refused([...TASK, '--dm', '8.5']),
    'from DM 8.0 on only the DM-master can encrypt a password. Name it with -master-addr. Nothing was written. Add --plain to write the password in plain text\n',
  );
  const { stdout, stderr, status } = await init([...TASK, '--dm', '8.5', '--plain']);
  assert.match(stdout, /\n {2}password: "pa\\"ss: #word"\n/);
  assert.deepEqual([stderr, status], ['', 0]);
});

test('invalid answers say what is valid', async () => {
  const cases: readonly (readonly [words: readonly string[], text: RegExp])[] = [
    [
      [...TASK, '--dm', '6.5', '--port', '70000'],
      /^invalid value "70000" in --port: use a number from 1 to 65535\. Nothing was written\n$/,
    ],
    [[...TASK, '--dm', 'new'], /^Error: invalid release "new" in --dm: use for example 1\.0\.7, 6\.5 or 8\.5\n/],
    [[...TASK, '--dm', '1.0.7', '--shard-mode', 'optimistic'], /^invalid value "optimistic" in --shard-mode: use none, pessimistic\. /],
    [
      [...TASK, '--dm', '6.5', '--task-mode', 'incremental'],
      /^--start is missing: an incremental task needs a start such as mysql-bin\.000003:4/,
    ],
    [
      [...TASK, '--dm', '6.5', '--task-mode', 'incremental', '--start', 'mysql-bin.000003:4'],
      /^Error: --start has 1 positions for 2 sources\. /,
    ],
    [[...TASK, '--dm', '6.5', '--route', 'a.b=c'], /^invalid value "a\.b=c" in --route: use db\.table=db\.table or db=db/],
    [[...SOURCE, '--dm', '1.0.7'], /^Error: DM 1\.0\.7 has no source file\. Use init worker\. Nothing was written\n/],
    [[...WORKER, '--dm', '8.5'], /^Error: DM 8\.5 has no worker file\. Use init source, or --dm 1\.0\.7\. Nothing was written\n/],
    [[...SOURCE, '--dm', '6.5', '--route', 'a=b'], /^Error: --route is not for a source file\. Nothing was written\n/],
    [[...SOURCE, '--dm', '6.5', '--source-id', 'x'.repeat(33)], /^invalid value "x{33}" in --source-id: use at most 32 bytes, not 33\. /],
    [['tasks', '-'], /^Error: invalid kind "tasks": use task, source, worker, master\n/],
  ];
  for (const [words, text] of cases) assert.match(await refused(words), text);
});
