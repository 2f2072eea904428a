// `doctor` as a user sees it: against sandboxes of both generations with a clock that only the test moves, and against masters
// that cannot be used.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import tls from 'node:tls';
import { SAMPLE_TASK as V1_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox as startV1 } from '../../src/sandbox/v1/server.ts';
import { SAMPLE_TASK as V2_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { type SandboxOptions, startSandbox as startV2 } from '../../src/sandbox/v2/server.ts';
import { between, type Result, runProgram, type World, withMaster } from '../harness/run.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-doctor-'));
after(() => fs.rmSync(folder, { recursive: true }));

interface Bench {
  readonly address: string;
  run(line: string, world?: World): Promise<Result>;
  /** Starts a task from a text, and lets it reach Sync and its demonstration. */
  start(text: string, seconds?: number): Promise<void>;
}

type Start = (options: { listen: string; clock: () => number; trafficMs: number }) => Promise<{ address: string; close(): Promise<void> }>;

async function withSandbox(start: Start, use: (bench: Bench) => Promise<void>): Promise<void> {
  let now = 0;
  const sandbox = await start({ listen: '127.0.0.1:0', clock: () => now, trafficMs: 0 });
  const { address } = sandbox;
  const run: Bench['run'] = (line, world) => runProgram(['-master-addr', address, ...line.split(' ')], world);
  try {
    await use({
      address,
      run,
      start: async (text, seconds = 0) => {
        const { status, stdout } = await run('start-task task.yaml', { files: { 'task.yaml': text } });
        assert.equal(status, 0, stdout);
        for (let passed = 0; passed < seconds; passed += 1) {
          now += 1000;
          await run('query-status');
        }
      },
    });
  } finally {
    await sandbox.close();
  }
}

const v1: Start = (options) => startV1(options);
const v2 =
  (more: SandboxOptions = {}): Start =>
  (options) =>
    startV2({ release: '8.5.0', ...options, ...more });

interface CheckJson {
  readonly check: string;
  readonly status: string;
  readonly text: string;
  readonly advice: string;
}

/** The checks by their names. */
async function checks(bench: Bench, line = 'doctor', world?: World): Promise<Record<string, CheckJson>> {
  const { stdout } = await bench.run(`-output json ${line}`, world);
  return Object.fromEntries((JSON.parse(stdout) as CheckJson[]).map((check) => [check.check, check]));
}

test('a cluster without problems: one line per check, and status 0', () =>
  withSandbox(v2({ masters: 3 }), async (bench) => {
    const { stdout, stderr, status } = await bench.run('doctor');
    assert.deepEqual([stderr, status], ['', 0]);
    assert.equal(
      stdout.replace(/within \d+ ms/, 'within 1 ms'),
      `Connection
✓ address       ${bench.address}
✓ host name     the address has no host name, so nothing must be resolved
✓ port          takes connections
✓ certificates  TLS is off, so no certificates are used
✓ TLS           off: what is sent can be read on the network
✓ proxy         no proxy is set

DM-master
✓ generation    DM 8.5.0, which answered within 1 ms
✓ release       v8.5.0 on 3 of 3 DM-masters
✓ leader        master1 leads, and 3 of 3 DM-masters are alive

Cluster
✓ workers       2 workers, none down
✓ relays        no relay is used
✓ sub tasks     no task runs
✓ paused tasks  none
✓ lag           no sub task is in Sync
✓ DDL locks     none
✓ validation    no task has a validation

all 16 checks passed
`,
    );
  }));

test('DM 1.0: what it does not report is skipped with the reason', () =>
  withSandbox(v1, async (bench) => {
    const { stdout, status } = await bench.run('doctor');
    assert.equal(status, 0);
    assert.match(stdout, /^✓ generation {4}DM 1\.0, which/m);
    assert.match(stdout, /^✓ release {7}v1\.0\.1$/m);
    assert.match(stdout, /^✓ leader {8}DM 1\.0 has one DM-master$/m);
    assert.match(stdout, /^✓ relays {8}2 relays, all run$/m);
    assert.match(stdout, /^- lag {11}skipped: this release of DM does not report seconds\. Use --max-lag 1MiB for a limit in the binlog$/m);
    assert.match(stdout, /^- validation {4}skipped: this release of DM does not report it$/m);
    assert.match(stdout, /^2 skipped, 14 of 16 checks passed$/m);
  }));

