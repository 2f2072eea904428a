// Settings: which source applies, profiles, and the output of `config show`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requests, runProgram, type World, withMaster } from '../harness/run.ts';

const FILE = '/home/me/.config/dmctl/config.toml';
const HOME = { HOME: '/home/me' };

/** The rows of `config show`: setting, value, from. */
async function shown(argv: readonly string[], world: World): Promise<Map<string, string>> {
  const { stdout, status, stderr } = await runProgram([...argv, '-output', 'json', 'config', 'show'], world);
  assert.equal(status, 0, stderr);
  const rows = JSON.parse(stdout) as { name: string; value: string; from: string }[];
  return new Map(rows.map((r) => [r.name, `${r.value} (${r.from})`]));
}

test('config show reports the source of each value', async () => {
  const files = {
    [FILE]: 'master-addr = "a:1"\nrpc-timeout = "1m"\n[profiles.prod]\nmaster-addr = "b:1"\nread-only = true\n',
  };
  const plain = await shown([], { env: HOME, files });
  assert.equal(plain.get('master-addr'), `a:1 (file ${FILE})`);
  assert.equal(plain.get('rpc-timeout'), `1m (file ${FILE})`);
  assert.equal(plain.get('read-only'), 'false (default)');
  assert.equal(plain.get('profile'), ' (default)');
  const inEnv = await shown([], { env: { ...HOME, DMCTL_PROFILE: 'prod', DM_MASTER_ADDR: 'c:1' }, files });
  assert.equal(inEnv.get('master-addr'), 'c:1 (environment DM_MASTER_ADDR)');
  assert.equal(inEnv.get('read-only'), 'true (profile prod)');
  assert.equal(inEnv.get('profile'), 'prod (environment DMCTL_PROFILE)');
  const byFlag = await shown(['-profile', 'prod', '-rpc-timeout', '3s'], { env: { ...HOME, DM_MASTER_ADDR: 'c:1' }, files });
  assert.equal(byFlag.get('master-addr'), 'b:1 (profile prod)', 'a profile that was typed comes before the environment');
  assert.equal(byFlag.get('rpc-timeout'), '3s (flag)');
});

test('the file of -config replaces the own file of the user', async () => {
  const files = { [FILE]: 'master-addr = "a:1"\n', 'other.toml': 'profile = "x"\n[profiles.x]\npager = "less -S"\n' };
  const rows = await shown(['-config', 'other.toml'], { env: HOME, files });
  assert.equal(rows.get('master-addr'), ' (default)');
  assert.equal(rows.get('pager'), 'less -S (profile x)');
  assert.equal(rows.get('profile'), 'x (file other.toml)');
});

test('config show is a table if no format was chosen', async () => {
  const { stdout } = await runProgram(['config', 'show'], { env: { DM_MASTER_ADDR: 'h:1' } });
  assert.match(stdout, /^SETTING +VALUE +FROM\n/);
  assert.match(stdout, /\nmaster-addr +h:1 +environment DM_MASTER_ADDR\n/);
});

const REFUSED: readonly [file: string, argv: string[], said: RegExp][] = [
  [
    '',
    ['-profile', 'nosuch'],
    /there is no profile "nosuch"\nThe configuration file .*config\.toml has no profiles\. A profile is a table \[profiles\.NAME\]\.\n/s,
  ],
  [
    '[profiles.a]\n[profiles.b]\n',
    ['-profile', 'c'],
    /config\.toml has these profiles: a, b\. A profile is a table \[profiles\.NAME\]\.\n/,
  ],
  ['profiles = 1\n', [], /profiles must be tables, such as \[profiles.prod\]/],
  ['[profiles]\nprod = 1\n', [], /profiles.prod must be a table/],
  ['profile = 1\n', [], /profile must be a string/],
  ['[profiles.prod]\nread-only = "yes"\n', [], /profiles.prod.read-only must be true or false/],
  ['[profiles.prod]\noutput = "xml"\n', ['-profile', 'prod'], /profiles.prod.output: invalid output format "xml": use auto, json,/],
  ['color = "red"\n', [], /config.toml: color: invalid color mode "red"/],
  ['timeout = 5\n', [], /timeout must be a string, such as timeout = "5s"/],
];

for (const [file, argv, said] of REFUSED) {
  test(`a configuration file of ${JSON.stringify(file)} with ${JSON.stringify(argv)} is rejected`, async () => {
    const { stdout, stderr, status } = await runProgram([...argv, '-master-addr', 'h:1', 'query-status'], {
      env: HOME,
      files: { [FILE]: file },
    });
    assert.match(stderr, said);
    assert.deepEqual([stdout, status], ['', 2]);
  });
}

