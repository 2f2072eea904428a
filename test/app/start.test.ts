// The start of a run: program flags, environment, configuration file, passwords, version and help.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../src/text/duration.ts';
import { requests, runProgram, type World, withMaster } from '../harness/run.ts';

const MISSING = 'parse cmd flags err: --master-addr not provided';

/** Command lines without a command that cannot start, and their standard output: the recorded text, without a line break. */
const REFUSED: readonly [argv: string[], stdout: string][] = [
  [[], MISSING],
  [['-master-addr', ''], MISSING],
  [['-nosuch', '-V'], 'parse cmd flags err: flag provided but not defined: -nosuch'],
  [['--nosuch=1'], 'parse cmd flags err: flag provided but not defined: -nosuch'],
  [['-master-addr'], 'parse cmd flags err: flag needs an argument: -master-addr'],
  [['---x'], 'parse cmd flags err: bad flag syntax: ---x'],
  [['-master-addr', 'h'], 'parse cmd flags err: specify master addr h: address h: missing port in address'],
  [['-master-addr', '1:2:3'], 'parse cmd flags err: specify master addr 1:2:3: address 1:2:3: too many colons in address'],
  [['-master-addr', '[::1:1'], "parse cmd flags err: specify master addr [::1:1: address [::1:1: missing ']' in address"],
  [['-master-addr', 'h:x'], 'parse cmd flags err: specify master addr h:x: address h:x: the port must be a number from 1 to 65535'],
  [['-master-addr', 'h:1', '-rpc-timeout', '0s'], 'parse cmd flags err: invalid time duration: 0s'],
  [['-config', 'no.toml'], 'parse cmd flags err: open no.toml: no such file or directory'],
  [['-config', 'bom.toml'], "parse cmd flags err: Near line 0 (last key parsed ''): bare keys cannot contain '\\ufeff'"],
];

for (const [argv, stdout] of REFUSED) {
  test(`dmctl ${argv.join(' ')} does not start`, async () => {
    const result = await runProgram(argv, { files: { 'bom.toml': '\ufeffmaster-addr = "h:1"' } });
    assert.equal(result.stdout, stdout);
    assert.notEqual(result.stderr, '');
    assert.equal(result.status, 2);
  });
}

test('with a command, the message is on standard error', async () => {
  const result = await runProgram(['query-status']);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /^parse cmd flags err: --master-addr not provided\nUse -master-addr host:port, set DM_MASTER_ADDR/);
  const flag = await runProgram(['-w', 'a', 'query-status']);
  assert.match(flag.stderr, /^parse cmd flags err: flag provided but not defined: -w\nOn the command line, write -w after the command\.\n/);
});

test('durations are parsed like in Go', () => {
  const good: [string, number][] = [
    ['10m', 600_000],
    ['1h30m10.5s', 5_410_500],
    ['+500ms', 500],
    ['3000000µs', 3000],
    ['3000000μs', 3000],
    ['1ns', 1e-6],
    ['.5s', 500],
  ];
  for (const [text, ms] of good) assert.equal(parseDuration(text), ms);
  const bad: [string, RegExp][] = [
    ['', /invalid duration ""/],
    ['abc', /invalid duration "abc"/],
    ['.s', /invalid duration ".s"/],
    ['10', /missing unit in duration "10"/],
    ['1d', /unknown unit "d" in duration "1d"\. Use ns, us/],
    ['1h 30m', /unknown unit "h " in duration "1h 30m"/],
    ['9999999999h', /invalid duration/],
    ['-1s', /^invalid time duration: -1s$/],
    ['0', /^invalid time duration: 0$/],
  ];
  for (const [text, message] of bad) assert.throws(() => parseDuration(text), { message }, text);
});

