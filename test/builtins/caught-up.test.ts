// wait --for caught-up against the sandbox: what it prints, and whether rows are missing when it reports success. The test controls
// the time of the program and of the sandbox: each call to the master takes a second.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { load } from 'js-yaml';
import { execute, openSession } from '../../src/app/execute.ts';
import { openRegistries } from '../../src/app/registries.ts';
import { runBuiltin } from '../../src/builtins/index.ts';
import { DEFAULT_RUN_OPTIONS } from '../../src/command/run-options.ts';
import type { IO, Output } from '../../src/io/io.ts';
import { startSandbox } from '../../src/sandbox/v1/server.ts';
import type { Options, State, SubTask, Worker } from '../../src/sandbox/v1/state.ts';
import { writeForeign, writeRows } from '../../src/sandbox/v1/upstream.ts';
import { answer, type Reply, type Result, requests, runProgram, type World, withMaster } from '../harness/run.ts';
import { ask } from '../sandbox/ask.ts';
import { W1, W2 } from '../sandbox/cluster.ts';
import { FILES } from '../sandbox/files.ts';

const QUIET =
  /^uncertain: no change for 35 s, and the last checkpoint on 127\.0\.0\.1:8262 is 232 bytes before the mark\. Write a row in the upstream, or use --flush\.$/;

interface Stage {
  readonly address: string;
  readonly state: State;
  readonly worker: Worker;
  readonly task: SubTask;
  /** The number of row changes before the start of the wait that the target does not have. */
  missing(): number;
  wait(words?: string, world?: World): Promise<Result>;
  advance(seconds: number): void;
}

/** A task of this name in Sync on the first worker. */
async function onStage(name: string, use: (stage: Stage) => Promise<void>, options: Partial<Options> = {}, more = ''): Promise<void> {
  let now = 0;
  let step = 0;
  mock.method(performance, 'now', () => now);
  const clock = (): number => {
    now += step;
    return now;
  };
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', trafficMs: 0, demos: false, clock, ...options });
  const { sandbox: state, address } = sandbox;
  const advance = (seconds: number): void => {
    now += seconds * 1000;
    ask(state, 'QueryStatus', {}, now);
  };
  try {
    const text = `${FILES['plain1.yaml']?.replace('name: plain1', `name: ${name}`)}${more}`;
    assert.equal(ask(state, 'StartTask', { task: text }, now).result, true);
    advance(22);
    step = 1000;
    const worker = state.workers.get(W1) as Worker;
    const task = worker.tasks.get(name) as SubTask;
    assert.equal(task.unit, 'Sync');
    let mark = 0;
    const rowsAfter = (seq: number): number => worker.upstream.log.filter((t) => t.seq > seq && t.seq <= mark && !t.foreign).length;
    await use({
      ...{ address, state, worker, task, advance },
      missing: () => rowsAfter(task.sync.done),
      wait: async (words = '', world = {}) => {
        mark = worker.upstream.seq;
        const given = words.split(' ').filter((w) => w !== '');
        return await runProgram(['-master-addr', address, 'wait', name, '--for', 'caught-up', '--quiet', ...given], world);
      },
    });
  } finally {
    mock.restoreAll();
    await sandbox.close();
  }
}

const write = (worker: Worker, times: number): void => {
  for (let i = 0; i < times; i += 1) writeRows(worker, 1);
};

test('a slow target: no success while rows are missing, even if nothing moves for a long time', () =>
  onStage('slow-target', async ({ worker, wait, missing }) => {
    write(worker, 30);
    const { stdout, stderr, status } = await wait();
    assert.ok(missing() > 0);
    assert.deepEqual([stdout, status], ['', 3]);
    assert.match(stderr, /^uncertain: no change for 35 s/);
  }));

test('a slow target on an upstream with traffic: it succeeds when the target has the rows', () =>
  onStage(
    'slow-target',
    async ({ worker, wait, missing }) => {
      write(worker, 20);
      const { stdout, status } = await wait();
      assert.deepEqual([status, missing()], [0, 0]);
      assert.match(stdout, /^slow-target is caught up on 127\.0\.0\.1:8262, after /);
    },
    { trafficMs: 20_000 },
  ));