test('a profile can be read-only', () =>
  withMaster(undefined, async (master) => {
    const files = { [FILE]: `[profiles.prod]\nmaster-addr = "${master.address}"\nread-only = true\n` };
    const { stderr, status } = await runProgram(['-profile', 'prod', 'stop-task', 't'], { env: HOME, files });
    assert.match(stderr, /stop-task changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it/);
    assert.equal(status, 2);
    await runProgram(['-profile', 'prod', 'query-status', 't'], { env: HOME, files });
    assert.deepEqual(requests(master), [['QueryStatus', { name: 't' }]]);
  }));

test('an output format in the file applies to terminals only, so a pipe gets the bytes of the original', () =>
  withMaster(undefined, async (master) => {
    const files = { [FILE]: `master-addr = "${master.address}"\noutput = "table"\n` };
    const piped = await runProgram(['query-status'], { env: HOME, files });
    assert.match(piped.stdout, /^\{\n {4}"result": false,/);
    const seen = await runProgram(['query-status'], { env: HOME, files, tty: ['stdout', 'stderr'] });
    assert.doesNotMatch(seen.stdout, /"result"/);
  }));

const systemError = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'open' });
const UNREADABLE: readonly [name: string, content: string | Buffer | Error, why: string][] = [
  ['that may not be read', systemError('EACCES'), `open ${FILE}: permission denied`],
  ['that is a directory', Object.assign(systemError('EISDIR'), { syscall: 'read' }), `read ${FILE}: is a directory`],
  ['that is a loop of links', systemError('ELOOP'), `open ${FILE}: too many levels of symbolic links`],
  ['that is no TOML', 'read-only = true\nmaster-addr = \n', `config file ${FILE}: line 2, column `],
  ['with a byte order mark', '\ufeffread-only = true\n', 'Near line 0 '],
];

for (const [name, content, why] of UNREADABLE) {
  test(`an own file ${name} may set read-only: reads work, changes are rejected until the user decides`, () =>
    withMaster(undefined, async (master) => {
      const world = { env: HOME, files: { [FILE]: content, 'c.toml': '' } };
      const at = ['-master-addr', master.address];
      const read = await runProgram([...at, 'query-status'], world);
      assert.ok(read.stderr.startsWith(`warning: ${why}`), read.stderr);
      assert.match(read.stderr, /\. The settings of this file are ignored, and commands that change the cluster are rejected\n$/);
      assert.match(read.stdout, /"result": false/);
      for (const argv of [
        ['stop-task', 't'],
        ['pause-task', 'a', 'b'],
      ]) {
        const { stderr, status } = await runProgram([...at, ...argv], world);
        assert.ok(stderr.includes(`-task changes the cluster, but a file that cannot be read may set read-only: ${why}`), stderr);
        assert.match(stderr, /\. Nothing was sent\. Fix the file, or use -config FILE, -read-only or -read-only=false\n$/);
        assert.equal(status, 2);
      }
      const lines = await runProgram(at, { ...world, stdin: 'stop-task t\nset read-only off\nstop-task t\n' });
      assert.match(lines.stderr, /read-only is set by file .*, which cannot be read, and there is no terminal/);
      assert.deepEqual(requests(master), [['QueryStatus', {}]]);
      await runProgram([...at, '-read-only=false', 'stop-task', 't'], world);
      await runProgram([...at, '-config', 'c.toml', 'stop-task', 't'], world);
      assert.equal(master.calls.length, 3);
      assert.equal((await shown([], world)).get('read-only'), `true (file ${FILE}, which cannot be read)`);
      const profile = await runProgram([...at, '-profile', 'prod', 'query-status'], world);
      assert.match(profile.stderr, /cannot look up the profile "prod": .*\nFix the file, or use another one with -config FILE\.\n$/);
      assert.equal(profile.status, 2);
    }));
}

test('a missing own file causes no message', () =>
  withMaster(undefined, async (master) => {
    const worlds: World['files'][] = [{}, { [FILE]: systemError('ENOTDIR') }];
    for (const files of worlds) {
      const { stderr } = await runProgram(['-master-addr', master.address, 'stop-task', 't'], { env: HOME, ...(files && { files }) });
      assert.equal(stderr, '');
    }
    assert.equal(master.calls.length, 2);
  }));

test('piped lines cannot turn off read-only if it was on at the start, only if set turned it on', () =>
  withMaster(undefined, async (master) => {
    const files = { [FILE]: `[profiles.prod]\nmaster-addr = "${master.address}"\nread-only = true\n` };
    const stdin = 'set read-only on\nset read-only off\nstop-task t\n';
    const prod = await runProgram(['-profile', 'prod'], { env: HOME, files, stdin });
    assert.match(
      prod.stderr,
      /^read-only is set by profile prod, and there is no terminal to confirm the change\. To switch it off, start dmctl with -read-only=false\nstop-task changes/,
    );
    assert.deepEqual(master.calls, []);
    await runProgram(['-master-addr', master.address], { stdin: `${stdin}set read-only on\nstop-task u\n` });
    assert.deepEqual(requests(master), [['OperateTask', { op: 'Stop', name: 't' }]]);
  }));
