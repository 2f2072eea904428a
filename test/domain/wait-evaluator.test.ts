// The verdicts of a wait on successive answers, one per second.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cluster, Health, Relay, SubTask } from '../../src/domain/cluster.ts';
import type { WaitCondition } from '../../src/domain/wait-conditions.ts';
import { createWaitEvaluator, type Round, type WaitState } from '../../src/domain/wait-evaluator.ts';

interface Part {
  stage?: string;
  unit?: string;
  health?: Health;
  why?: string;
  error?: string;
  synced?: boolean;
  events?: number;
  master?: string;
  at?: string;
  groups?: number;
  load?: readonly [done: number, total: number];
  relay?: Partial<Relay>;
  worker?: string;
  task?: string;
  down?: string;
}

const END = '(mysql-bin.000003, 5000)';
const at = (offset: number): string => `(mysql-bin.000003, ${offset})`;
const relayed = (offset: number): string => `(mysql-bin|000001.000003, ${offset})`;

function subTask({ stage = 'Running', unit = 'Sync', health = 'running', why = '', ...more }: Part): SubTask {
  return {
    target: more.worker ?? 'w1',
    task: more.task ?? 't',
    worker: more.worker ?? 'w1',
    source: 's1',
    stage,
    unit,
    health: more.error === undefined ? health : 'broken',
    reason: why,
    errors: more.error === undefined ? [] : [more.error],
    lock: '',
    ...(more.load && { load: { done: more.load[0], total: more.load[1] } }),
    ...(unit === 'Sync' && {
      sync: {
        events: more.events ?? 10,
        master: more.master ?? END,
        at: more.at ?? END,
        synced: more.synced ?? false,
        blocking: [],
        groups: more.groups ?? 0,
      },
    }),
  };
}

/** A cluster of these sub tasks. One with `down` is a worker that does not answer. */
function cluster(...parts: Part[]): Cluster {
  const relay = (p: Part): Relay => ({
    target: p.worker ?? 'w1',
    worker: p.worker ?? 'w1',
    source: 's1',
    stage: 'Running',
    health: 'running',
    subDir: '',
    at: END,
    master: END,
    caughtUp: true,
    errors: [],
    ...p.relay,
  });
  return {
    refused: '',
    workers: parts.map((p) => ({ target: p.worker ?? 'w1', worker: p.worker ?? 'w1', source: 's1', error: p.down ?? '', relay: relay(p) })),
    subTasks: parts.filter((p) => p.down === undefined).map(subTask),
  };
}

const EMPTY: Cluster = { refused: '', workers: [{ target: 'w1', worker: 'w1', source: 's1', error: '' }], subTasks: [] };
const AWAY = 'connection refused';
type Step = Cluster | typeof AWAY;

/** The verdicts on one answer per second. Each step lasts for so many rounds. */
function verdicts(
  goal: WaitCondition,
  steps: readonly (readonly [rounds: number, step: Step])[],
  workers: readonly string[] = [],
): WaitState[] {
  const { judge } = createWaitEvaluator({
    condition: goal,
    task: 't',
    workers,
    commands: { seeErrors: 'query-error <task>', resumeRelay: 'resume-relay -w <worker>' },
  });
  const rounds = steps.flatMap(([n, step]) => Array.from({ length: n }, () => step));
  return rounds.map((step, i) => {
    const at = 1_000_000 + i * 1000;
    const round: Round = typeof step === 'string' ? { at, failed: step } : { at, cluster: step };
    return judge(round);
  });
}

/** The first verdict that ends the wait, and its second. */
function end(...args: Parameters<typeof verdicts>): string {
  const all = verdicts(...args);
  const at = all.findIndex((v) => v.kind !== 'not yet');
  const last = all[at];
  if (last?.kind === 'reached') return `${at}: reached, ${last.how}`;
  if (last?.kind === 'never') return `${at}: never, ${last.why}`;
  if (last?.kind === 'uncertain') return `${at}: uncertain, ${last.why}`;
  const open = all.at(-1);
  return `not yet, ${open?.kind === 'not yet' ? open.missing : ''}`;
}

const runs = cluster({ synced: true });
const held = cluster({ stage: 'Paused', health: 'held' });
const broken = cluster({ stage: 'Paused', error: '[code=10006] Duplicate entry\nstack' });
const finished = cluster({ stage: 'Finished', unit: 'Load', health: 'finished', load: [10, 10] });
const dump = cluster({ unit: 'Dump' });

