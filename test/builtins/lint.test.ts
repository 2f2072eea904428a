// `lint` and `schema`: what users type and what they print.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { MASTER, SOURCE, TASK } from '../config-files/cases.ts';
import { between, type Result, runProgram, type World } from '../harness/run.ts';

const BAD = TASK.replace('4000', '"4000"').replace('    batch', '    btach');
const files = { 'task.yaml': TASK, 'bad.yaml': BAD, 'source.yaml': SOURCE, 'dm-master.toml': MASTER };

const lint = (args: readonly string[], world: World = {}): Promise<Result> => runProgram(['lint', ...args], { files, ...world });

test('a file without problems', async () => {
  const { stdout, stderr, status } = await lint(['task.yaml', '--dm', '8.5']);
  assert.deepEqual([stdout, stderr, status], ['no problems in task.yaml, checked as a task file of DM 8.5\n', '', 0]);
});

test('mistakes: the place, the marked line, how to fix it, and the error code of a master', async () => {
  const { stdout, status } = await lint(['bad.yaml', '--dm', '8.5']);
  assert.equal(
    stdout,
    `bad.yaml:5:9: error: port must be a whole number, not the text "4000" [wrong-type, 20003]
  5 |   port: "4000"
    |         ^^^^^^
    = remove the quotes: 4000
bad.yaml:38:5: error: unknown key "btach" in syncers [unknown-key, 20003]
  38 |     btach: 100
     |     ^^^^^
     = did you mean "batch"?
2 errors in bad.yaml, checked as a task file of DM 8.5
`,
  );
  assert.equal(status, 1);
});

test('warnings alone are a success', async () => {
  const { stdout, status } = await lint(['w.yaml'], { files: { 'w.yaml': TASK.replace('batch: 100', 'batch: 010') } });
  assert.match(stdout, /^w\.yaml:38:12: warning: DM reads 010 as 8 \[unusual-number\]\n[\s\S]*\n1 warning in w\.yaml, checked as /);
  assert.equal(status, 0);
});

test('the mark is below what it means, also behind wide characters', async () => {
  const wide = TASK.replace('route-rules: [orders]', 'route-rules: [订单, order]');
  const { stdout } = await lint(['w.yaml'], { files: { 'w.yaml': wide } });
  const marked = stdout.slice(stdout.indexOf('11:23'));
  assert.match(marked, /\n {2}11 \| {5}route-rules: \[订单, order\]\n {5}\| {25}\^\^\^\^\^\n/);
});

test('standard input and several files', async () => {
  const { stdout, status } = await lint(['-', 'task.yaml', 'source.yaml'], { stdin: BAD });
  assert.match(stdout, /^<stdin>:5:9: error: /);
  assert.match(stdout, /\n2 errors in 3 files\n$/);
  assert.equal(status, 1);
});

test('a file that cannot be read has status 2, and the others are checked', async () => {
  const { stdout, stderr, status } = await lint(['none.yaml', 'task.yaml']);
  assert.match(stdout, /^no problems in task\.yaml/);
  assert.deepEqual([stderr, status], ['open none.yaml: no such file or directory\n', 2]);
});

test('-o json, jsonl and table', async () => {
  const { stdout } = await lint(['bad.yaml', '-o', 'json']);
  const [first, second, ...more] = JSON.parse(stdout);
  assert.deepEqual(first, {
    file: 'bad.yaml',
    rule: 'wrong-type',
    severity: 'error',
    line: 5,
    column: 9,
    endColumn: 15,
    path: 'target-database.port',
    message: 'port must be a whole number, not the text "4000"',
    fix: 'remove the quotes: 4000',
    code: '20003',
  });
  assert.deepEqual([second.rule, more], ['unknown-key', []]);
  assert.equal((await lint(['bad.yaml', '-o', 'jsonl'])).stdout.trim().split('\n').length, 2);
  assert.match(
    (await lint(['bad.yaml', '-o', 'table'])).stdout,
    /^PLACE +SEVERITY +RULE +CODE +MESSAGE\nbad\.yaml:5:9 +✗ error +wrong-type +20003 /,
  );
  assert.equal((await lint(['task.yaml', '-o', 'json'])).stdout.trim(), '[]');
});

