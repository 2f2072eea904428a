// `use` and `config use`: a profile is used as a whole or not at all, and nothing of one cluster reaches another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema as schemaV1 } from '../../src/wire/generated/v1.ts';
import { schema as schemaV2 } from '../../src/wire/generated/v2.ts';
import { answerIn, requests, requestsIn, runProgram, type Self, withMaster } from '../harness/run.ts';

const FILE = '/home/me/.config/dmctl/config.toml';
const HOME = { HOME: '/home/me' };
const LATER: Self = { leader: () => ({ message: Buffer.from('0801', 'hex') }) };
type Master = Parameters<Parameters<typeof withMaster>[1]>[0];

/** A master of DM 1.0 and one of a later release. */
function withTwo(use: (first: Master, later: Master) => Promise<void>): Promise<void> {
  const replies = (of: typeof schemaV1 | typeof schemaV2) => (method: string) =>
    answerIn(of, method, method === 'OperateTask' || method === 'QueryStatus' ? { result: true } : {});
  return withMaster(replies(schemaV1), (first) => withMaster(replies(schemaV2), (later) => use(first, later), LATER));
}

const fileFor = (first: { readonly address: string }, later: { readonly address: string }): string =>
  `# mine\n[profiles.staging]\nmaster-addr = "${first.address}"\n[profiles.prod]\nmaster-addr = "${later.address}"\nread-only = true\nrpc-timeout = "7s"\n`;

test('use switches address, generation and all settings, and announces read-only', () =>
  withTwo(async (first, later) => {
    const { stdout, stderr, status } = await runProgram(['-profile', 'staging', '-o', 'json'], {
      env: HOME,
      files: { [FILE]: fileFor(first, later) },
      stdin:
        'pause-task a\nset timeout 9s\nuse prod\nresume-task b\nquery-status b\nconfig show --query \'$[?@.from!="default"]\'\nuse staging\npause-task c\n',
    });
    assert.equal(status, 0);
    assert.equal(
      stderr,
      'prod is read-only: commands that change the cluster are rejected\n' +
        'resume-task changes the cluster, but read-only is on. Nothing was sent. Turn off read-only to allow it\n' +
        'staging is not read-only\n',
    );
    assert.match(stdout, new RegExp(`"profile": "prod",\\s+"address": "${later.address}",\\s+"generation": "DM 2.0 or later"`));
    const rows = [...stdout.matchAll(/"name": "(.*)",\s+"value": "(.*)",\s+"from": "(.*)"/g)].map((m) => m.slice(1));
    assert.deepEqual(rows, [
      ['profile', 'prod', 'use'],
      ['master-addr', later.address, 'profile prod'],
      ['rpc-timeout', '7s', 'profile prod'],
      ['read-only', 'true', 'profile prod'],
      ['output', 'json', 'flag'],
    ]);
    assert.deepEqual(requests(first), [
      ['OperateTask', { op: 'Pause', name: 'a' }],
      ['OperateTask', { op: 'Pause', name: 'c' }],
    ]);
    assert.deepEqual(
      requestsIn(schemaV2, later).map(([method]) => method),
      ['QueryStatus'],
    );
  }));

test('flags about the cluster of the start do not affect the next profile', () =>
  withTwo(async (first, later) => {
    const files = { [FILE]: fileFor(first, later), 'ca.pem': '-----BEGIN CERTIFICATE-----\n' };
    const flags = [
      '-master-addr',
      'localhost:1',
      '-ssl-ca',
      'ca.pem',
      '-protocol',
      'v1',
      '-read-only=false',
      '-rpc-timeout',
      '8s',
      '-o',
      'json',
    ];
    const { stdout, stderr, status } = await runProgram(flags, {
      env: { ...HOME, DM_MASTER_ADDR: 'localhost:2' },
      files,
      stdin: 'use prod\npause-task a\nstatus\nconfig show --query \'$[?@.from=="flag"].name\'\n',
    });
    assert.equal(status, 0);
    assert.match(stderr, /^prod is read-only: .*\npause-task changes the cluster, but read-only is on\./);
    assert.match(stdout, /"TLS": "off"/);
    assert.match(stdout, /"generation": "DM 2\.0 or later"/);
    assert.deepEqual(JSON.parse(stdout.slice(stdout.lastIndexOf('['))), ['rpc-timeout', 'output']);
  }));

const BROKEN: readonly [name: string, profile: string, said: RegExp][] = [
  [
    'stagin',
    '',
    /^there is no profile "stagin"\. Nothing was sent, and staging is still in use\. Did you mean "staging"\? .*has these profiles: staging, prod, x\./,
  ],
  [
    'x',
    'rpc-timeout = "5"\nmaster-addr = "a:1"',
    /profiles\.x\.rpc-timeout: .*missing unit.* Nothing was sent, and staging is still in use\./,
  ],
  ['x', 'master-addr = "no address"', /specify master addr no address: .* staging is still in use\./],
  [
    'x',
    'read-only = true',
    /the profile "x" has no master-addr\. Nothing was sent, and staging is still in use\. Write master-addr into \[profiles\.x\]/,
  ],
  ['x', 'master-addr = "a:1"\nssl-ca = "gone.pem"', /cannot read ssl-ca gone\.pem: .*\. Nothing was sent\. Staging is still in use/i],
  ['x', 'master-addr = "a:1"\nssl-cert = "c.pem"', /-ssl-cert needs -ssl-key\. Nothing was sent\. Staging is still in use/i],
  ['"staging', '', /quote/],
  ['""', '', /the name of the profile is empty\. Nothing was sent, and staging is still in use/],
];