test('a locked target: no success while rows are missing', () =>
  onStage('locked-target', async ({ worker, wait, missing }) => {
    write(worker, 1);
    const { status } = await wait();
    assert.ok(missing() > 0);
    assert.equal(status, 3);
  }));

test('a locked target on an upstream with traffic: it succeeds after the lock', () =>
  onStage(
    'locked-target',
    async ({ worker, wait, missing }) => {
      write(worker, 1);
      assert.deepEqual([(await wait()).status, missing()], [0, 0]);
    },
    { trafficMs: 5000 },
  ));

test('a busy neighbour does not prevent success', () =>
  onStage('busy-neighbour', async ({ worker, wait, missing }) => {
    write(worker, 3);
    assert.deepEqual([(await wait()).status, missing()], [0, 0]);
  }));

test('heartbeats do not prevent success', () =>
  onStage(
    'beats',
    async ({ worker, wait, missing }) => {
      write(worker, 3);
      assert.deepEqual([(await wait()).status, missing()], [0, 0]);
    },
    {},
    'enable-heartbeat: true\n',
  ));

test('a quiet upstream: 3, and why, in every format', () =>
  onStage('plain1', async ({ worker, wait }) => {
    write(worker, 1);
    const plain = await wait();
    assert.deepEqual([plain.stdout, plain.status], ['', 3]);
    assert.match(plain.stderr.trimEnd(), QUIET);
    for (const form of ['json', 'jsonl', 'yaml']) {
      const { stdout, status } = await wait(`--output ${form}`);
      const value = (form === 'yaml' ? load(stdout) : JSON.parse(stdout)) as { why: string; reached: boolean };
      assert.match(value.why, QUIET);
      assert.deepEqual([value.reached, status], [false, 3]);
    }
  }));

test('a row in the upstream decides it, even one of another database', () =>
  onStage('plain1', async ({ worker, wait, advance }) => {
    write(worker, 1);
    advance(31);
    writeForeign(worker);
    assert.equal((await wait()).status, 0);
  }));

test('--flush pauses and resumes once, only on the worker whose checkpoint is behind, and succeeds', () =>
  onStage('plain1', async ({ state, worker, task, wait, missing }) => {
    assert.equal((await wait('--flush --yes')).status, 0);
    const before = worker.logID;
    assert.equal(before, 1, 'the checkpoint has already reached the mark');
    write(worker, 1);
    const { stdout, stderr, status } = await wait('--flush --yes');
    assert.match(stdout, /^plain1 is caught up on 127\.0\.0\.1:8262, after /);
    assert.deepEqual([stderr, status, missing()], ['', 0, 0]);
    assert.deepEqual([worker.logID - before, task.stage], [2, 'Running']);
    assert.equal(state.workers.get(W2)?.logID, 0);
  }));