const TABLE: readonly [
  title: string,
  goal: WaitCondition,
  steps: Parameters<typeof verdicts>[1],
  wanted: string | RegExp,
  workers?: readonly string[],
][] = [
  ['running needs two polls', 'running', [[3, runs]], '1: reached, t is running on w1'],
  [
    'running for a moment between two errors does not count',
    'running',
    [
      [1, broken],
      [1, runs],
      [1, broken],
      [2, runs],
    ],
    /^not yet/,
  ],
  [
    'running after an error is gone',
    'running',
    [
      [2, broken],
      [9, runs],
    ],
    /^6: reached/,
  ],
  [
    'an error that stays',
    'running',
    [[60, broken]],
    /^45: never, t on w1 has been in an error for 45 s.*resume-task t.*: \[code=10006\] Duplicate entry$/,
  ],
  [
    'an error from which DM recovers in time',
    'synced',
    [
      [38, broken],
      [9, runs],
    ],
    /^41: reached/,
  ],
  [
    'retries of DM do not restart the time',
    'running',
    [
      [7, broken],
      [1, runs],
      [14, broken],
      [1, runs],
      [60, broken],
    ],
    /^45: never/,
  ],
  [
    'paused by a user: the message contains the command',
    'caught-up',
    [[9, held]],
    '3: never, t is paused on w1. Resume it with resume-task t',
  ],
  [
    'paused for an instant between units',
    'running',
    [
      [1, dump],
      [1, held],
      [2, runs],
    ],
    '3: reached, t is running on w1',
  ],
  [
    'paused',
    'paused',
    [
      [2, runs],
      [1, held],
    ],
    '2: reached, t is paused on w1',
  ],
  [
    'waiting for the relay has the stage Paused, but does not count as paused',
    'paused',
    [[9, cluster({ stage: 'Paused', health: 'stuck', why: 'waits for the relay' })]],
    /^not yet, w1: waits for the relay/,
  ],
  [
    'finished needs two polls',
    'finished',
    [
      [1, finished],
      [1, runs],
    ],
    /never finishes\. Use wait --for caught-up/,
  ],
  [
    'finished',
    'finished',
    [
      [3, dump],
      [2, finished],
    ],
    '4: reached, t is finished on w1',
  ],
  ['a task that replicates never finishes', 'finished', [[1, runs]], /^0: never, t replicates on w1/],
  [
    'a full task does not replicate',
    'caught-up',
    [[9, finished]],
    /^3: never, t has finished on w1: it only loads and does not replicate\. Use wait --for finished/,
  ],
  ['a finished task does not run', 'running', [[9, finished]], /^3: never, t has finished on w1 and no longer runs/],
  [
    'stopped',
    'stopped',
    [
      [2, runs],
      [1, EMPTY],
    ],
    '2: reached, t is on no worker',
  ],
  ['not stopped yet', 'stopped', [[2, runs]], 'not yet, w1: still exists: runs Sync'],
  ['no such task', 'running', [[20, EMPTY]], '10: never, no such task: t is on no worker. Start it with start-task'],
  [
    'a task that is started late',
    'running',
    [
      [8, EMPTY],
      [9, runs],
    ],
    /^9: reached/,
  ],
  [
    'a master that restarts',
    'running',
    [
      [20, AWAY],
      [2, runs],
    ],
    /^21: reached/,
  ],
  ['a master that stays down', 'running', [[40, AWAY]], '30: never, the DM-master has not answered for 30 s: connection refused'],
  [
    'a worker that is down may have a sub task',
    'running',
    [[99, cluster({}, { worker: 'w2', down: 'down' })]],
    'not yet, w2 does not answer (to wait only for some workers, use -w)',
  ],
  [
    'a sub task on a worker that is down is not stopped',
    'stopped',
    [[9, cluster({ worker: 'w2', down: 'down' })]],
    /^not yet, w2 does not answer/,
  ],
  [
    'all sub tasks count',
    'running',
    [[9, cluster({}, { worker: 'w2', unit: '-', stage: 'New', health: 'starting' })]],
    'not yet, w2: is New',
  ],
  ['other tasks do not', 'running', [[2, cluster({}, { worker: 'w2', task: 'u', stage: 'Paused', health: 'held' })]], /^1: reached/],
  ['synced at once', 'synced', [[1, cluster({ synced: true }, { worker: 'w2', synced: true })]], '0: reached, t is synced on w1 and w2'],
  ['synced may never come on a quiet source', 'synced', [[99, cluster({})]], 'not yet, w1: not synced'],
  ['the checkpoint is at the mark, twice', 'caught-up', [[9, cluster({})]], '1: reached, t is caught up on w1'],
  [
    'the mark is the first position of the upstream, so a busy upstream does not prevent success',
    'caught-up',
    [...Array(60).keys()].map((i) => [1, cluster({ master: at(5000 + i), at: i < 30 ? at(4000) : relayed(5001) })] as const),
    '31: reached, t is caught up on w1',
  ],
  [
    'synced alone proves nothing',
    'caught-up',
    [[9, cluster({ synced: true, at: at(4520) })]],
    'not yet, w1: the checkpoint is before the mark',
  ],
  [
    'no change alone proves nothing either: the result is uncertain',
    'caught-up',
    [[60, cluster({ at: at(4520) })]],
    '35: uncertain, uncertain: no change for 35 s, and the last checkpoint on w1 is 480 bytes before the mark. Write a row in the upstream, or use --flush.',
  ],
  [
    'the time restarts when anything moves',
    'caught-up',
    [
      [30, cluster({ at: at(1) })],
      [30, cluster({ at: at(1), events: 11 })],
      [30, cluster({ at: at(2), events: 11 })],
      [60, cluster({ at: at(2), events: 11, relay: { at: at(5001) } })],
    ],
    /^125: uncertain/,
  ],
  [
    'the wait does not end while one sub task moves',
    'caught-up',
    [...Array(60).keys()].map((i) => [1, cluster({ at: at(1) }, { worker: 'w2', at: at(1), events: i })] as const),
    /^not yet, w1 and w2: the checkpoint/,
  ],
  [
    'the message names the worst of several',
    'caught-up',
    [[60, cluster({ at: at(4520) }, { worker: 'w2', at: '(mysql-bin|000001.000001, 99)' }, { worker: 'w3' })]],
    /^35: uncertain, .* the last checkpoint on w2 \(and 1 more\) is 2 files before the mark/,
  ],
  [
    'a sub task that loads first takes its mark from its relay',
    'caught-up',
    [
      [5, cluster({ unit: 'Load' })],
      [9, cluster({ master: at(9999), at: END })],
    ],
    '6: reached, t is caught up on w1',
  ],
  [
    'file names get one more digit',
    'caught-up',
    [
      [3, cluster({ master: '(mysql-bin.999999, 700)', at: '(mysql-bin|000001.999999, 600)', relay: { at: '(mysql-bin.1000000, 4)' } })],
      [
        3,
        cluster({ master: '(mysql-bin.1000000, 900)', at: '(mysql-bin|000001.1000000, 154)', relay: { at: '(mysql-bin.1000000, 900)' } }),
      ],
    ],
    '4: reached, t is caught up on w1',
  ],
  [
    'file names are not compared as texts',
    'caught-up',
    [[9, cluster({ master: '(mysql-bin.1000000, 4)', at: '(mysql-bin|000001.999999, 600)', relay: { at: '(mysql-bin.1000000, 4)' } })]],
    /^not yet, w1: the checkpoint/,
  ],
  [
    'a checkpoint of another relay log cannot be compared',
    'caught-up',
    [[60, cluster({ at: relayed(9000), relay: { subDir: 'uuid.000002' } })]],
    /^35: uncertain, .* the last checkpoint on w1 cannot be compared with the position of the upstream\. Write a row in the upstream, or use --flush\.$/,
  ],
  [
    'nor can a checkpoint of a dump, after another relay log',
    'caught-up',
    [[60, cluster({ relay: { subDir: 'uuid.000002' } })]],
    /^35: uncertain/,
  ],
  [
    'a checkpoint of this relay log can',
    'caught-up',
    [[9, cluster({ at: '(mysql-bin|000002.000003, 5000)', relay: { subDir: 'uuid.000002' } })]],
    /^1: reached/,
  ],
  [
    'a relay that starts another directory',
    'caught-up',
    [
      [5, cluster({ at: at(1), relay: { subDir: 'uuid.000001' } })],
      [5, cluster({ at: '(mysql-bin|000002.000009, 4)', relay: { subDir: 'other.000002' } })],
    ],
    '5: uncertain, uncertain: on w1, the relay has started another directory (other.000002, previously uuid.000001), so positions cannot be compared. Wait again.',
  ],
  [
    'an upstream whose binlog has started over',
    'caught-up',
    [
      [5, cluster({ at: at(1) })],
      [5, cluster({ at: at(1), master: '(mysql-bin.000001, 154)' })],
    ],
    /^5: uncertain, uncertain: on w1, the binlog of the upstream has started over \(\(mysql-bin\.000001, 154\), previously/,
  ],
  [
    'not while its relay is behind',
    'caught-up',
    [[60, cluster({ synced: true, relay: { at: at(4000), caughtUp: false } })]],
    'not yet, w1: its relay is behind the upstream',
  ],
  [
    'not while the upstream does not report its position',
    'caught-up',
    [[60, cluster({ master: '(, 0)', relay: { master: '(, 0)' } })]],
    'not yet, w1: the position of the upstream is unknown',
  ],
  [
    'not after an error that DM may retry',
    'caught-up',
    [
      [2, broken],
      [2, runs],
    ],
    'not yet, w1: in an error, DM tries again automatically',
  ],
  [
    'not while it waits for a lock',
    'caught-up',
    [[60, cluster({ synced: true, health: 'stuck', why: 'waits for a DDL lock' })]],
    'not yet, w1: waits for a DDL lock',
  ],
  ['not during a sharding DDL', 'caught-up', [[60, cluster({ synced: true, groups: 1 })]], /^not yet, w1: waits for the other tables/],
  [
    'a relay does not resume automatically',
    'caught-up',
    [[9, cluster({ health: 'stuck', why: 'its relay is Paused', relay: { stage: 'Paused', health: 'held' } })]],
    '3: never, the relay of w1 is Paused and does not resume automatically. Use resume-relay -w w1',
  ],
  [
    'an unknown worker',
    'running',
    [[1, { refused: 'w9 relevant worker-client not found', workers: [], subTasks: [] }]],
    '0: never, the DM-master rejected the query: w9 relevant worker-client not found',
    ['w9'],
  ],
  [
    'a rejection without -w',
    'running',
    [
      [5, { refused: 'w1 relevant worker-client not found', workers: [], subTasks: [] }],
      [2, runs],
    ],
    /^6: reached/,
  ],
];

for (const [title, goal, steps, wanted, workers] of TABLE) {
  test(`${goal}: ${title}`, () => {
    const ended = end(goal, steps, workers);
    if (typeof wanted === 'string') assert.equal(ended, wanted);
    else assert.match(ended, wanted);
  });
}

test('the missing state stays the same while only numbers change', () => {
  const all = verdicts(
    'running',
    [0, 50, 100].map((done) => [1, cluster({ unit: 'Load', load: [done, 200] }, { worker: 'w2', unit: 'Dump' })]),
  );
  assert.ok(all.every((v) => v.kind !== 'never'));
  const loads = verdicts(
    'finished',
    [0, 50, 100].map((done) => [1, cluster({ unit: 'Load', load: [done, 200] })]),
  );
  assert.deepEqual(new Set(loads.map((v) => v.kind === 'not yet' && v.missing)), new Set(['w1: runs Load']));
});

test('the progress of a load includes all sub tasks, with a rate and the remaining time', () => {
  const steps = [0, 100, 200].map(
    (done) => [1, cluster({ unit: 'Load', load: [done, 500] }, { worker: 'w2', unit: 'Load', load: [done, 500] })] as const,
  );
  const last = verdicts('finished', steps).at(-1);
  assert.deepEqual(last?.kind === 'not yet' && last.progress, { kind: 'load', done: 400, total: 1000, rate: 200, left: 3 });
});

test('the progress of replication is that of the sub task that is furthest behind, even if the end moves', () => {
  const steps = [0, 1, 2].map(
    (i) =>
      [
        1,
        cluster(
          { at: END },
          { worker: 'w2', at: `(mysql-bin|000001.000003, ${1000 + 300 * i})`, master: `(mysql-bin.000003, ${4000 + 100 * i})` },
        ),
      ] as const,
  );
  const last = verdicts('synced', steps).at(-1);
  assert.deepEqual(last?.kind === 'not yet' && last.progress, {
    kind: 'sync',
    at: '(mysql-bin|000001.000003, 1600)',
    master: '(mysql-bin.000003, 4200)',
    behind: { files: 0, bytes: 2600 },
    share: 1600 / 4200,
    rate: 300,
    left: 13,
  });
  const [files] = verdicts('synced', [[1, cluster({ at: '(mysql-bin|000001.000001, 10)' })]]);
  assert.deepEqual(files?.kind === 'not yet' && files.progress?.kind === 'sync' && files.progress.behind, { files: 2, bytes: 0 });
});