for (const [name, start, text, place] of [
  ['DM 1.0', v1, V1_TASK.replace('is-sharding: true', 'is-sharding: false'), '127.0.0.1:8262'],
  ['DM 8.5', v2(), V2_TASK.replace(/shard-mode: .*\n/, ''), 'mysql-replica-01'],
] as const) {
  test(`${name}: a broken sub task fails the check, with the error to explain`, () =>
    withSandbox(start, async (bench) => {
      const task = /^name: (.*)$/m.exec(text)?.[1] as string;
      await bench.start(text.replace(`name: ${task}`, 'name: demo-ddl-fails'), 40);
      const found = await checks(bench);
      const broken = found['sub tasks'];
      assert.equal(broken?.status, 'failed');
      assert.ok(broken?.text.startsWith(`1 broken of 2 sub tasks: demo-ddl-fails on ${place} (`), broken?.text);
      assert.match(broken?.advice ?? '', /^Use explain \d{5}\. query-status --problems shows all$/);
      assert.equal((await bench.run('doctor')).status, 1);
    }));

  test(`${name}: paused tasks are a warning, and warnings do not fail`, () =>
    withSandbox(start, async (bench) => {
      await bench.start(text, 25);
      const task = /^name: (\S+)/m.exec(text)?.[1] as string;
      assert.equal((await bench.run(`pause-task ${task}`)).status, 0);
      const { stdout, status } = await bench.run('doctor');
      assert.ok(
        stdout.includes(`! paused tasks  1 task paused: ${task}\n                → Use resume-task ${task}, if it must run\n`),
        stdout,
      );
      assert.equal(status, 0);
    }));

  test(`${name}: a sharding task that waits names the lock and what is missing`, () =>
    withSandbox(start, async (bench) => {
      await bench.start(name === 'DM 1.0' ? V1_TASK : V2_TASK, 40);
      const locks = (await checks(bench))['DDL locks'];
      assert.equal(locks?.status, 'warning');
      assert.match(locks?.text ?? '', /^1 DDL lock not resolved: \S+ waits for \S+$/);
      assert.equal(locks?.advice, name === 'DM 1.0' ? 'Use show-ddl-locks' : 'Use shard-ddl-lock');
    }));
}

test('a worker that does not answer fails the check', async () => {
  for (const start of [(options) => startV1({ ...options, down: ['127.0.0.1:8263'] }), v2({ down: ['127.0.0.1:8263'] })] as Start[]) {
    await withSandbox(start, async (bench) => {
      const { workers } = await checks(bench);
      assert.equal(workers?.status, 'failed');
      assert.match(workers?.text ?? '', /^(?:1 worker down: 127\.0\.0\.1:8263|no answer from the worker of mysql-replica-02)\. /);
    });
  }
});

test('a stopped relay is a warning', () =>
  withSandbox(v1, async (bench) => {
    assert.equal((await bench.run('pause-relay -w 127.0.0.1:8262')).status, 0);
    const { relays } = await checks(bench);
    assert.deepEqual([relays?.status, relays?.text], ['warning', '1 relay of 2 does not run: 127.0.0.1:8262 (Paused)']);
  }));

test('--max-lag takes seconds where the release reports them, and bytes everywhere', () =>
  withSandbox(v1, async (bench) => {
    await bench.start(V1_TASK, 25);
    assert.match((await bench.run('doctor --max-lag 1MiB')).stdout, /^✓ lag {11}no sub task is more than 1MiB behind$/m);
    assert.match((await bench.run('doctor --max-lag 30s')).stdout, /^- lag {11}skipped: this release of DM does not report seconds/m);
    const wrong = await bench.run('doctor --max-lag soon');
    assert.deepEqual([wrong.stdout, wrong.status], ['', 2]);
    assert.match(wrong.stderr, /^invalid --max-lag "soon"\. Nothing was sent\./);
  }));

test('masters of different releases are a warning', () =>
  withSandbox(v2({ release: '8.5.0' }), (first) =>
    withSandbox(v2({ release: '7.5.0' }), async (second) => {
      const { stdout } = await runProgram(['-master-addr', `${first.address},${second.address}`, 'doctor']);
      const text = `! release       the DM-masters have different releases: v8.5.0 on master1; v7.5.0 on ${second.address}\n`;
      assert.ok(stdout.includes(text), stdout);
    }),
  ));

