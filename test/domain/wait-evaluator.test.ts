// What a wait concludes from successive answers, second by second.

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

/** A cluster of these; one with `trouble` is a worker that does not answer. */
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

/** The verdicts on answers that come a second apart; each step lasts for so many rounds. */
function verdicts(
  goal: WaitCondition,
  steps: readonly (readonly [rounds: number, step: Step])[],
  workers: readonly string[] = [],
): WaitState[] {
  const { judge } = createWaitEvaluator({ condition: goal, task: 't', workers });
  const rounds = steps.flatMap(([n, step]) => Array.from({ length: n }, () => step));
  return rounds.map((step, i) => {
    const at = 1_000_000 + i * 1000;
    const round: Round = typeof step === 'string' ? { at, failed: step } : { at, cluster: step };
    return judge(round);
  });
}

/** The first verdict that ends the wait, and at which second. */
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
  ['running needs two looks', 'running', [[3, runs]], '1: reached, t is running on w1'],
  [
    'a glimpse of running between two errors is none',
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
    'running after an error has gone',
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
    'an error that DM gets over in time',
    'synced',
    [
      [38, broken],
      [9, runs],
    ],
    /^41: reached/,
  ],
  [
    'tries of DM do not begin the time anew',
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
  ['paused by hand is told with what helps', 'caught-up', [[9, held]], '3: never, t is paused on w1; resume-task t lets it go on'],
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
    'waiting for the relay is shown as paused and is not',
    'paused',
    [[9, cluster({ stage: 'Paused', health: 'stuck', why: 'waits for the relay' })]],
    /^not yet, w1: waits for the relay/,
  ],
  [
    'finished needs two looks',
    'finished',
    [
      [1, finished],
      [1, runs],
    ],
    /has no end; wait for it with --for caught-up/,
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
  ['a task that replicates has no end', 'finished', [[1, runs]], /^0: never, t replicates on w1/],
  [
    'a full task does not replicate',
    'caught-up',
    [[9, finished]],
    /^3: never, t has finished on w1: it loads and does not replicate; wait for it with --for finished/,
  ],
  ['a finished task does not run', 'running', [[9, finished]], /^3: never, t has finished on w1: it does not run any more/],
  [
    'stopped',
    'stopped',
    [
      [2, runs],
      [1, EMPTY],
    ],
    '2: reached, t is on no worker',
  ],
  ['not stopped yet', 'stopped', [[2, runs]], 'not yet, w1: still there: runs Sync'],
  ['no such task', 'running', [[20, EMPTY]], '10: never, no such task: t is on no worker; start-task begins one'],
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
  ['a master that stays away', 'running', [[40, AWAY]], '30: never, the DM-master has not answered for 30 s: connection refused'],
  [
    'a worker that is down may have a part',
    'running',
    [[99, cluster({}, { worker: 'w2', down: 'down' })]],
    'not yet, w2 does not answer (-w names the workers to wait for)',
  ],
  [
    'a part on a worker that is down is not stopped',
    'stopped',
    [[9, cluster({ worker: 'w2', down: 'down' })]],
    /^not yet, w2 does not answer/,
  ],
  ['all parts count', 'running', [[9, cluster({}, { worker: 'w2', unit: '-', stage: 'New', health: 'starting' })]], 'not yet, w2: is New'],
  ['other tasks do not', 'running', [[2, cluster({}, { worker: 'w2', task: 'u', stage: 'Paused', health: 'held' })]], /^1: reached/],
  ['synced at once', 'synced', [[1, cluster({ synced: true }, { worker: 'w2', synced: true })]], '0: reached, t is synced on w1 and w2'],
  ['synced may never come on a quiet source', 'synced', [[99, cluster({})]], 'not yet, w1: not synced'],
  ['the checkpoint is at the mark, twice', 'caught-up', [[9, cluster({})]], '1: reached, t is caught up on w1'],
  [
    'the mark is where the upstream was at first, so a busy one is no hindrance',
    'caught-up',
    [...Array(60).keys()].map((i) => [1, cluster({ master: at(5000 + i), at: i < 30 ? at(4000) : relayed(5001) })] as const),
    '31: reached, t is caught up on w1',
  ],
  [
    'synced alone says nothing',
    'caught-up',
    [[9, cluster({ synced: true, at: at(4520) })]],
    'not yet, w1: the checkpoint is before the mark',
  ],
  [
    'quiet alone says nothing either: nobody can know',
    'caught-up',
    [[60, cluster({ at: at(4520) })]],
    '35: uncertain, cannot be certain: no change for 35 s, and the last checkpoint on w1 is 480 bytes before the mark. Write a row upstream, or use --flush.',
  ],
  [
    'the time begins anew whenever anything moves',
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
    'one that moves keeps the others from ending the wait',
    'caught-up',
    [...Array(60).keys()].map((i) => [1, cluster({ at: at(1) }, { worker: 'w2', at: at(1), events: i })] as const),
    /^not yet, w1 and w2: the checkpoint/,
  ],
  [
    'the worst of several is named',
    'caught-up',
    [[60, cluster({ at: at(4520) }, { worker: 'w2', at: '(mysql-bin|000001.000001, 99)' }, { worker: 'w3' })]],
    /^35: uncertain, .* the last checkpoint on w2 \(1 more like it\) is 2 files before the mark/,
  ],
  [
    'a sub task that loads at first has its mark from its relay',
    'caught-up',
    [
      [5, cluster({ unit: 'Load' })],
      [9, cluster({ master: at(9999), at: END })],
    ],
    '6: reached, t is caught up on w1',
  ],
  [
    'names of files grow by a digit',
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
    'and are not compared as texts',
    'caught-up',
    [[9, cluster({ master: '(mysql-bin.1000000, 4)', at: '(mysql-bin|000001.999999, 600)', relay: { at: '(mysql-bin.1000000, 4)' } })]],
    /^not yet, w1: the checkpoint/,
  ],
  [
    'a checkpoint of another relay log cannot be compared',
    'caught-up',
    [[60, cluster({ at: relayed(9000), relay: { subDir: 'uuid.000002' } })]],
    /^35: uncertain, .* the last checkpoint on w1 cannot be compared with the position of the upstream\. Write a row upstream, or use --flush\.$/,
  ],
  [
    'nor can one of a dump, once there has been another relay log',
    'caught-up',
    [[60, cluster({ relay: { subDir: 'uuid.000002' } })]],
    /^35: uncertain/,
  ],
  [
    'one of this relay log can',
    'caught-up',
    [[9, cluster({ at: '(mysql-bin|000002.000003, 5000)', relay: { subDir: 'uuid.000002' } })]],
    /^1: reached/,
  ],
  [
    'a relay that begins another directory',
    'caught-up',
    [
      [5, cluster({ at: at(1), relay: { subDir: 'uuid.000001' } })],
      [5, cluster({ at: '(mysql-bin|000002.000009, 4)', relay: { subDir: 'other.000002' } })],
    ],
    '5: uncertain, cannot be certain: on w1 the relay has begun another directory (other.000002, before uuid.000001), so positions cannot be compared. Wait again.',
  ],
  [
    'an upstream whose binlog has started over',
    'caught-up',
    [
      [5, cluster({ at: at(1) })],
      [5, cluster({ at: at(1), master: '(mysql-bin.000001, 154)' })],
    ],
    /^5: uncertain, cannot be certain: on w1 the binlog of the upstream has started over \(\(mysql-bin\.000001, 154\), before/,
  ],
  [
    'not while its relay is behind',
    'caught-up',
    [[60, cluster({ synced: true, relay: { at: at(4000), caughtUp: false } })]],
    'not yet, w1: its relay is behind the upstream',
  ],
  [
    'not while the upstream does not tell where it is',
    'caught-up',
    [[60, cluster({ master: '(, 0)', relay: { master: '(, 0)' } })]],
    "not yet, w1: the upstream's position is not known",
  ],
  [
    'not after an error that DM may try again',
    'caught-up',
    [
      [2, broken],
      [2, runs],
    ],
    'not yet, w1: in an error, DM tries again by itself',
  ],
  [
    'not while a lock is waited for',
    'caught-up',
    [[60, cluster({ synced: true, health: 'stuck', why: 'waits for a DDL lock' })]],
    'not yet, w1: waits for a DDL lock',
  ],
  [
    'not in the middle of a sharding DDL',
    'caught-up',
    [[60, cluster({ synced: true, groups: 1 })]],
    /^not yet, w1: waits for the other tables/,
  ],
  [
    'a relay does not go on by itself',
    'caught-up',
    [[9, cluster({ health: 'stuck', why: 'its relay is Paused', relay: { stage: 'Paused', health: 'held' } })]],
    '3: never, the relay of w1 is Paused and does not go on by itself; resume-relay -w w1 helps',
  ],
  [
    'an unknown worker',
    'running',
    [[1, { refused: 'w9 relevant worker-client not found', workers: [], subTasks: [] }]],
    '0: never, the DM-master says: w9 relevant worker-client not found',
    ['w9'],
  ],
  [
    'a refusal that nobody asked for',
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

test('what is missing stays the same while only numbers move', () => {
  const told = verdicts(
    'running',
    [0, 50, 100].map((done) => [1, cluster({ unit: 'Load', load: [done, 200] }, { worker: 'w2', unit: 'Dump' })]),
  );
  assert.ok(told.every((v) => v.kind !== 'never'));
  const loads = verdicts(
    'finished',
    [0, 50, 100].map((done) => [1, cluster({ unit: 'Load', load: [done, 200] })]),
  );
  assert.deepEqual(new Set(loads.map((v) => v.kind === 'not yet' && v.missing)), new Set(['w1: runs Load']));
});

test('the progress of a load is that of all its parts, with a rate and the time left', () => {
  const steps = [0, 100, 200].map(
    (done) => [1, cluster({ unit: 'Load', load: [done, 500] }, { worker: 'w2', unit: 'Load', load: [done, 500] })] as const,
  );
  const last = verdicts('finished', steps).at(-1);
  assert.deepEqual(last?.kind === 'not yet' && last.progress, { kind: 'load', done: 400, total: 1000, rate: 200, left: 3 });
});

test('the progress of replication is that of the part that is furthest behind; the end may move, too', () => {
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
