// The program against the sandbox of DM 2.0 and later, over gRPC, with a clock that only the test moves.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client, credentials, status } from '@grpc/grpc-js';
import { SAMPLE_TASK } from '../../../src/sandbox/v2/sample-task.ts';
import { type SandboxOptions, startSandbox } from '../../../src/sandbox/v2/server.ts';
import type { State } from '../../../src/sandbox/v2/state.ts';
import { runProgram } from '../../harness/run.ts';

const FILES = {
  'task.yaml': SAMPLE_TASK,
  'fails.yaml': SAMPLE_TASK.replace('name: demo', 'name: demo-ddl-fails'),
  'check.yaml': SAMPLE_TASK.replace('name: demo', 'name: demo-check-fails'),
  'source3.yaml': 'source-id: mysql-replica-03\nfrom: {host: 127.0.0.1, port: 3308, user: root, password: ""}\n',
};

interface Answer {
  readonly text: string;
  readonly status: number;
  /** The answer as it is printed. */
  readonly json: Json;
}

interface SubTaskJson {
  readonly stage: string;
  readonly unit: string;
  readonly result: { readonly errors: readonly { readonly ErrCode: number; readonly ErrScope: string; readonly Message: string }[] };
  readonly dump: object;
  readonly sync: {
    readonly masterBinlog: string;
    readonly syncerBinlog: string;
    readonly synced: boolean;
    readonly blockingDDLs: readonly string[];
    readonly unresolvedGroups: readonly { readonly unsynced: readonly string[] }[];
  };
}

interface SourceJson {
  readonly msg: string;
  readonly source: string;
  readonly worker: string;
  readonly sourceStatus: {
    readonly relayStatus: { readonly stage: string; readonly relayCatchUpMaster: boolean; readonly relayBinlog: string } | null;
  };
  readonly subTaskStatus: readonly SubTaskJson[];
}

/** The parts of answers that the tests look at. */
interface Json {
  readonly result: boolean;
  readonly msg: string;
  readonly op: string;
  readonly cfg: string;
  readonly sources: readonly SourceJson[];
  readonly tasks: readonly { readonly taskName: string; readonly taskStatus: string; readonly sources: readonly string[] }[];
  readonly locks: readonly { readonly ID: string; readonly owner: string; readonly synced: string[]; readonly unsynced: string[] }[];
  readonly members: readonly { readonly leader: { readonly name: string } }[];
  readonly validators: readonly { readonly errorRowsStatus: string }[];
  readonly error: readonly { readonly id: string; readonly source: string; readonly errorType: string }[];
}

interface Bench {
  /** Runs one command line. Words are separated by spaces. */
  run(line: string, at?: number): Promise<Answer>;
  /** Stage and unit of the sub tasks of a task. */
  stages(task: string): Promise<string[]>;
  wait(seconds: number): void;
  readonly state: State;
}

/** Runs a test beside a sandbox. */
async function withSandbox(options: SandboxOptions, use: (bench: Bench) => Promise<void>): Promise<void> {
  let now = 0;
  const running = await startSandbox({ listen: '127.0.0.1:0', epochMs: 0, clock: () => now, ...options });
  const run: Bench['run'] = async (line, at = 0) => {
    const {
      stdout,
      stderr,
      status: exit,
    } = await runProgram(['-master-addr', running.addresses[at] as string, ...line.split(' ')], {
      files: FILES,
    });
    const text = stdout + stderr;
    return {
      text,
      status: exit,
      get json() {
        return JSON.parse(stdout.slice(stdout.indexOf('{')));
      },
    };
  };
  const stages: Bench['stages'] = async (task) => {
    const { sources } = (await run(`query-status ${task}`)).json;
    return sources.flatMap((s) => s.subTaskStatus.map((t) => `${t.stage} ${t.unit}`));
  };
  const wait = (seconds: number) => {
    now += seconds * 1000;
  };
  try {
    await use({ run, stages, wait, state: running.sandbox });
  } finally {
    await running.close();
  }
}

const RELEASES = ['8.5.0', '6.5.0', '2.0.7'] as const;
async function firstTask(run: Bench['run'], name: string): Promise<SubTaskJson> {
  const task = (await run(`query-status ${name}`)).json.sources[0]?.subTaskStatus[0];
  return task ?? assert.fail(`no sub task ${name}`);
}

const messages = (answer: Answer): string[] => answer.json.sources.map((s) => s.msg);