test('without an address, doctor says so and skips the rest', async () => {
  const { stdout, stderr, status } = await runProgram(['doctor', '--config-dir', folder]);
  assert.deepEqual([stderr, status], ['', 1]);
  assert.match(stdout, /^✗ address {7}no address is configured\n {16}→ Use -master-addr host:port, set DM_MASTER_ADDR/m);
  assert.match(stdout, /^- generation {4}skipped: there is no address$/m);
  assert.match(stdout, /^- source files {2}skipped: there is no address\n\n1 check failed, 16 skipped, 1 of 18 checks passed\n$/m);
});

test('an address that is not one, a closed port and an unknown host name their causes', async () => {
  const closed = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.once('listening', resolve));
  const { port } = closed.address() as net.AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const env = { HTTPS_PROXY: 'http://user:secret@proxy:3128' };
  const down = await runProgram(['-master-addr', `127.0.0.1:${port}`, 'doctor'], { env });
  assert.match(down.stdout, new RegExp(`^✗ port {10}127\\.0\\.0\\.1:${port}: connection refused$`, 'm'));
  assert.match(down.stdout, /^! proxy {9}HTTPS_PROXY is set\. dmctl does not use a proxy and connects directly$/m);
  assert.ok(!down.stdout.includes('secret'));
  assert.match(down.stdout, /^- workers {7}skipped: no DM-master can be reached$/m);
  assert.equal(down.status, 1);
  const unknown = await runProgram(['-master-addr', 'no.such.host.invalid:8261', 'doctor']);
  assert.match(unknown.stdout, /^✗ host name {5}no\.such\.host\.invalid: /m);
  const wrong = await runProgram(['-master-addr', '127.0.0.1', 'doctor']);
  assert.match(wrong.stdout, /^✗ address {7}address 127\.0\.0\.1: missing port in address$/m);
});

test('a proxy is only a note if the master can be reached', () =>
  withSandbox(v2(), async (bench) => {
    const { proxy } = await checks(bench, 'doctor', { env: { http_proxy: 'http://proxy:3128' } });
    assert.deepEqual([proxy?.status, proxy?.advice], ['ok', '']);
  }));

test('a master that does not answer ends the checks that need it, and nothing that changes the cluster is sent', () =>
  withMaster(
    () => ({ odd: 'hang' }),
    async (master) => {
      const { stdout, status } = await runProgram(['-master-addr', master.address, '-rpc-timeout', '300ms', 'doctor']);
      assert.match(stdout, /^✗ leader {8}the DM-masters do not list themselves: /m);
      assert.match(stdout, /^✗ workers {7}query-status failed: .*DeadlineExceeded/m);
      assert.match(stdout, /^- DDL locks {5}skipped: the state of the cluster is unknown$/m);
      assert.equal(status, 1);
      assert.deepEqual([...new Set(master.calls.map((call) => call.method))].sort(), ['ListMember', 'QueryStatus', 'ShowDDLLocks']);
    },
    { leader: () => ({ message: Buffer.from('0801', 'hex') }) },
  ));

test('texts of the master cannot control the terminal', () =>
  withMaster(
    () => ({ status: { code: 2, text: 'no\u001b]0;x\u0007\nway' } }),
    async (master) => {
      const { stdout } = await runProgram(['-master-addr', master.address, 'doctor']);
      assert.match(stdout, /^✗ workers {7}query-status failed: .*no\\u001b\]0;x\\u0007 way$/m);
      assert.ok(!stdout.includes('\u001b') && !stdout.includes('\u0007'));
    },
  ));

test('it works in piped lines, and on a narrow terminal the texts keep their column', () =>
  withSandbox(v2(), async (bench) => {
    const piped = await runProgram(['-master-addr', bench.address], { stdin: 'doctor\n' });
    assert.match(between(piped.stdout), /^✓ workers {7}2 workers, none down$/m);
    const narrow = await bench.run('-color never doctor', { tty: ['stdout', 'stderr'], columns: 50 });
    assert.match(narrow.stdout, /^✓ host name {5}the address has no host name, so\n {16}nothing must be resolved$/m);
    const table = await bench.run('doctor -o table --filter status!=ok');
    assert.equal(table.status, 0);
  }));

