// The built program as a process: pipes, signals, proxies, an incompatible compiled-code cache.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { test as posixTest } from '../harness/posix.ts';
import { dmctl, PROGRAM } from '../harness/program.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';

/** About 2 MB of JSON. */
const large = (): Reply =>
  answer('QueryStatus', {
    result: true,
    workers: Array.from({ length: 4000 }, (_, i) => ({ result: true, worker: `w${i}`, msg: 'x'.repeat(300) })),
  });

function start(args: readonly string[]): ReturnType<typeof spawn> {
  const [command, ...before] = PROGRAM as [string, ...string[]];
  return spawn(command, [...before, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
}

const ended = (child: ReturnType<typeof spawn>): Promise<number | null> =>
  new Promise((resolve) => child.on('close', (code) => resolve(code)));

test('a slow reader gets every byte', () =>
  withMaster(large, async (master) => {
    const child = start(['-master-addr', master.address, 'query-status']);
    let text = '';
    child.stdout?.on('data', (d) => {
      text += d;
      child.stdout?.pause();
      setImmediate(() => child.stdout?.resume());
    });
    assert.equal(await ended(child), 0);
    assert.equal(JSON.parse(text).workers.length, 4000);
  }));

test('a reader that leaves early ends the run quietly', () =>
  withMaster(large, async (master) => {
    const child = start(['-master-addr', master.address, 'query-status']);
    let errors = '';
    child.stderr?.on('data', (d) => {
      errors += d;
    });
    child.stdout?.once('data', () => child.stdout?.destroy());
    await ended(child);
    assert.equal(errors, '');
  }));

test('arguments that are not UTF-8 are rejected if the system shows their bytes', { skip: process.platform !== 'linux' }, () =>
  withMaster(
    () => answer('OperateTask', { result: true }),
    async (master) => {
      // Node cannot start a program with such arguments, but a shell can.
      const run = (name: string): { status: number | null; stderr: string } => {
        const line = `exec "$@" pause-task "$(printf '${name}')"`;
        const { status, stderr } = spawnSync('sh', ['-c', line, 'sh', ...PROGRAM, '-master-addr', master.address], { encoding: 'utf8' });
        return { status, stderr };
      };
      const bad = run('caf\\351');
      assert.match(
        bad.stderr,
        /^argument 4 has the byte 0xE9, which is not UTF-8, at column 4\. Nothing was sent\. .*in a file or as a piped line\n$/,
      );
      assert.equal(bad.status, 2);
      assert.deepEqual(master.calls, []);
    },
  ),
);

test('a real U+FFFD is sent', { skip: process.platform !== 'linux' }, () =>
  withMaster(
    () => answer('OperateTask', { result: true }),
    async (master) => {
      assert.equal((await dmctl(['-master-addr', master.address, 'pause-task', 'a\ufffdb'])).status, 0);
      assert.equal(requests(master)[0]?.[1].name, 'a\ufffdb');
    },
  ),
);

test('proxies from the environment are not used', () =>
  withMaster(
    () => answer('QueryStatus', { result: true }),
    async (master) => {
      const dead = 'http://127.0.0.1:1';
      const env = { http_proxy: dead, https_proxy: dead, grpc_proxy: dead, HTTP_PROXY: dead, ALL_PROXY: dead };
      const { stdout, status } = await dmctl(['-master-addr', master.address, 'query-status'], { env });
      assert.match(stdout, /"result": true/);
      assert.equal(status, 0);
    },
  ));

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  posixTest(`${signal} in the middle of a call exits with ${status} and erases the spinner`, () => {
    let child: ReturnType<typeof spawn> | undefined;
    const hang = (): Reply => {
      child?.kill(signal);
      return { odd: 'hang' };
    };
    return withMaster(hang, async (master) => {
      child = start(['-master-addr', master.address, 'stop-task', 't']);
      let errors = '';
      child.stderr?.on('data', (d) => {
        errors += d;
      });
      assert.equal(await ended(child), status);
      assert.doesNotMatch(errors, /\n {4}at |node:internal/);
    });
  });
}

posixTest('a script with set -e ends at the failing command', () =>
  withMaster(
    (method) => answer(method as 'QueryStatus', { result: method === 'QueryStatus' }),
    async (master) => {
      const run = (line: string): string => `${PROGRAM.join(' ')} -master-addr ${master.address} ${line} >/dev/null`;
      const script = ['set -e', run('query-status'), 'echo one', run('stop-task t'), 'echo two'].join('\n');
      const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
      let out = '';
      child.stdout.on('data', (d) => {
        out += d;
      });
      assert.equal(await ended(child), 1);
      assert.equal(out, 'one\n');
    },
  ),
);

test('an incompatible compiled-code cache is ignored', { skip: process.env.DMCTL ? 'an executable has none' : false }, async () => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-cache-'));
  fs.cpSync('dist', path.join(copy, 'dist'), { recursive: true });
  fs.cpSync('bin', path.join(copy, 'bin'), { recursive: true });
  const version = (): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [path.join(copy, 'bin/dmctl.js'), '-V']);
      let text = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (d) => {
          text += d;
        });
      }
      child.on('close', () => resolve(text));
    });
  const fine = await version(); // a Node that did not build the program writes its cache now
  const own = fs.readdirSync(path.join(copy, 'dist/cache')).find((f) => f.startsWith(`${process.version}-${process.arch}-`));
  const cache = path.join(copy, 'dist/cache', own ?? 'none');
  assert.match(fine, /^Release Version: v/);
  for (const bytes of [Buffer.from('no cache at all'), Buffer.alloc(0)]) {
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(path.join(cache, 'main.bin'), bytes);
    assert.equal(await version(), fine);
    assert.ok(fs.statSync(path.join(cache, 'main.bin')).size > 1000, 'it was made anew');
  }
  fs.rmSync(cache, { recursive: true });
  fs.writeFileSync(cache, 'a file where the folder should be');
  assert.equal(await version(), fine);
  fs.rmSync(copy, { recursive: true });
});