test('flags override the environment, the environment overrides the file', () =>
  withMaster(undefined, async (master) => {
    const file = (address: string): World => ({ files: { 'c.toml': `MASTER-ADDR = "${address}"\nrpc-timeout = "7s"\nx = 1\n` } });
    const seen = async (argv: string[], world: World): Promise<string | undefined> => {
      const { stderr } = await runProgram([...argv, 'query-status'], world);
      assert.equal(stderr.includes('the unknown key "x" is ignored'), argv.includes('-config'), stderr);
      return master.calls.pop()?.timeout;
    };
    const dead = '127.0.0.1:1';
    assert.match((await seen(['-config', 'c.toml'], file(master.address))) ?? '', /^(7000|69\d\d)m$/);
    assert.match((await seen(['-config', 'c.toml'], { ...file(dead), env: { DM_MASTER_ADDR: master.address } })) ?? '', /^(7000|69\d\d)m$/);
    const all = { ...file(dead), env: { DM_MASTER_ADDR: dead } };
    assert.match((await seen(['-config', 'c.toml', '-rpc-timeout', '4s', '--master-addr', master.address], all)) ?? '', /^(4000|39\d\d)m$/);
    assert.match((await seen(['-master-addr', master.address], {})) ?? '', /^(600000|59\d{4})m$/);
  }));

test('program flags also count after a command, but not as values of its own flags', () =>
  withMaster(undefined, async (master) => {
    await runProgram(['query-status', '-master-addr', master.address, 't', '--rpc-timeout=3s']);
    await runProgram(['sql-skip', '-s', '-V', '-w', 'a', 't', '-master-addr', master.address]);
    await runProgram(['-master-addr', master.address, 'stop-task', '--', '-V']);
    assert.deepEqual(requests(master), [
      ['QueryStatus', { name: 't' }],
      ['HandleSQLs', { op: 'SKIP', name: 't', worker: 'a', sqlPattern: '-V' }],
      ['OperateTask', { op: 'Stop', name: '-V' }],
    ]);
    assert.match(master.calls[0]?.timeout ?? '', /^(3000|29\d\d)m$/);
  }));

test('a configuration file that is not TOML is reported with line and column', async () => {
  const { stdout } = await runProgram(['-config', 'c.toml'], { files: { 'c.toml': 'rpc-timeout = "7s"\nmaster-addr = \n' } });
  assert.match(stdout, /^parse cmd flags err: config file c.toml: line 2, column \d+: /);
  const number = await runProgram(['-config', 'c.toml'], { files: { 'c.toml': 'rpc-timeout = 10\n' } });
  assert.match(number.stdout, /rpc-timeout must be a string, such as rpc-timeout = "10s"$/);
});

test('an encrypted password can be decrypted, from the command line and from a pipe', async () => {
  for (const plain of ['123456', '密码🔑', ' a b ', '-x']) {
    const { stdout, stderr } = await runProgram(['-encrypt', plain]);
    assert.match(stdout, /^[A-Za-z0-9+/]+=*\n$/);
    assert.equal(stderr, '');
    assert.equal((await runProgram([`--decrypt=${stdout.trim()}`])).stdout, `${plain}\n`);
    const piped = await runProgram(['-encrypt', '-'], { stdin: `${plain}\r\n` });
    assert.equal((await runProgram(['-decrypt', '-'], { stdin: piped.stdout })).stdout, `${plain}\n`);
  }
  assert.equal((await runProgram(['-decrypt', 'Up8156jArvIPymkVC+5LxkAT6rek'])).stdout, '1234\n', "the sample password of DM's own files");
  const seen = await runProgram(['-encrypt', 'x'], { tty: ['stderr'] });
  assert.match(seen.stderr, /other users of this machine can see a password on the command line/);
});

test('an invalid ciphertext is rejected and not repeated in the message', async () => {
  for (const text of ['***', 'AQEBAQ==', 'AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==']) {
    const { stdout, stderr, status } = await runProgram(['-decrypt', text]);
    assert.equal(stdout, '');
    assert.match(stderr, /^\[code=110(50|47|48):/);
    assert.ok(!stderr.includes(text));
    assert.equal(status, 2);
  }
});

test('-V prints the version block, and help prints the commands', async () => {
  const version = await runProgram(['--V']);
  assert.match(version.stdout, /^Release Version: .*\nGit Commit Hash: .*\nGit Branch: .*\nUTC Build Time: .*\nNode Version: v\d+.*\n\n$/);
  const help = await runProgram(['help']);
  assert.match(help.stdout, /^DM control\n\nUsage:\n {2}dmctl \[command\]\n\nAvailable Commands:\n {2}break-ddl-lock {7}force/);
  assert.equal(help.status, 0);
  const flags = await runProgram(['-help']);
  assert.match(flags.stderr, /^Usage of dmctl:\n {2}-V\tprints version and exit\n {2}-config string\n {4}\tpath to config file\n/);
  assert.equal(flags.status, 0);
});