test('--format sarif', async () => {
  const { stdout, status } = await lint(['bad.yaml', '--format', 'sarif']);
  const { version, runs } = JSON.parse(stdout);
  const [{ ruleId, level, locations }] = runs[0].results;
  assert.deepEqual([version, ruleId, level, status], ['2.1.0', 'wrong-type', 'error', 1]);
  const { artifactLocation, region } = locations[0].physicalLocation;
  assert.deepEqual(artifactLocation, { uri: 'bad.yaml' });
  assert.deepEqual(region, { startLine: 5, startColumn: 9, endLine: 5, endColumn: 15 });
  assert.ok(runs[0].tool.driver.rules.some((rule: { id: string }) => rule.id === 'wrong-type'));
});

test('--format github', async () => {
  const { stdout } = await lint(['bad.yaml', '--format', 'github']);
  assert.equal(
    stdout.split('\n')[0],
    '::error file=bad.yaml,line=5,col=9,endColumn=15,title=wrong-type (20003)::port must be a whole number, not the text "4000". To fix it: remove the quotes: 4000',
  );
});

test('--match: where the rows of a table go, and what is filtered', async () => {
  const { stdout, status } = await lint(['task.yaml', '--match', 'shop_1.order_7']);
  assert.match(stdout, /\nreplica-01 +✓ yes +shop\.orders +orders +no-drops +block-allow-list\.shops lets it pass\n/);
  assert.match(stdout, /replica-01: no-drops leaves out drop table\n/);
  assert.equal(status, 0);
  const [match] = JSON.parse((await lint(['task.yaml', '--match', 'other.t', '-o', 'json'])).stdout);
  assert.deepEqual([match.isMigrated, match.reason, match.source], [false, 'block-allow-list.shops.do-dbs', 'replica-01']);
});

test('invalid flags say what is valid', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { stderr, status } = await lint(['task.yaml', ...args]);
    assert.equal(status, 2);
    return stderr;
  };
  assert.match(await refused('--dm', 'x'), /invalid release "x" in --dm: use for example 1\.0\.7, 6\.5 or 8\.5/);
  assert.match(await refused('--kind', 'x'), /invalid kind "x" in --kind: use task, source, worker, master/);
  assert.match(await refused('--format', 'json'), /invalid format "json" in --format: use sarif or github\. For JSON use -o json/);
  assert.match(await refused('--format', 'sarif', '-o', 'json'), /--format and --output exclude each other/);
  assert.match(await refused('--match', 'x'), /invalid table "x" in --match: use db\.table/);
});

test('the kind is found from the keys, or named', async () => {
  assert.match((await lint(['source.yaml'])).stdout, /checked as a source file of DM 26\.3\n$/);
  assert.match((await lint(['dm-master.toml'])).stdout, /checked as a master file of DM 1\.0\.7\n$/);
  const { stdout } = await lint(['source.yaml', '--kind', 'task', '--dm', '8.5']);
  assert.match(stdout, /^source\.yaml:1:1: error: this looks like a source file, not a task file \[wrong-file-kind, 20003\]\n/m);
});

test('control characters of a file do not reach the output', async () => {
  const text = TASK.replace('name: orders', 'name: "a"\nx\u009b31m: \u202eb');
  const { stdout } = await lint(['c.yaml'], { files: { 'c.yaml': text }, tty: ['stdout'], env: { NO_COLOR: '1' } });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the output
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  assert.match(stdout, /\\u009b31m/);
});

test('at the prompt, without a master', async () => {
  const { stdout } = await runProgram(['-master-addr', '127.0.0.1:1'], { files, stdin: 'lint task.yaml\nschema worker\nlint -\n' });
  assert.match(between(stdout), /no problems in task\.yaml[\s\S]*"title": "Worker file of DM 1\.0\.7"/);
});