describe('sandbox of DM 2.0 and later: tasks', () => {
  for (const release of RELEASES) {
    it(`shows the life of a task of DM ${release}`, async () => {
      await withSandbox({ release }, async ({ run, stages, wait }) => {
        assert.equal((await run('check-task task.yaml')).json.msg, release === '2.0.7' ? 'check pass!!!' : 'pre-check is passed. ');
        const started = await run('start-task task.yaml');
        assert.deepEqual([started.status, started.json.result], [0, true]);
        assert.equal('checkResult' in started.json, release !== '2.0.7');
        const seen: string[][] = [];
        for (const seconds of [1, 7, 14]) {
          wait(seconds);
          seen.push(await stages('demo'));
        }
        assert.deepEqual(
          seen.map((s) => s[0]),
          ['Running Dump', 'Running Load', 'Running Sync'],
        );
        assert.match((await run('start-task task.yaml')).json.msg, /code=46014.*already exist/);
        await run('pause-task demo');
        assert.deepEqual(await stages('demo'), ['Paused Sync', 'Paused Sync']);
        assert.match((await run('query-status')).text, /"taskStatus": "Paused"/);
        await run('resume-task demo');
        assert.deepEqual(await stages('demo'), ['Running Sync', 'Running Sync']);
        assert.equal((await run('stop-task demo')).json.op, release === '2.0.7' ? 'Stop' : 'Delete');
        assert.match((await run('query-status demo')).text, /task demo has no source or not exist/);
        await run('start-task task.yaml');
        wait(1);
        assert.deepEqual(await stages('demo'), ['Running Sync', 'Running Sync'], 'it continues at its checkpoint');
      });
    });
  }

  it('has the fields of a release', async () => {
    for (const [release, has] of [
      ['2.0.7', false],
      ['8.5.0', true],
    ] as const) {
      await withSandbox({ release }, async ({ run, wait }) => {
        await run('start-task task.yaml');
        wait(2);
        assert.equal('progress' in (await firstTask(run, 'demo')).dump, has);
        wait(22);
        const task = await firstTask(run, 'demo');
        assert.deepEqual(['totalRows' in task.sync, 'validation' in task], [has, has]);
        assert.equal('secondsBehindMaster' in task.sync, true);
      });
    }
  });

  it('moves the checkpoint only when it is flushed', async () => {
    await withSandbox({ demos: false }, async ({ run, wait }) => {
      await run('start-task task.yaml');
      wait(22);
      const sync = async () => (await firstTask(run, 'demo')).sync;
      const first = await sync();
      wait(12);
      const second = await sync();
      assert.notEqual(second.masterBinlog, first.masterBinlog);
      assert.deepEqual([second.syncerBinlog, second.synced], [first.syncerBinlog, false]);
      await run('pause-task demo');
      assert.equal((await sync()).synced, true);
    });
  });

  it('rejects a task whose name says so, with the findings', async () => {
    await withSandbox({}, async ({ run }) => {
      const { status: exit, text } = await run('start-task check.yaml');
      assert.match(text, /"msg": ""[\s\S]*code=26005[\s\S]*binlog_row_image is MINIMAL/);
      assert.equal(exit, 1);
      assert.match((await run('query-status')).text, /"tasks": \[\s*\]/);
    });
    await withSandbox({ release: '2.0.7' }, async ({ run }) => {
      assert.match((await run('start-task check.yaml')).text, /"msg": "\[code=26005/);
    });
  });
});

describe('sandbox of DM 2.0 and later: demonstrations', () => {
  const LOCK = 'demo-`shop`.`t_all`';

  for (const release of RELEASES) {
    it(`unlocks a DDL lock of DM ${release}, which comes back from the other source`, async () => {
      await withSandbox({ release }, async ({ run, wait }) => {
        const locks = async () => {
          const { json } = await run('show-ddl-locks');
          return json.locks.map((l) => `${l.ID} ${l.owner} ${l.synced} ${l.unsynced}`);
        };
        await run('start-task task.yaml');
        wait(30);
        assert.deepEqual(await locks(), [`${LOCK} mysql-replica-01 mysql-replica-01 mysql-replica-02`]);
        const { json } = await run('query-status demo');
        assert.deepEqual(json.sources[0]?.subTaskStatus[0]?.sync.blockingDDLs, ['ALTER TABLE `shop`.`t_all` ADD COLUMN `c1` INT']);
        assert.deepEqual(json.sources[1]?.subTaskStatus[0]?.sync.unresolvedGroups[0]?.unsynced, [
          "this DM-worker doesn't receive any shard DDL of this group",
        ]);
        assert.match((await run('unlock-ddl-lock demo-`shop`.`nosuch`')).text, /code=38019/);
        assert.equal((await run(`unlock-ddl-lock ${LOCK}`)).json.result, true);
        assert.deepEqual(await locks(), []);
        wait(91);
        assert.deepEqual(await locks(), [`${LOCK} mysql-replica-02 mysql-replica-02 mysql-replica-01`]);
      });
    });

    it(`skips a failed statement of DM ${release}, and the task resumes`, async () => {
      await withSandbox({ release }, async ({ run, stages, wait }) => {
        await run('start-task fails.yaml');
        wait(31);
        assert.deepEqual(await stages('demo-ddl-fails'), ['Paused Sync', 'Running Sync']);
        const [error] = (await firstTask(run, 'demo-ddl-fails')).result.errors;
        assert.deepEqual([error?.ErrCode, error?.ErrScope], [10006, 'downstream']);
        assert.match(error?.Message ?? '', /^startLocation: \[position: .*origin SQL: \[ALTER TABLE `shop`\.`orders` ADD UNIQUE/);
        assert.match((await run('query-status')).text, /Error - Some error occurred in subtask/);
        const skip = release === '2.0.7' ? 'handle-error demo-ddl-fails skip' : 'binlog skip demo-ddl-fails';
        assert.deepEqual(messages(await run(skip)), ['', "source 'mysql-replica-02' has no error"]);
        assert.deepEqual(await stages('demo-ddl-fails'), ['Running Sync', 'Running Sync']);
      });
    });
  }

  it('resolves a lock that is left alone', async () => {
    await withSandbox({}, async ({ run, stages, wait }) => {
      await run('start-task task.yaml');
      wait(30);
      wait(91);
      assert.equal((await run('shard-ddl-lock')).json.msg, 'no DDL lock exists');
      assert.deepEqual(await stages('demo'), ['Running Sync', 'Running Sync']);
    });
  });

  it('replaces and lists the operators of events', async () => {
    await withSandbox({}, async ({ run, wait }) => {
      await run('start-task fails.yaml');
      wait(31);
      const at = '-s mysql-replica-01 demo-ddl-fails';
      assert.deepEqual(messages(await run(`binlog list ${at}`)), ['[]']);
      assert.deepEqual(messages(await run(`binlog skip -b mysql-bin.000009:4 ${at}`)), ['']);
      assert.match(messages(await run(`binlog list ${at}`))[0] ?? '', /"op":1,.*"binlogPos":"\(mysql-bin\.000009, 4\)"/);
      assert.deepEqual(messages(await run(`binlog revert -b mysql-bin.000009:4 ${at}`)), ['']);
      assert.match(messages(await run(`binlog revert -b mysql-bin.000009:4 ${at}`))[0] ?? '', /code=36065/);
    });
  });

  it('finds rows that differ', async () => {
    for (const release of ['8.5.0', '6.5.0']) {
      await withSandbox({ release }, async ({ run, wait }) => {
        await run('start-task task.yaml');
        wait(22);
        assert.match((await run('validation status demo')).text, /code=43006/);
        assert.equal((await run('validation start demo')).json.msg, 'success');
        wait(11);
        const { error } = (await run('validation show-error demo')).json;
        assert.deepEqual(
          error.map((e) => [e.id, e.source, e.errorType]),
          [
            ['1', 'mysql-replica-01', 'Column data not matched'],
            ['2', 'mysql-replica-01', 'Expected rows not exist'],
          ],
        );
        await run('validation ignore-error demo 1');
        const { validators } = (await run('validation status demo')).json;
        assert.deepEqual(validators.map((v) => v.errorRowsStatus).sort(), ['new/ignored/resolved: 0/0/0', 'new/ignored/resolved: 1/1/0']);
        assert.equal('cutoverBinlogPos' in (validators[0] ?? {}), release === '8.5.0');
        await run('validation stop demo');
        assert.match((await run('query-status demo')).text, /"stage": "Stopped"/);
      });
    }
  });
});

describe('sandbox of DM 2.0 and later: the cluster', () => {
  it('pulls, pauses and purges relay logs', async () => {
    await withSandbox({}, async ({ run, wait }) => {
      const relay = async () => (await run('query-status -s mysql-replica-01')).json.sources[0]?.sourceStatus.relayStatus;
      assert.equal(await relay(), null);
      assert.match(messages(await run('pause-relay -s mysql-replica-01'))[0] ?? '', /relay is disabled for this source/);
      await run('start-relay -s mysql-replica-01');
      wait(6);
      const before = await relay();
      assert.deepEqual([before?.stage, before?.relayCatchUpMaster], ['Running', true]);
      await run('pause-relay -s mysql-replica-01');
      wait(6);
      const paused = await relay();
      assert.deepEqual([paused?.stage, paused?.relayCatchUpMaster, paused?.relayBinlog], ['Paused', false, before?.relayBinlog]);
      await run('resume-relay -s mysql-replica-01');
      assert.equal((await relay())?.relayCatchUpMaster, true);
      assert.deepEqual(messages(await run('purge-relay -s mysql-replica-01 -f mysql-bin.000001')), ['']);
      await run('stop-relay -s mysql-replica-01');
      assert.equal(await relay(), null);
    });
  });

  it('creates, moves and stops sources', async () => {
    await withSandbox({ workers: 2 }, async ({ run, state }) => {
      assert.deepEqual(messages(await run('operate-source create source3.yaml')), ['source is added but there is no free worker to bound']);
      assert.match((await run('operate-source create source3.yaml')).text, /code=46007/);
      await run('operate-source stop mysql-replica-02');
      await run('query-status');
      const sources = (await run('operate-source show')).json.sources.map((s) => `${s.source} ${s.worker}`);
      assert.deepEqual(sources, ['mysql-replica-01 worker1', 'mysql-replica-03 worker2']);
      await run('operate-source stop mysql-replica-03');
      assert.equal((await run('transfer-source mysql-replica-01 worker2')).json.result, true);
      assert.equal(state.sources.get('mysql-replica-01')?.worker, 'worker2');
    });
  });

  it('takes a worker offline that does not answer, after 55 s', async () => {
    await withSandbox({ down: ['127.0.0.1:8263'] }, async ({ run, wait }) => {
      await run('start-task task.yaml');
      assert.match((await run('query-status demo')).text, /code=38008/);
      assert.match((await run('offline-member --worker --name worker2')).text, /code=46005/);
      wait(56);
      assert.match((await run('list-member --worker')).text, /"stage": "offline"/);
      assert.match((await run('query-status demo')).text, /code=38029/);
      assert.match((await run('query-status')).text, /source not bound/);
      assert.match((await run('offline-member --worker --name worker2')).text, /"result": true/);
    });
  });

  it('has a leader, which can be evicted', async () => {
    await withSandbox({ masters: 3 }, async ({ run }) => {
      const leader = async () => (await run('list-member --leader', 1)).json.members[0]?.leader.name;
      assert.equal(await leader(), 'master1');
      assert.equal((await run('operate-leader evict')).json.result, true);
      assert.equal(await leader(), 'master2');
      await run('operate-leader evict', 1);
      await run('operate-leader evict', 2);
      const refused = await run('pause-task demo');
      assert.match(refused.text, /code=38043/);
      assert.equal(refused.status, 1);
      await run('operate-leader cancel-evict', 2);
      assert.equal(await leader(), 'master3');
    });
  });

  it('shows configurations without passwords', async () => {
    await withSandbox({}, async ({ run }) => {
      await run('start-task task.yaml');
      assert.match((await run('config task demo')).json.cfg, /^name: demo\n[\s\S]*password: '\*{6}'[\s\S]*route-01/);
      assert.match((await run('config source mysql-replica-01')).json.cfg, /password: '\*{6}'/);
      assert.match((await run('config master master1')).json.cfg, /^name = "master1"$/m);
      assert.equal((await run('config task nosuch')).json.msg, 'task not found');
    });
  });

  it('shows and sets the tables of the schema tracker while the task is paused', async () => {
    await withSandbox({ demos: false }, async ({ run, wait }) => {
      await run('start-task task.yaml');
      wait(22);
      const list = 'binlog-schema list demo shop orders -s mysql-replica-01';
      assert.match(messages(await run(list))[0] ?? '', /code=40051/);
      await run('pause-task demo');
      assert.match(messages(await run(list))[0] ?? '', /^CREATE TABLE `orders` \( `id` int\(11\) NOT NULL/);
      assert.match(messages(await run('binlog-schema list demo shop nosuch -s mysql-replica-01'))[0] ?? '', /code=10005/);
      assert.deepEqual(messages(await run('binlog-schema delete demo shop orders -s mysql-replica-01')), ['']);
    });
  });

  it('has the methods of a release only', async () => {
    for (const [release, code] of [
      ['8.5.0', undefined],
      ['6.5.0', status.UNIMPLEMENTED],
    ] as const) {
      const { address, close } = await startSandbox({ listen: '127.0.0.1:0', release });
      const client = new Client(address, credentials.createInsecure());
      const same = (bytes: Buffer) => bytes;
      const failed = await new Promise<number | undefined>((resolve) => {
        client.makeUnaryRequest('/pb.Master/Encrypt', same, same, Buffer.alloc(0), (error) => resolve(error?.code));
      });
      client.close();
      await close();
      assert.equal(failed, code, release);
    }
  });

  it('runs tasks from the start', async () => {
    await withSandbox({ tasks: 3, workers: 4 }, async ({ run }) => {
      const { tasks } = (await run('query-status')).json;
      assert.deepEqual(
        tasks.map((t) => `${t.taskName} ${t.taskStatus} ${t.sources.length}`),
        ['task-01', 'task-02', 'task-03'].map((name) => `${name} Running 4`),
      );
    });
  });
});
