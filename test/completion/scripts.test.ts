// Completion in other shells: the hidden command, and the scripts in the installed shells.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { v1 } from '../../src/dialects/v1/index.ts';
import { test as posixTest } from '../harness/posix.ts';
import { PROGRAM } from '../harness/program.ts';
import { answer, type Reply, runProgram, type World, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const LOCK = "test-`db`.`it's`";

function cluster(method: string): Reply {
  if (method === 'ShowDDLLocks') return answer('ShowDDLLocks', { result: true, locks: [{ ID: LOCK }] });
  return answer('QueryStatus', {
    result: true,
    workers: [8262, 8263].map((port) => ({
      result: true,
      worker: `172.16.10.72:${port}`,
      sourceID: `mysql-${port}`,
      subTaskStatus: [{ name: 'test' }, { name: 'my task' }],
    })),
  });
}

test('the hidden command completes words with the names of the cluster, for every source of the address', () =>
  withMaster(cluster, async (master) => {
    const said = async (words: string[], world = {}): Promise<string> => {
      const { stdout, stderr, status } = await runProgram(['__complete', '--', ...words], world);
      assert.deepEqual([stderr, status], ['', 0]);
      return stdout;
    };
    assert.equal(await said(['-master-addr', master.address, 'stop-task', '']), 'my task\ntest\n');
    assert.equal(await said(['stop-task', 't', 'x', '--master-addr', master.address, '-w', '']), '172.16.10.72:8262\n172.16.10.72:8263\n');
    assert.equal(await said(['stop-task', 't'], { env: { DM_MASTER_ADDR: master.address } }), 'test\n');
    const files = { 'c.toml': `master-addr = "${master.address}"\nunknown = 1\n` };
    assert.equal(await said(['-config', 'c.toml', 'unlock-ddl-lock', ''], { files }), `${LOCK}\n`);
    assert.equal(await said(['que']), 'query-error\nquery-status\n');
  }));

test('the hidden command completes profiles of the configuration file, and forms of answers', async () => {
  const said = async (words: string[], files: World['files'] = {}): Promise<string> => {
    const { stdout, stderr, status } = await runProgram(['__complete', '--', ...words], { files, env: { HOME: '/home/me' } });
    assert.deepEqual([stderr, status], ['', 0]);
    return stdout;
  };
  const toml = '[profiles.prod]\nread-only = true\n[profiles.test]\n[profiles.staging]\n';
  const own = { '/home/me/.config/dmctl/config.toml': toml };
  assert.equal(await said(['-profile', ''], own), 'prod\nstaging\ntest\n');
  assert.equal(await said(['--profile=p'], own), '--profile=prod\n');
  assert.equal(await said(['query-status', '--profile', 's'], own), 'staging\n');
  assert.equal(await said(['config', 'use', ''], own), 'prod\nstaging\ntest\n');
  assert.equal(await said(['-config', 'c.toml', '-profile', ''], { 'c.toml': '[profiles.a]\n', ...own }), 'a\n');
  const broken = { '/home/me/.config/dmctl/config.toml': 'not toml' };
  assert.equal((await runProgram(['__complete', '--', '-profile', ''], { files: broken, env: { HOME: '/home/me' } })).stdout, '');
  assert.equal(await said(['-profile', '']), '');
  assert.equal(await said(['-o', 'j']), 'json\njsonl\njsonpath=\n');
  assert.equal(await said(['query-status', '--output', 'ta']), 'table\n');
});

test('the hidden command prints nothing and succeeds after any error', async () => {
  const nothing = async (...words: string[]): Promise<void> => {
    const result = await runProgram(['__complete', '--', ...words]);
    assert.deepEqual(result, { stdout: '', stderr: '', status: 0 }, words.join(' '));
  };
  await nothing('stop-task', '');
  await nothing('-master-addr', '127.0.0.1:1', 'stop-task', '');
  await nothing('-master-addr', 'nonsense', 'stop-task', '');
  await nothing('-config', 'no.toml', 'stop-task', '');
  await nothing('-nosuch', 'stop-task', '');
  await nothing('-master-addr', '');
  await nothing('---', 'stop-task', '');
  assert.deepEqual(await runProgram(['__complete']), await runProgram(['__complete', '--', '']));
});

test('a master that hangs delays completion by at most half a second', () =>
  withMaster(
    () => ({ odd: 'hang' }),
    async (master) => {
      const result = await runProgram(['__complete', '--', '-master-addr', master.address, 'stop-task', '']);
      assert.deepEqual(result, { stdout: '', stderr: '', status: 0 });
      for (const { timeout } of master.calls) assert.match(timeout ?? '', /^([1-4]\d\d|500|\d\d?)(\.\d+)?m$/);
    },
  ));

test('every script contains every command, hidden commands appear in no list, and an unknown shell is rejected', async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { stdout, status } = await runProgram(['completion', shell]);
    assert.equal(status, 0);
    for (const { name, flags } of v1.commands) {
      assert.ok(stdout.includes(name), `${shell}: ${name}`);
      for (const flag of flags) assert.ok(stdout.includes(flag.name), `${shell}: ${flag.name}`);
    }
    assert.match(stdout, /master-addr/);
  }
  const help = await runProgram(['help']);
  assert.match(help.stdout, /More commands:\n(?: {2}.*\n)*? {2}completion +print a completion script/);
  assert.doesNotMatch(help.stdout, /__complete/);
  const unknown = await runProgram(['completion', 'tcsh']);
  assert.match(unknown.stderr, /^no completion script for shell "tcsh"\. Use one of bash, zsh, fish, powershell\n$/);
  assert.equal(unknown.status, 2);
});

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-scripts-'));
before(async () => {
  // the program under the name that the scripts complete
  fs.mkdirSync(path.join(folder, 'bin'));
  const words = PROGRAM.map((w) => `'${w.endsWith('.js') ? path.resolve(w) : w}'`).join(' ');
  fs.writeFileSync(path.join(folder, 'bin/dmctl'), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  for (const shell of ['bash', 'zsh', 'fish']) fs.writeFileSync(path.join(folder, shell), (await runProgram(['completion', shell])).stdout);
  fs.mkdirSync(path.join(folder, '.config/dmctl'), { recursive: true });
  fs.writeFileSync(path.join(folder, '.config/dmctl/config.toml'), '[profiles.prod]\n[profiles.test]\n');
  fs.mkdirSync(path.join(folder, 'files/my conf'), { recursive: true });
  for (const name of ['task a.yaml', 'notes.txt', 'relay.toml']) fs.writeFileSync(path.join(folder, 'files', name), '');
});
after(() => fs.rmSync(folder, { recursive: true }));

const installed = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

/** Runs a shell with one of our scripts and a scripted master. */
function inShell(command: string, args: string[], address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, DM_MASTER_ADDR: address, LC_ALL: 'C.UTF-8' };
    const child = spawn(command, args, { cwd: path.join(folder, 'files'), env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, error] = ['', ''];
    child.stdout.on('data', (d) => {
      out += d;
    });
    child.stderr.on('data', (d) => {
      error += d;
    });
    child.on('error', reject);
    child.on('close', () => (error === '' ? resolve(out) : reject(new Error(error))));
  });
}