for (const [name, profile, said] of BROKEN) {
  test(`use ${name} with ${JSON.stringify(profile)} changes nothing, and the lines after it are not run`, () =>
    withTwo(async (first, later) => {
      const { stdout, stderr, status } = await runProgram(['-profile', 'staging'], {
        env: HOME,
        files: { [FILE]: `${fileFor(first, later)}[profiles.x]\n${profile}\n` },
        stdin: `pause-task a\nuse ${name}\npause-task b\n`,
      });
      assert.match(stderr, said);
      assert.match(stderr, /\nuse failed, so the lines after line 2 were not run\n$/);
      assert.equal(status, 2);
      assert.doesNotMatch(stdout, /dmctl exit/);
      assert.deepEqual(requests(first), [['OperateTask', { op: 'Pause', name: 'a' }]]);
      assert.equal(later.calls.length, 0);
    }));
}

test('a file that cannot be read is reported, and the address stays', () =>
  withMaster(undefined, async (master) => {
    const use = async (stdin: string): Promise<string> => {
      const { stderr, status } = await runProgram(['-master-addr', master.address], { env: HOME, files: { [FILE]: 'x =\n' }, stdin });
      assert.equal(status, 2);
      return stderr;
    };
    assert.match(
      await use('use\n'),
      /config file .*: line 1, column .*\. Nothing was sent\. Fix the file, or use another one with -config FILE\n/,
    );
    const state = new RegExp(
      `cannot look up the profile "prod": config file .* Nothing was sent, and ${master.address} is still in use\\.`,
    );
    assert.match(await use('use prod\n'), state);
  }));

test('use without a name lists the profiles and marks the one in use, which connect ends', () =>
  withTwo(async (first, later) => {
    const { stdout } = await runProgram(['-profile', 'prod', '-o', 'table'], {
      env: HOME,
      files: { [FILE]: `profile = "staging"\n${fileFor(first, later)}` },
      stdin: `use\nconnect ${first.address}\nuse -o jsonl\n`,
    });
    assert.match(
      stdout,
      new RegExp(
        `PROFILE  ADDRESS +READ-ONLY  IN USE  DEFAULT\nprod     ${later.address} +yes        yes     -\nstaging  ${first.address} +-          -       yes\n`,
      ),
    );
    const after = stdout
      .trim()
      .split('\n')
      .slice(-2)
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      after.map(({ name, readOnly, inUse, default: byDefault }) => [name, readOnly, inUse, byDefault]),
      [
        ['prod', true, false, false],
        ['staging', false, false, true],
      ],
    );
  }));

test('a master that does not answer is accepted, but lines after it are not run', () =>
  withMaster(undefined, async (master) => {
    const files = { [FILE]: `[profiles.a]\nmaster-addr = "${master.address}"\n[profiles.b]\nmaster-addr = "127.0.0.1:1"\n` };
    const { stderr, status } = await runProgram(['-profile', 'a'], { env: HOME, files, stdin: 'use b\nquery-status\n' });
    assert.match(stderr, /127\.0\.0\.1:1/);
    assert.match(stderr, /use failed, so the lines after line 1 were not run\n$/);
    assert.equal(status, 1);
    assert.equal(master.calls.length, 0);
  }));