/** A temporary folder with files. */
function folderWith(content: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-lint-'));
  for (const [name, text] of Object.entries(content)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  }
  return folder;
}

test('a folder: its YAML and TOML files, also in folders below; other YAML files are left out', async () => {
  const folder = folderWith({
    'a/task.yml': TASK,
    'dm-master.toml': MASTER,
    'compose.yaml': 'services: {}\n',
    '.x/b.yaml': BAD,
    'notes.md': '',
  });
  const read = Object.fromEntries(
    ['a/task.yml', 'dm-master.toml', 'compose.yaml'].map((name) => [path.join(folder, name), fs.readFileSync(path.join(folder, name))]),
  );
  const { stdout, status } = await lint([folder], { files: read });
  assert.deepEqual([stdout, status], ['no problems in 2 files. 1 file of the folders is not for DM\n', 0]);
  const empty = folderWith({ 'notes.md': '' });
  assert.deepEqual((await lint([empty])).stderr, `${empty} has no .yaml, .yml or .toml file\n`);
  for (const made of [folder, empty]) fs.rmSync(made, { recursive: true });
});

test('a file with a password that others can read', { skip: process.platform === 'win32' }, async () => {
  const text = TASK.replace('password: ""', 'password: secret');
  const folder = folderWith({ 'task.yaml': text });
  const file = path.join(folder, 'task.yaml');
  const found = async (): Promise<string[]> => {
    const { stdout } = await lint([file, '-o', 'json'], { files: { [file]: text } });
    return JSON.parse(stdout).map((f: { rule: string }) => f.rule);
  };
  assert.deepEqual(await found(), ['plain-password']);
  fs.chmodSync(file, 0o644);
  assert.deepEqual(await found(), ['open-permissions', 'plain-password']);
  fs.rmSync(folder, { recursive: true });
});

test('a file that is not for DM is named', async () => {
  const { stdout, status } = await lint(['x.yaml'], { files: { 'x.yaml': 'services: {}\n' } });
  assert.match(stdout, /^x\.yaml:1:1: warning: this is not a configuration file that lint knows \[unchecked-file\]\n/);
  assert.equal(status, 0);
});

test('schema prints a JSON Schema of a release', async () => {
  const { stdout, status } = await runProgram(['schema', 'task', '--dm', '8.5']);
  const schema = JSON.parse(stdout);
  assert.deepEqual([schema.$schema, schema.title, status], ['http://json-schema.org/draft-07/schema#', 'Task file of DM 8.5', 0]);
  assert.ok(schema.properties['shard-mode'].description);
});

test('schema rejects unknown names and releases', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const { stderr, status } = await runProgram(['schema', ...args]);
    assert.equal(status, 2);
    return stderr;
  };
  assert.match(await refused('taks'), /no schema "taks": did you mean "task"\?/);
  assert.match(await refused('x'), /no schema "x": use task, source, worker, master/);
  assert.match(await refused('task', '--dm', 'x'), /invalid release "x" in --dm/);
  assert.match(await refused('worker', '--dm', '8.5'), /DM 8\.5 has no worker file/);
});

test('a password is never shown, in a line of its own and in brackets', async () => {
  const block = TASK.replace(/password: .*/, 'password: "s3cret # 1"');
  const { stdout } = await lint(['p.yaml', '--dm', '8.5'], { files: { 'p.yaml': block } });
  assert.match(stdout, /plain-text-password|password/);
  assert.doesNotMatch(stdout, /s3cret/);
  const flow =
    'name: x\ntask-mode: all\ntarget-database: {host: h, port: "1", user: root, password: s3cret}\nmysql-instances:\n  - source-id: a\n';
  const inBrackets = await lint(['p.yaml', '--dm', '8.5'], { files: { 'p.yaml': flow } });
  assert.match(inBrackets.stdout, /password: \*{6}\}/);
  assert.doesNotMatch(inBrackets.stdout, /s3cret/);
});