/** Words as bash splits them, the last under the cursor, and the candidates for that word. */
const BASH: readonly [words: string[], reply: string[]][] = [
  [['dmctl', 'que'], ['query-status', 'query-error'].sort()],
  [['dmctl', '-mas'], ['-master-addr']],
  [['dmctl', '-history', 'r'], ['redacted']],
  [['dmctl', '-config', 'ta'], ['task a.yaml']],
  [
    ['dmctl', '-profile', ''],
    ['prod', 'test'],
  ],
  [['dmctl', '--profile', 'p'], ['prod']],
  [['dmctl', 'query-status', '--profile', 'te'], ['test']],
  [
    ['dmctl', '-o', 'j'],
    ['json', 'jsonl', 'jsonpath='],
  ],
  [['dmctl', '-output', 'ta'], ['table']],
  [['dmctl', 'query-status', '--output', 'ta'], ['table']],
  [['dmctl', '-o', 'table', 'que'], ['query-status', 'query-error'].sort()],
  [['dmctl', 'unlock-ddl-lock', '-o', '172.16.10.72', ':', '8263'], ['8263']],
  [
    ['dmctl', 'start-task', ''],
    ['my conf', 'task a.yaml'],
  ],
  [
    ['dmctl', 'update-relay', ''],
    ['my conf', 'relay.toml'],
  ],
  [['dmctl', 'start-task', 'n'], ['notes.txt']],
  [['dmctl', '-rpc-timeout', ''], []],
  [
    ['dmctl', 'start-task', '-w', ''],
    ['172.16.10.72:8262', '172.16.10.72:8263'],
  ],
  [['dmctl', 'help', 'sql-i'], ['sql-inject']],
  [['dmctl', 'conf'], ['config']],
  [['dmctl', 'config', 'use', 'p'], ['prod']],
  [
    ['dmctl', 'config', ''],
    ['export', 'import', 'master', 'show', 'source', 'task', 'task-template', 'use', 'worker'],
  ],
  [
    ['dmctl', 'binlog', 're'],
    ['replace', 'revert'],
  ],
  [['dmctl', 'config', 'show', '--rea'], ['--read-only']],
  [
    ['dmctl', 'watch', 'query'],
    ['query-error', 'query-status'],
  ],
  [['dmctl', 'watch', '--interval', '3', 'query-status', '--su'], ['--summary']],
  [['dmctl', 'watch', '--interval', '3', 'query-status', 't'], ['test']],
  [['dmctl', 'wait', 'test', '--for', 'run'], ['running']],
  [
    ['dmctl', 'completion', ''],
    ['bash', 'zsh', 'fish', 'powershell'],
  ],
  [['dmctl', 'query-status', '--su'], ['--summary']],
  [
    ['dmctl', 'stop-task', ''],
    ['my\\ task', 'test'],
  ],
  [['dmctl', 'stop-task', 'my\\ '], ['my\\ task']],
  [['dmctl', 'stop-task', '"my'], ['my task']],
  [['dmctl', 'stop-task', "'my t"], ['my task']],
  [['dmctl', 'unlock-ddl-lock', ''], ["test-\\`db\\`.\\`it\\'s\\`"]],
  [['dmctl', 'unlock-ddl-lock', '"te'], ["test-\\`db\\`.\\`it's\\`"]],
  [['dmctl', 'unlock-ddl-lock', "'te"], ["test-`db`.`it'\\''s`"]],
  [['dmctl', 'stop-task', '-w', '172.16.10.72', ':', '8263'], ['8263']],
  [
    ['dmctl', 'stop-task', '-w', '172.16.10.72', ':'],
    ['8262', '8263'],
  ],
  [['dmctl', 'stop-task', '--worker', '=', '172.16.10.72', ':', '8262,'], ['8262,172.16.10.72:8263']],
  [['dmctl', 'stop-task', '-w', '172.16.10.72', ':', '8263', 'te'], ['test']],
  [['dmctl', '-master-addr', 'h', ':', '1', 'que'], ['query-status', 'query-error'].sort()],
];

