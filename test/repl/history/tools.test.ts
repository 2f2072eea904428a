// History, completion and hints of the prompt, and the command that shows the history.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { execute } from '../../../src/app/execute.ts';
import { openRegistries } from '../../../src/app/registries.ts';
import { openShellTools, type ShellTools } from '../../../src/app/shell-tools.ts';
import { createBuiltinRunner } from '../../../src/builtins/index.ts';
import { DEFAULT_RUN_OPTIONS } from '../../../src/command/run-options.ts';
import { openSession } from '../../../src/invoke/session.ts';
import type { IO } from '../../../src/io/io.ts';
import { test as posixTest } from '../../harness/posix.ts';
import { answer, runProgram, withMaster } from '../../harness/run.ts';

const ROOT = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-tools-'));
after(() => fs.rmSync(ROOT, { recursive: true }));

async function inShell(
  address: string,
  env: IO['env'],
  use: (tools: ShellTools, run: (...words: string[]) => Promise<number>, said: { stdout: string; stderr: string }) => Promise<void>,
): Promise<void> {
  const said = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): IO['stdout'] => ({
    write: async (text) => {
      said[name] += text;
    },
    isTTY: false,
    columns: undefined,
    rows: undefined,
  });
  const io = { stdout: output('stdout'), stderr: output('stderr'), env, compute: (work: () => unknown) => work() } as unknown as IO;
  const session = openSession(io, 'lines', openRegistries('lines'), address, {
    ...DEFAULT_RUN_OPTIONS,
    rpcTimeoutMs: 1000,
  });
  const tools = openShellTools(session, () => 'redacted');
  try {
    await use(tools, (...words) => execute(words, session, new AbortController().signal, createBuiltinRunner(tools.world)), said);
  } finally {
    tools.close();
    session.close();
  }
}

test('history shows the recorded lines with numbers, and a number limits them', () =>
  inShell('127.0.0.1:1', { XDG_STATE_HOME: ROOT }, async (tools, run, said) => {
    for (const line of ['query-status', 'sql-inject -w a t DROP TABLE secret', 'a\nb', 'encrypt 123456']) tools.history.add(line);
    assert.equal(await run('history'), 0);
    assert.equal(said.stdout, '    1  query-status\n    2  sql-inject -w a t …\n    3  a\n       b\n');
    said.stdout = '';
    await run('history', '1');
    assert.equal(said.stdout, '    3  a\n       b\n');
    said.stdout = '';
    await run('history', '100');
    assert.equal(said.stdout.split('\n').length, 5);
    for (const wrong of ['0', 'x', '1.5']) assert.equal(await run('history', wrong), 2);
    assert.match(said.stderr, /invalid number of lines "0": use a number from 1, for example history 20/);
    assert.equal(fs.existsSync(path.join(ROOT, 'dmctl/history')), true);
  }));

posixTest('an unusable file is reported once, and the shell continues', () => {
  fs.writeFileSync(path.join(ROOT, 'file'), '');
  return inShell('127.0.0.1:1', { XDG_STATE_HOME: path.join(ROOT, 'file') }, async (tools, run, said) => {
    tools.history.add('query-status');
    tools.history.add('stop-task t');
    assert.equal(await run('history'), 0);
    assert.match(said.stderr, /^warning: the history is kept in memory only: .*\n$/);
    assert.match(said.stdout, /2 {2}stop-task t\n$/);
  });
});

test('Tab offers the known names, and more when they arrive; lines and hints send nothing to the master', () =>
  withMaster(
    (method) =>
      method === 'QueryStatus'
        ? answer('QueryStatus', { result: true, workers: [{ worker: 'h:1', subTaskStatus: [{ name: 'test' }] }] })
        : undefined,
    (master) =>
      inShell(master.address, {}, async (tools) => {
        tools.history.add('pause-task test');
        assert.equal(tools.hint('pause'), '-task test');
        assert.equal(tools.hint('stop-task '), '<task_name>');
        assert.deepEqual(tools.complete('pau', 3), { from: 0, candidates: ['pause-relay', 'pause-task'], untypeable: [] });
        assert.equal(master.calls.length, 0);
        const first = tools.complete('stop-task t', 11);
        assert.deepEqual(first.candidates, []);
        await first.later;
        assert.deepEqual(tools.complete('stop-task t', 11), { from: 10, candidates: ['test'], untypeable: [] });
        assert.equal(master.calls.length, 2);
      }),
  ));

test('-history accepts three modes', async () => {
  const { stdout, stderr, status } = await runProgram(['-master-addr', 'h:1', '-history', 'some']);
  assert.equal(stdout, 'parse cmd flags err: invalid history mode "some": use all, redacted or none');
  assert.equal(stderr, "Run 'dmctl -help' for the flags.\n");
  assert.equal(status, 2);
  assert.equal((await runProgram(['-master-addr', 'h:1', '-history=none'])).status, 0);
});