test('--flush does not report success for a locked target, and the task runs at the end', () =>
  onStage('locked-target', async ({ worker, task, wait, missing, advance }) => {
    write(worker, 1);
    const { stdout, stderr, status } = await wait('--flush --yes');
    assert.ok(missing() > 0);
    assert.deepEqual([stdout, status], ['', 1]);
    assert.match(stderr, /pause-task may have been carried out on 127\.0\.0\.1:8262: \[code=38033:/);
    assert.match(stderr, /may still be paused on 127\.0\.0\.1:8262\. .* resume it with resume-task -w 127\.0\.0\.1:8262 locked-target\n$/);
    advance(60);
    assert.deepEqual([task.stage, missing()], ['Running', 0]);
  }));

test('--flush is rejected without a terminal, with -read-only and for other states, and nothing is sent', () =>
  withMaster(undefined, async (master) => {
    const run = (...words: string[]) => runProgram(['-master-addr', master.address, ...words]);
    const wait = ['wait', 'test', '--flush', '--for'];
    const asks = await run(...wait, 'caught-up');
    assert.match(asks.stderr, /^wait --flush must be confirmed, .*, but there is no terminal\. Nothing was sent\. Add --yes/);
    const reads = await run('-read-only', ...wait, 'caught-up', '--yes');
    assert.match(
      reads.stderr,
      /^wait --flush changes the cluster, but read-only is on\. Nothing was sent\. Turn off read-only to allow it/,
    );
    const other = await run(...wait, 'synced', '--yes');
    assert.equal(other.stderr, '--flush works only with --for caught-up. Nothing was sent\n');
    assert.deepEqual([asks.status, reads.status, other.status, master.calls.length], [2, 2, 2, 0]);
  }));

/** Runs a line with a user who answers each question. */
async function asked(
  address: string,
  line: string,
  agrees: boolean,
  meanwhile = (): void => {},
): Promise<{ stderr: string; status: number; questions: string[] }> {
  let stderr = '';
  const questions: string[] = [];
  const stream = (take: (text: string) => void): Output => ({
    write: async (text) => take(String(text)),
    isTTY: false,
    columns: undefined,
    rows: undefined,
  });
  const io = {
    stdout: stream(() => {}),
    stderr: stream((text) => {
      stderr += text;
    }),
    env: {},
    compute: (work: () => unknown) => work(),
  } as unknown as IO;
  const confirm = async (question: string): Promise<boolean> => {
    questions.push(question);
    meanwhile();
    return agrees;
  };
  const session = openSession(io, 'one-shot', openRegistries('one-shot'), address, DEFAULT_RUN_OPTIONS, { ask: confirm });
  const status = await execute(line.split(' '), session, new AbortController().signal, runBuiltin);
  session.close();
  return { stderr, status, questions };
}

test('--flush asks on a terminal only if it is needed; after "no" nothing is paused', () =>
  onStage('plain1', async ({ address, worker, task }) => {
    write(worker, 1);
    const line = 'wait plain1 --for caught-up --flush --quiet';
    const no = await asked(address, line, false);
    assert.match(no.stderr, /^plain1 will be paused and resumed on 127\.0\.0\.1:8262 to write its checkpoint\.\nuncertain/);
    assert.deepEqual([no.status, no.questions, worker.logID], [3, ['Continue?'], 1]);
    const yes = await asked(address, line, true);
    assert.deepEqual([yes.status, worker.logID, task.stage], [0, 3, 'Running']);
    assert.deepEqual((await asked(address, line, true)).questions, [], 'no longer needed');
    write(worker, 1);
    const late = await asked(address, line, true, () => {
      task.stage = 'Paused';
    });
    assert.deepEqual([late.questions.length, worker.logID], [1, 3], 'a task that another user paused during the question is not changed');
  }));

/** A master with a quiet task on two workers, whose checkpoint is behind. `operate` answers pause and resume. */
function quietMaster(operate: (op: string, calls: number) => Reply | Promise<Reply>, stage = () => 'Running') {
  let now = 0;
  let calls = 0;
  mock.method(performance, 'now', () => now);
  const worker = (name: string, at: string) => ({
    result: true,
    worker: name,
    sourceID: name,
    relayStatus: {
      stage: 'Running',
      relayBinlog: '(mysql-bin.000001, 900)',
      masterBinlog: '(mysql-bin.000001, 900)',
      relaySubDir: 'u.000001',
    },
    subTaskStatus: [{ name: 'test', stage: stage(), unit: 'Sync', sync: { masterBinlog: '(mysql-bin.000001, 900)', syncerBinlog: at } }],
  });
  return (method: string, call: { request: Buffer }): Reply | Promise<Reply> => {
    now += 1000;
    if (method === 'OperateTask') {
      calls += 1;
      return operate(call.request.includes(Buffer.from([0x08, 2])) ? 'Pause' : 'Resume', calls);
    }
    const workers = [worker('w1', '(mysql-bin|000001.000001, 420)'), worker('w2', '(mysql-bin.000001, 900)')];
    return answer('QueryStatus', { result: true, workers });
  };
}

const done = (op: string): Reply =>
  answer('OperateTask', {
    op: op as 'Pause',
    result: true,
    workers: [{ op: op as 'Pause', meta: { result: true, worker: 'w1' }, logID: 1n }],
  });
const FLUSH = ['wait', 'test', '--for', 'caught-up', '--flush', '--yes', '--quiet'];
const PAUSE = ['OperateTask', { op: 'Pause', name: 'test', workers: ['w1'] }] as const;
const RESUME = ['OperateTask', { op: 'Resume', name: 'test', workers: ['w1'] }] as const;

/** One run on such a master, and the changes that it requested. */
async function flushes(operate: Parameters<typeof quietMaster>[0], stage?: () => string) {
  try {
    return await withMaster(quietMaster(operate, stage), async (master) => {
      const ran = await runProgram(['-master-addr', master.address, ...FLUSH]);
      return { ...ran, changes: requests(master).filter(([method]) => method === 'OperateTask') };
    });
  } finally {
    mock.restoreAll();
  }
}

test('--flush that does not advance the checkpoint reports it; each call is made once', async () => {
  const { stderr, status, changes } = await flushes(done);
  assert.deepEqual(changes, [PAUSE, RESUME]);
  assert.equal(status, 3);
  assert.match(stderr, /the last checkpoint on w1 is 480 bytes before the mark\. --flush did not help: the target may still be/);
});

test('--flush resumes once after a pause without an answer, and names the workers on which the task may be paused', async () => {
  const gone: Reply = { status: { code: 14, text: 'gone' } };
  const { stderr, status, changes } = await flushes(() => gone);
  assert.deepEqual(changes, [PAUSE, RESUME]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /pause-task may have been carried out on w1: .*gone\. test may still be paused on w1\. .* with resume-task -w w1 test\n$/,
  );
});

test('--flush whose resume fails reports that the task is paused, and how to resume it', async () => {
  let stage = 'Running';
  const operate = (op: string): Reply => {
    if (op === 'Resume') return { status: { code: 13, text: 'broken' } };
    stage = 'Paused';
    return done(op);
  };
  const { stderr, status, changes } = await flushes(operate, () => stage);
  assert.deepEqual(changes, [PAUSE, RESUME]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^the checkpoint was not written: test is still paused on w1 \(.*broken\)\. Resume it with resume-task -w w1 test\n$/,
  );
});

test('--flush does not resume what it did not pause', async () => {
  const msg = '[code=38032:class=dm-master:scope=internal:level=high] operation not success';
  const no = answer('OperateTask', {
    op: 'Pause',
    result: true,
    workers: [{ op: 'Pause', meta: { result: false, worker: 'w1', msg }, logID: 1n }],
  });
  const { stderr, status, changes } = await flushes(() => no);
  assert.deepEqual([changes, status], [[PAUSE], 1]);
  assert.equal(stderr, `the checkpoint was not written: pause-task failed on w1: ${msg}\n`);
});

test('Ctrl-C while --flush pauses: the task is resumed first', async () => {
  let press = (): void => {};
  const operate = async (op: string): Promise<Reply> => {
    if (op === 'Pause') press();
    await new Promise((resolve) => setImmediate(resolve));
    return done(op);
  };
  try {
    await withMaster(quietMaster(operate), async (master) => {
      const ran = await runProgram(['-master-addr', master.address, ...FLUSH], { onStart: (interrupt) => (press = interrupt) });
      assert.deepEqual(
        requests(master).filter(([method]) => method === 'OperateTask'),
        [PAUSE, RESUME],
      );
      assert.equal(ran.status, 130);
      assert.match(
        ran.stderr,
        /^test is being paused and resumed\. Waiting until this is done\ninterrupted\. test is not caught-up: it was paused and resumed/,
      );
    });
  } finally {
    mock.restoreAll();
  }
});