posixTest('bash completes', { skip: !installed('bash') && 'no bash' }, () =>
  withMaster(cluster, async (master) => {
    for (const [words, reply] of BASH) {
      const quoted = words.map((w) => `'${w.replaceAll("'", "'\\''")}'`).join(' ');
      const script = `source ../bash; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _dmctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const out = await inShell('bash', ['--norc', '-c', script], master.address);
      assert.deepEqual(
        out
          .split('\n')
          .filter((l) => l !== '')
          .sort(),
        [...reply].sort(),
        words.join(' '),
      );
    }
  }),
);

/** A command line, and the candidates of fish for its last word. */
const FISH: readonly [line: string, reply: string[]][] = [
  ['dmctl que', ['query-error', 'query-status']],
  ['dmctl -mas', ['-master-addr']],
  ['dmctl -history r', ['redacted']],
  ['dmctl -profile ', ['prod', 'test']],
  ['dmctl -o ta', ['table']],
  ['dmctl -output ta', ['table']],
  ['dmctl start-task ', ['my conf/', 'task a.yaml']],
  ['dmctl update-relay ', ['my conf/', 'relay.toml']],
  ['dmctl start-task n', ['notes.txt']],
  ['dmctl stop-task ', ['my task', 'test']],
  ['dmctl stop-task -w 172.16.10.72:', ['172.16.10.72:8262', '172.16.10.72:8263']],
  ['dmctl unlock-ddl-lock ', [LOCK]],
  ['dmctl -rpc-timeout 1s stop-task te', ['test']],
  ['dmctl help sql-i', ['sql-inject']],
  ['dmctl conf', ['config']],
  ['dmctl config use ', ['prod', 'test']],
  ['dmctl config ', ['export', 'import', 'master', 'show', 'source', 'task', 'task-template', 'use', 'worker']],
  ['dmctl config show --rea', ['--read-only']],
  ['dmctl completion z', ['zsh']],
];

test('fish completes', { skip: !installed('fish') && 'no fish' }, () =>
  withMaster(cluster, async (master) => {
    for (const [line, reply] of FISH) {
      const out = await inShell('fish', ['--no-config', '-c', `source ../fish; complete -C "${line}"`], master.address);
      const words = out
        .split('\n')
        .filter((l) => l !== '')
        .map((l) => l.split('\t')[0]);
      assert.deepEqual(words.sort(), [...reply].sort(), line);
    }
  }),
);

test('zsh reads its script', { skip: !installed('zsh') && 'no zsh' }, async () => {
  assert.equal(
    await inShell('zsh', ['-f', '-c', 'autoload -U compinit; compinit -D -u; source ../zsh; print $_comps[dmctl]'], ''),
    '_dmctl\n',
  );
});

/** What is typed at zsh, with Tab for `\t`, and the line that it becomes. */
const ZSH: readonly [typed: string, line: string][] = [
  ['dmctl query-s\t', 'dmctl query-status'],
  ['dmctl -mas\t', 'dmctl -master-addr'],
  ['dmctl -history r\t', 'dmctl -history redacted'],
  ['dmctl -config ta\t', 'dmctl -config task\\ a.yaml'],
  ['dmctl start-task ta\t', 'dmctl start-task task\\ a.yaml'],
  ['dmctl start-task n\t', 'dmctl start-task notes.txt'],
  ['dmctl update-relay re\t', 'dmctl update-relay relay.toml'],
  ['dmctl stop-task te\t', 'dmctl stop-task test'],
  ['dmctl stop-task m\t', 'dmctl stop-task my\\ task'],
  ['dmctl conf\tsh\t--read\t', 'dmctl config show --read-only'],
  ['dmctl completion z\t', 'dmctl completion zsh'],
];

test('zsh completes', { skip: !installed('zsh') && 'no zsh' }, () =>
  withMaster(cluster, async (master) => {
    const zdotdir = path.join(folder, 'zdotdir');
    fs.mkdirSync(zdotdir);
    fs.writeFileSync(path.join(zdotdir, '.zshrc'), `autoload -U compinit; compinit -D -u; source ../zsh; PS1='> '\n`);
    const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`, ZDOTDIR: zdotdir, DM_MASTER_ADDR: master.address, HOME: folder };
    const terminal = new Terminal(['-d'], { command: ['zsh'], columns: 120, cwd: path.join(folder, 'files'), env });
    try {
      for (const [typed, line] of ZSH) {
        await terminal.until(() => terminal.rowsToCursor()[0]?.trimEnd() === '>');
        terminal.type(typed);
        await terminal.until(() => terminal.rowsToCursor()[0]?.trimEnd() === `> ${line}`);
        terminal.type('\x15');
      }
    } finally {
      terminal.close();
    }
  }),
);