test('a name cannot control the terminal', () =>
  withMaster(undefined, async (master) => {
    const files = { [FILE]: `["profiles"."a\\u001b[2J"]\nmaster-addr = "${master.address}"\nread-only = true\n` };
    const list = await runProgram(['config', 'use'], { env: HOME, files });
    assert.match(list.stdout, /\na\\u001b\[2J /);
    const { stderr } = await runProgram(['-profile', 'a\u001b[2J'], { env: HOME, files, stdin: 'use b\n' });
    assert.match(stderr, /has these profiles: a\\u001b\[2J\./);
  }));

test('config use writes the default profile and nothing else, without a master', async () => {
  const before = '# mine\noutput = "json"\n\n[profiles.staging]\nmaster-addr = "a:1" # here\n';
  const written: [string, string][] = [];
  const world = { env: HOME, files: { [FILE]: before }, onReplace: (path: string, text: string) => written.push([path, text]) };
  const { stdout, stderr, status } = await runProgram(['config', 'use', 'staging'], world);
  assert.deepEqual([stdout, stderr, status], [`${FILE}: profile = "staging"\n`, '', 0]);
  assert.deepEqual(written, [[FILE, before.replace('\n\n', '\nprofile = "staging"\n\n')]]);
  const again = { ...world, files: { [FILE]: written[0]?.[1] as string } };
  assert.equal((await runProgram(['config', 'use', 'staging'], again)).stdout, `${FILE} has profile = "staging" already\n`);
  assert.equal(written.length, 1);
  for (const none of ['--none', '']) {
    assert.equal((await runProgram(['config', 'use', none], again)).stdout, `${FILE}: no default profile\n`);
    assert.equal(written.pop()?.[1], before.replace('\n\n', '\nprofile = ""\n\n'));
  }
  assert.equal((await runProgram(['config', 'use', '--none'], world)).stdout, `${FILE} has no default profile already\n`);
});

test('config use can replace a default profile that does not exist', async () => {
  const written: string[] = [];
  const world = { files: { 'c.toml': 'profile = "gone"\n[profiles.a]\n' }, onReplace: (_: string, text: string) => written.push(text) };
  const { stderr, status } = await runProgram(['-config', 'c.toml', 'config', 'use', 'a'], world);
  assert.deepEqual([stderr, status, written], ['', 0, ['profile = "a"\n[profiles.a]\n']]);
});

test('config use rejects an unknown profile and writes nothing', async () => {
  const written: string[] = [];
  const onReplace = (path: string): void => void written.push(path);
  const unknown = await runProgram(['config', 'use', 'stagin'], { env: HOME, files: { [FILE]: '[profiles.staging]\n' }, onReplace });
  assert.match(
    unknown.stderr,
    /^there is no profile "stagin"\. The file is unchanged\. Did you mean "staging"\? .*has these profiles: staging\./,
  );
  const none = await runProgram(['config', 'use', 'a'], { env: HOME, onReplace });
  assert.match(none.stderr, /^there is no profile "a"\. The file is unchanged\. There is no configuration file\./);
  const both = await runProgram(['config', 'use', 'a', '--none'], { env: HOME, files: { [FILE]: '[profiles.a]\n' }, onReplace });
  assert.match(both.stderr, /^--none chooses no profile\. The file is unchanged\. Leave out the name or --none\n/);
  const latin = await runProgram(['config', 'use', 'a'], {
    env: HOME,
    files: { [FILE]: Buffer.from('[profiles.a]\n# \xe4\n', 'latin1') },
    onReplace,
  });
  assert.match(latin.stderr, /is not UTF-8\. The file is unchanged\. Save it as UTF-8/);
  assert.deepEqual([unknown.status, none.status, both.status, latin.status, written], [2, 2, 2, 2, []]);
});

test('config use in lines writes the file, and the session stays where it is', () =>
  withTwo(async (first, later) => {
    for (const profile of ['staging', 'prod']) {
      const { stdout, stderr, status } = await runProgram(['-profile', profile], {
        env: { ...HOME, DM_MASTER_ADDR: 'a:1' },
        files: { [FILE]: fileFor(first, later) },
        stdin: 'config use prod\nstatus\n',
      });
      assert.equal(status, 0);
      assert.match(
        stdout,
        new RegExp(`${FILE}: profile = "prod"\naddress +${(profile === 'prod' ? later : first).address}\nprofile +${profile}\n`),
      );
      const hint = profile === 'prod' ? '' : 'hint: this session is unchanged. To use the profile now, use prod\n';
      assert.equal(stderr, `warning: DM_MASTER_ADDR is set and comes before the default profile\n${hint}`);
    }
  }));

test('without profiles the list is empty, and a message says what a profile is', async () => {
  const none = await runProgram(['config', 'use'], { env: HOME });
  assert.deepEqual([none.stdout, none.status], ['', 0]);
  assert.equal(none.stderr, 'there is no configuration file. A profile is a table [profiles.NAME]\n');
  const empty = await runProgram(['-o', 'json', 'config', 'use'], { env: HOME, files: { [FILE]: '' } });
  assert.deepEqual([empty.stdout, empty.status], ['[]\n', 0]);
  assert.equal(empty.stderr, `the configuration file ${FILE} has no profiles. A profile is a table [profiles.NAME]\n`);
});

test('on a command line, use says what to use instead', async () => {
  const { stderr, status } = await runProgram(['use', 'prod'], { env: HOME });
  assert.match(
    stderr,
    /^Error: use is only available at the prompt\nFor one command, use -profile NAME\. To set the default profile, use dmctl config use NAME\.\n$/,
  );
  assert.equal(status, 2);
});

test('a profile is not in use if a flag replaces its certificates', async () => {
  const pem = '-----BEGIN CERTIFICATE-----\n';
  const files = { [FILE]: '[profiles.a]\nmaster-addr = "127.0.0.1:1"\nssl-ca = "a.pem"\n', 'a.pem': pem, 'b.pem': pem };
  for (const [flags, inUse] of [
    [[], true],
    [['-ssl-ca', 'a.pem'], true],
    [['-ssl-ca', 'b.pem'], false],
  ] as const) {
    const { stdout } = await runProgram(['-profile', 'a', '-o', 'jsonl', ...flags], { env: HOME, files, stdin: 'use\n' });
    assert.equal(JSON.parse(stdout).inUse, inUse, flags.join(' '));
  }
});
