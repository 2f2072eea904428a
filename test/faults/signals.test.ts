// Real processes that a signal ends at a random moment: no command is sent twice, and the history stays readable.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { v1 } from '../../src/dialects/v1/index.ts';
import { privateFiles } from '../../src/platform/private-files.ts';
import { openHistory } from '../../src/repl/history/store.ts';
import { test } from '../harness/posix.ts';
import { PROGRAM } from '../harness/program.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

const ROOT = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-signals-'));
after(() => fs.rmSync(ROOT, { recursive: true }));

const paused = (): Reply => answer('OperateTask', { op: 'Pause', result: true });

/** A random moment: a number of calls, and some milliseconds after the last of them. */
const randomMoment = (most: number): { readonly calls: number; readonly ms: number } => ({
  calls: Math.floor(Math.random() * most),
  ms: Math.floor(Math.random() * 20),
});

/** Delays a signal until a number of calls have arrived. */
class Calls {
  private seen = 0;
  private waiting: (() => void) | undefined;
  private wanted = 0;

  readonly reply = (): Reply => {
    this.seen += 1;
    if (this.seen >= this.wanted) this.waiting?.();
    return paused();
  };

  reach(count: number): Promise<void> {
    this.wanted = count;
    return new Promise((resolve) => {
      this.waiting = resolve;
      if (this.seen >= count) resolve();
    });
  }
}

/** Throws unless the tasks were sent in order, each once, starting with the first. */
function assertSentOnce(sent: readonly (readonly [string, Record<string, unknown>])[], tasks: readonly string[], told: string): void {
  const names = sent.map(([method, request]) => (method === 'OperateTask' ? request.name : method));
  assert.deepEqual(names, tasks.slice(0, names.length), told);
}

/** The history of the next shell. */
function historyIn(folder: string, told: string): readonly string[] {
  const history = openHistory({
    folder: path.join(folder, 'dmctl'),
    mode: 'redacted',
    cap: 10_000,
    registry: () => ({ dialect: v1, builtins: [], topics: [] }),
    files: privateFiles,
    warn: (text) => assert.fail(`${text} (${told})`),
  });
  return [...history.entries];
}

const SHELLS = 12;
const LINES = 15;

test('a shell that is killed while lines run has sent each line once, and the next shell has them in its history', {
  timeout: 110_000,
}, async () => {
  const entered: string[] = [];
  const ran: string[] = [];
  for (let round = 0; round < SHELLS; round += 1) {
    const signal = (['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)[round % 3] as 'SIGKILL';
    const moment = randomMoment(LINES);
    const told = `round ${round}, ${signal} after ${moment.calls} calls and ${moment.ms} ms`;
    const tasks = Array.from({ length: LINES }, (_, i) => `r${round}-${i}`);
    const calls = new Calls();
    await withMaster(calls.reply, async (master) => {
      const terminal = new Terminal(['-master-addr', master.address, '-yes'], { env: { XDG_STATE_HOME: ROOT } });
      try {
        await terminal.until(/^» *$/m);
        terminal.type(tasks.map((task) => `pause-task ${task}\r`).join(''));
        await calls.reach(moment.calls);
        await delay(moment.ms);
        terminal.signal(signal);
        await terminal.ended();
      } finally {
        terminal.close();
      }
      const sent = requests(master);
      assertSentOnce(sent, tasks, told);
      entered.push(...tasks.map((task) => `pause-task ${task}`));
      ran.push(...tasks.slice(0, sent.length).map((task) => `pause-task ${task}`));
      // The history may also contain a line that was entered and not sent, and nothing else.
      const kept = historyIn(ROOT, told);
      assert.deepEqual(
        kept.filter((line) => ran.includes(line)),
        ran,
        told,
      );
      assert.deepEqual(
        kept.filter((line) => !entered.includes(line)),
        [],
        told,
      );
    });
  }
  assert.ok(ran.length > 0, 'some lines ran');
});

/** Runs the program until the moment and ends it with a signal. */
async function endedBy(
  signal: NodeJS.Signals,
  args: readonly string[],
  stdin: string,
  calls: Calls,
  moment: { calls: number; ms: number },
) {
  const [command, ...before] = PROGRAM as [string, ...string[]];
  const child = spawn(command, [...before, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const ended = once(child, 'exit');
  await Promise.race([calls.reach(moment.calls), ended]);
  await Promise.race([delay(moment.ms), ended]);
  child.kill(signal);
  return (await ended) as [number | null, NodeJS.Signals | null];
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
  test(`piped lines, and many tasks of one command, are sent once each although ${signal} ends them`, { timeout: 110_000 }, async () => {
    const tasks = Array.from({ length: 40 }, (_, i) => `t${i}`);
    for (let round = 0; round < 3; round += 1) {
      for (const piped of [true, false]) {
        const moment = randomMoment(tasks.length / 2);
        const told = `${piped ? 'piped' : 'one command'}, ${signal} after ${moment.calls} calls and ${moment.ms} ms`;
        const calls = new Calls();
        await withMaster(calls.reply, async (master) => {
          const flags = ['-master-addr', master.address, '-yes'];
          const args = piped ? flags : [...flags, 'pause-task', '--parallel', '1', ...tasks];
          const stdin = piped ? tasks.map((task) => `pause-task ${task}\n`).join('') : '';
          const [status, by] = await endedBy(signal, args, stdin, calls, moment);
          assertSentOnce(requests(master), tasks, told);
          if (master.calls.length < tasks.length) assert.ok(by === 'SIGKILL' || status !== 0, `${told}: status ${status}`);
        });
      }
    }
  });
}
