// The findings of lint before a command with a task file: on a terminal only, and the file is sent unchanged.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { SAMPLE_TASK as V1_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { SAMPLE_TASK as V2_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { answer, type Result, requests, runProgram, type World, withMaster } from '../harness/run.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-lint-before-'));
after(() => fs.rmSync(folder, { recursive: true }));

const ON_TERMINAL: World = { tty: ['stderr'], env: { NO_COLOR: '1' } };

/** Writes a file. Returns its path, and the world that has it. */
function file(name: string, text: string, world: World = ON_TERMINAL): { path: string; world: World } {
  const where = path.join(folder, name);
  fs.writeFileSync(where, text, { mode: 0o600 });
  return { path: where, world: { ...world, files: { [where]: text } } };
}

const ok = (method: string) => {
  if (method === 'StartTask') return answer('StartTask', { result: true });
  if (method === 'UpdateTask') return answer('UpdateTask', { result: true });
  return method === 'CheckTask' ? answer('CheckTask', { result: true }) : undefined;
};

const WRONG = V1_TASK.replace('port: 4000', 'port: "4000"');

for (const name of ['start-task', 'check-task', 'update-task']) {
  test(`${name} shows on a terminal what lint finds, and sends the file unchanged`, () =>
    withMaster(ok, async (master) => {
      const run = (world: World, more: readonly string[] = []): Promise<Result> =>
        runProgram(['-master-addr', master.address, ...more, name, path.join(folder, 'wrong.yaml')], world);
      const { world, path: where } = file('wrong.yaml', WRONG);
      const shown = await run(world);
      assert.ok(shown.stderr.startsWith(`${where}:`), shown.stderr);
      assert.match(shown.stderr, /error: port must be a whole number, not the text "4000" \[wrong-type, 20003\]\n/);
      assert.match(shown.stderr, /\nlint: 1 error\n/);
      assert.equal(shown.status, 0);
      const silent = [await run({ ...world, tty: [] }), await run({ ...world, tty: ['stdout'] }), await run(world, ['-quiet'])];
      assert.deepEqual(
        silent.map(({ stderr }) => stderr),
        ['', '', ''],
      );
      assert.equal(shown.stdout, silent[0]?.stdout);
      assert.deepEqual(
        requests(master).map(([, { task }]) => task),
        [WRONG, WRONG, WRONG, WRONG],
      );
    }));
}

test('a file without mistakes adds nothing', () =>
  withMaster(ok, async (master) => {
    const { path: where, world } = file('good.yaml', V1_TASK);
    const argv = ['-master-addr', master.address, 'check-task', where];
    assert.doesNotMatch((await runProgram(argv, world)).stderr, /^lint: |good\.yaml:/m);
  }));

test('after ten findings, a line says how to see all', () =>
  withMaster(ok, async (master) => {
    const many = `${V1_TASK}\n${Array.from({ length: 15 }, (_, i) => `wrong-key-${i}: 1`).join('\n')}\n`;
    const { path: where, world } = file('many.yaml', many);
    const { stderr } = await runProgram(['-master-addr', master.address, 'start-task', where], world);
    assert.equal(stderr.match(/\[unknown-key/g)?.length, 10);
    assert.ok(stderr.includes(`\nlint: 15 errors. dmctl lint ${where} shows all\n`), stderr);
  }));

test('the release of the master decides what is a mistake', async () => {
  for (const [release, isWrong] of [
    ['2.0.7', true],
    ['8.5.0', false],
  ] as const) {
    const sandbox = await startSandbox({ listen: '127.0.0.1:0', release });
    try {
      const { path: where, world } = file('release.yaml', V2_TASK.replace(/^name: /m, 'strict-optimistic-shard-mode: false\nname: '));
      const { stderr } = await runProgram(['-master-addr', sandbox.address, 'check-task', where], world);
      assert.equal(/strict-optimistic-shard-mode.*\[unknown-key/.test(stderr), isWrong, stderr);
    } finally {
      await sandbox.close();
    }
  }
});

test('standard input, a missing file and a master that cannot be reached are not checked', () =>
  withMaster(ok, async (master) => {
    const start = ['-master-addr', master.address, 'start-task'];
    const input = await runProgram([...start, '-'], { ...ON_TERMINAL, stdin: WRONG });
    assert.doesNotMatch(input.stderr, /^lint: /m);
    const missing = await runProgram([...start, path.join(folder, 'nosuch.yaml')], ON_TERMINAL);
    assert.doesNotMatch(missing.stderr, /^lint: /m);
    const { path: where, world } = file('unsent.yaml', WRONG);
    const down = await runProgram(['-master-addr', '127.0.0.1:1', 'start-task', where], world);
    assert.doesNotMatch(down.stderr, /^lint: /m);
  }));