test('--config-dir compares the files with what runs', async () => {
  const dir = path.join(folder, 'conf');
  fs.mkdirSync(dir);
  const write = (name: string, text: string): [string, string] => {
    fs.writeFileSync(path.join(dir, name), text);
    return [path.join(dir, name), text];
  };
  const demo = write('demo.yaml', V2_TASK);
  const source = (id: string): string => `source-id: ${id}\nfrom:\n  host: 127.0.0.1\n  port: 3306\n  user: root\n`;
  const sources = [write('s1.yaml', source('mysql-replica-01')), write('s2.yaml', source('mysql-replica-02'))];
  const files = Object.fromEntries([demo, ...sources]);
  const line = `doctor --config-dir ${dir}`;
  await withSandbox(v2(), async (bench) => {
    const idle = await checks(bench, line, { files });
    assert.deepEqual(idle['task files'], {
      check: 'task files',
      status: 'warning',
      text: `1 task file: 1 file has a task that does not run: ${demo[0]}`,
      advice: `Use start-task ${demo[0]}, if it must run`,
    });
    assert.deepEqual(idle['source files']?.text, '2 source files, each with a source of the cluster');
    await bench.start(V2_TASK);
    assert.equal((await checks(bench, line, { files }))['task files']?.text, '1 task file, each the same as its running task');
    const changed = { ...files, [demo[0]]: V2_TASK.replace('port: 4000', 'port: 4001') };
    const different = (await checks(bench, line, { files: changed }))['task files'];
    assert.equal(different?.text, `1 task file: 1 file differs from the running task: ${demo[0]}`);
    assert.equal(different?.advice, `Use diff ${demo[0]}`);
    const other = { ...files, [demo[0]]: V2_TASK.replace(/^name: .*$/m, 'name: other'), [sources[1]?.[0] as string]: source('mysql-x') };
    const found = await checks(bench, line, { files: other });
    assert.match(found['task files']?.text ?? '', /1 file has a task that does not run: .*; 1 task without a file: \S+$/);
    assert.match(found['source files']?.text ?? '', /1 file has a source that the cluster does not have: .*; 1 source without a file: /);
    const missing = await checks(bench, `doctor --config-dir ${folder}/nosuch`);
    assert.match(missing['task files']?.text ?? '', /^cannot read the folder: .*no such file or directory$/);
  });
});

/** A key and a certificate of two days for `localhost`; undefined without openssl. */
function certificate(): { key: Buffer; cert: Buffer } | undefined {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3', '-subj', '/CN=dm-master'],
    ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  return made.status === 0 ? { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } : undefined;
}

const own = certificate();

test('TLS: files, trust, names and dates of certificates', { skip: !own && 'no openssl' }, async () => {
  if (!own) return;
  const server = tls.createServer({ ...own, ALPNProtocols: ['h2'] }, (socket) => socket.on('error', () => {}).end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const files = { 'ca.pem': own.cert, 'key.pem': own.key, broken: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' };
  const doctor = async (address: string, ...flags: string[]): Promise<string> =>
    (await runProgram(['-master-addr', `${address}:${port}`, ...flags, 'doctor'], { files })).stdout;
  try {
    const good = await doctor('localhost', '-ssl-ca', 'ca.pem', '-ssl-cert', 'ca.pem', '-ssl-key', 'key.pem');
    assert.match(good, /^! certificates {2}ssl-ca is valid for 2 more days; ssl-cert is valid for 2 more days$/m);
    assert.match(good, new RegExp(`^! TLS {11}localhost:${port}: its certificate is valid for 2 more days$`, 'm'));
    const name = await doctor('127.0.0.1', '-ssl-ca', 'ca.pem');
    assert.match(name, new RegExp(`^✗ TLS {11}127\\.0\\.0\\.1:${port}: its certificate is for another host name$`, 'm'));
    assert.match(name, /^- generation {4}skipped: there is no trusted connection$/m);
    const allowed = await doctor('localhost', '-ssl-ca', 'ca.pem', '-cert-allowed-cn', 'other');
    assert.match(allowed, /the common name dm-master, which cert-allowed-cn does not allow$/m);
    assert.match(
      await doctor('https://localhost'),
      /^✗ TLS {11}localhost:\d+: its certificate is self-signed, and ssl-ca does not have it$/m,
    );
    assert.match(await doctor('localhost', '-ssl-ca', 'nosuch'), /^✗ certificates {2}cannot read ssl-ca nosuch: /m);
    assert.match(await doctor('localhost', '-ssl-ca', 'broken'), /^✗ certificates {2}ssl-ca has no certificate that can be read$/m);
    assert.match(await doctor('localhost', '-ssl-ca', 'ca.pem', '-ssl-key', 'key.pem'), /^✗ certificates {2}-ssl-key needs -ssl-cert$/m);
  } finally {
    server.close();
  }
});
