// Rows and columns that a user selects: --filter, --sort-by, --columns, -o csv and tsv, --by task, several tasks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema as laterSchema } from '../../src/wire/generated/v2.ts';
import { answer, answerIn, type Reply, type Result, requests, runProgram, type World, withMaster } from '../harness/run.ts';

const at = (offset: number): string => `(mysql-bin.000003, ${offset})`;
const synced = (offset: number): object => ({ masterBinlog: at(9000), syncerBinlog: at(offset), totalEvents: 7n });

/** Tasks a, b and c: a is broken on w1 and 8,000 bytes behind there; b is paused; c, with a comma in its name, loads. */
const STATUS = answer('QueryStatus', {
  result: true,
  workers: [
    {
      result: true,
      worker: 'w1',
      sourceID: 's1',
      subTaskStatus: [
        { name: 'a', stage: 'Paused', unit: 'Sync', sync: synced(1000), result: { errors: [{ msg: '[code=10006:class=database] bad' }] } },
        { name: 'b', stage: 'Paused', unit: 'Sync', sync: synced(9000) },
        { name: 'c,"d"', stage: 'Running', unit: 'Load', load: { finishedBytes: 1n, totalBytes: 4n } },
      ],
    },
    { result: true, worker: 'w2', sourceID: 's2', subTaskStatus: [{ name: 'a', stage: 'Running', unit: 'Sync', sync: synced(6000) }] },
  ],
});

async function seen(
  words: string,
  world: World = {},
  reply: Reply = STATUS,
): Promise<Result & { asked: readonly (readonly [string, object])[] }> {
  return await withMaster(
    () => reply,
    async (master) => ({
      ...(await runProgram(['-master-addr', master.address, ...words.split(' ')], world)),
      asked: requests(master),
    }),
  );
}

/** The rows of CSV with only some columns. */
const rows = async (words: string): Promise<string[]> =>
  (await seen(`query-status -o csv --columns task,worker ${words}`)).stdout.split('\r\n').slice(1, -1);

test('--filter compares texts, words for states, and amounts with their unit', async () => {
  assert.deepEqual(await rows('--filter state=paused'), ['a,w1', 'b,w1']);
  assert.deepEqual(await rows('--filter state=broken'), ['a,w1']);
  assert.deepEqual(await rows('--filter state=paused,lag>1KiB'), ['a,w1']);
  assert.deepEqual(await rows('--filter lag<=3000'), ['a,w2', 'b,w1']);
  assert.deepEqual(await rows('--filter task=a|b,worker!=w2'), ['a,w1', 'b,w1']);
  assert.deepEqual(await rows('--filter task=c*'), ['"c,""d""",w1']);
  assert.deepEqual(await rows('--filter error='), ['a,w2', 'b,w1', '"c,""d""",w1']);
});

test('--sort-by sorts by several columns, in both directions; rows without an amount come last', async () => {
  assert.deepEqual(await rows('--sort-by -lag'), ['a,w1', 'a,w2', 'b,w1', '"c,""d""",w1']);
  assert.deepEqual(await rows('--sort-by lag'), ['b,w1', 'a,w2', 'a,w1', '"c,""d""",w1']);
  assert.deepEqual(await rows('--sort-by worker,-task'), ['"c,""d""",w1', 'b,w1', 'a,w1', 'a,w2']);
});

test('names with numbers are sorted in their natural order', async () => {
  const tasks = ['t10', 't9', 't1'].map((name) => ({ name, stage: 'Running', unit: 'Sync' }));
  const reply = answer('QueryStatus', { result: true, workers: [{ result: true, worker: 'w', subTaskStatus: tasks }] });
  const { stdout } = await seen('query-status --sort-by task --columns task -o tsv', {}, reply);
  assert.equal(stdout, 'task\r\nt1\r\nt9\r\nt10\r\n');
});

test('a table shows the chosen columns in their order, and how many rows match', async () => {
  const { stdout, status } = await seen('query-status --filter lag>0 --columns lag,task,ddl-lock');
  assert.match(stdout, /^ +LAG {2}TASK {2}DDL LOCK\n7\.8 KiB {2}a\n2\.9 KiB {2}a\n\n/);
  assert.match(stdout, /\n2 of 4 rows match the filter; 4 sub tasks: 1 broken, 1 paused, 2 running\n$/);
  assert.equal(status, 0);
});

test('a note is hidden with its row', async () => {
  assert.match((await seen('query-status --filter task=a')).stdout, /✗ a on w1: 10006/);
  assert.doesNotMatch((await seen('query-status --filter task=b')).stdout, /10006/);
});

test('csv has all columns, plain amounts, quotes where RFC 4180 demands them; a reader of CSV gets every value back', async () => {
  const { stdout } = await seen('query-status -o csv');
  const [head, first] = stdout.split('\r\n');
  assert.equal(head, 'task,worker,source,stage,unit,progress,lag,error,synced,master-binlog,syncer-binlog,ddl-lock');
  assert.equal(first, 'a,w1,s1,Paused,Sync,7 events,8000,database 10006,no,"(mysql-bin.000003, 9000)","(mysql-bin.000003, 1000)",');
});

test('csv shows control characters as codes on a terminal only', async () => {
  const reply = answer('QueryStatus', {
    result: true,
    workers: [{ result: true, worker: 'w', subTaskStatus: [{ name: '\u001b[2J', stage: 'Running', unit: 'Sync' }] }],
  });
  assert.equal((await seen('query-status -o csv --columns task', {}, reply)).stdout.includes('\u001b'), true);
  assert.equal((await seen('query-status -o csv --columns task', { tty: ['stdout'] }, reply)).stdout.includes('\u001b'), false);
});

for (const [words, why] of [
  ['--filter lag', /"lag" has no operator: write COLUMN=VALUE/],
  ['--filter a=b,,c=d', /has an empty item/],
  ['--sort-by -', /"" is not a name of a column/],
  ['--columns task --output json', /--columns works with --output table, wide, name, csv or tsv, not with --output json/],
  ['--filter task=a --query $.x', /--filter works with .* not with --query/],
] as const) {
  test(`query-status ${words} is rejected, and nothing is sent`, async () => {
    const { stderr, status, asked } = await seen(`query-status ${words}`);
    assert.match(stderr, why);
    assert.deepEqual([status, asked], [2, []]);
  });
}

test('an unknown column and a wrong unit are errors that show what exists', async () => {
  assert.match((await seen('query-status --filter tsk=a')).stderr, /no column "tsk": did you mean "task"\? The columns are task, worker/);
  assert.match((await seen('query-status --filter lag>5m')).stderr, /--filter: lag: "5m" is not a size, such as 64KiB or 1MiB/);
});

test('a selection of rows never looks like a selection of what to change', async () => {
  for (const line of ['pause-task a --filter state=running', 'stop-task --all --yes --sort-by task']) {
    const { stderr, status, asked } = await seen(line);
    assert.match(stderr, /select what is shown, but (pause|stop)-task changes the cluster\. Nothing was sent/);
    assert.deepEqual([status, asked], [2, []]);
  }
});

test('--by task shows one row per task, with its worst state and largest lag', async () => {
  const { stdout, asked } = await seen('query-status --by task');
  const lines = stdout.split('\n');
  assert.match(lines[0] ?? '', /^TASK +STATUS +SUB TASKS +LAG +WORKERS +ERROR$/);
  assert.match(lines[1] ?? '', /^a +✗ Paused +1 broken, 1 running +7\.8 KiB +w1 w2 +database 10006$/);
  assert.deepEqual(asked, [['QueryStatus', {}]]);
  const values = JSON.parse((await seen('query-status --by task -o json')).stdout);
  assert.deepEqual(
    values.map((v: { task: string; subTasks: object; lagBytes: number | null }) => [v.task, v.subTasks, v.lagBytes]),
    [
      ['a', { broken: 1, running: 1 }, 8000],
      ['b', { held: 1 }, 0],
      ['c,"d"', { running: 1 }, null],
    ].sort(([x], [y]) => (x === 'a' ? -1 : y === 'a' ? 1 : 0)),
  );
});

test('several names and patterns select tasks in one call; a name that no task has is a failure', async () => {
  const { stdout, status, asked } = await seen('query-status a c* -o name');
  assert.equal(stdout, 'a\nc,"d"\n');
  assert.equal(status, 0);
  assert.deepEqual(asked, [['QueryStatus', {}]]);
  const failed = await seen('query-status a nosuch -o table');
  assert.match(failed.stdout, /✗ no task nosuch\n/);
  assert.equal(failed.status, 1);
});

test('several names without a flag of ours are what the original rejects', async () => {
  const { stderr, status, asked } = await seen('query-status a b');
  assert.match(stderr, /query-status takes at most 1 argument: unexpected "b"/);
  assert.deepEqual([status, asked], [2, []]);
});

test('--max-lag fails if a sub task is further behind, and says which', async () => {
  const late = await seen('query-status a b --max-lag 4KiB');
  assert.match(late.stdout, /! the lag of 1 sub task is above 4KiB, or unknown: a on w1\n/);
  assert.equal(late.status, 1);
  assert.equal((await seen('query-status b* --max-lag 4KiB')).status, 0);
  const { stderr, status } = await seen('query-status b --max-lag 30s');
  assert.match(stderr, /DM 1\.0 does not report seconds\. Nothing was sent\. Use bytes of the binlog/);
  assert.equal(status, 2);
});

/** DM 2.0 and later: seconds while a sub task runs; DM keeps the last value of a paused one. */
const LATER = answerIn(laterSchema, 'QueryStatus', {
  result: true,
  sources: [
    {
      result: true,
      sourceStatus: { source: 's1', worker: 'w1' },
      subTaskStatus: [
        { name: 'a', stage: 'Running', unit: 'Sync', sync: { ...synced(1000), secondsBehindMaster: 75n, recentRps: 1200n } },
        { name: 'b', stage: 'Paused', unit: 'Sync', sync: { ...synced(1000), secondsBehindMaster: 0n } },
        { name: 'c', stage: 'Running', unit: 'Dump', dump: { finishedRows: 500, estimateTotalRows: 2000, finishedBytes: 9, bps: 2048n } },
        { name: 'd', stage: 'Running', unit: 'Load', load: { finishedBytes: 1n, totalBytes: 4096n, bps: 3072n } },
      ],
    },
  ],
});

const later = async (words: string): Promise<Result> =>
  await withMaster(
    () => LATER,
    (master) => runProgram(['-master-addr', master.address, '-protocol', 'v2', ...words.split(' ')]),
  );

test('DM 2.0.7 and later: the lag in seconds while a sub task runs, otherwise in the binlog, and the speed of each unit', async () => {
  const { stdout } = await later('query-status -o table');
  assert.match(stdout, /\na +w1 +s1 +▸ Running +Sync +7 events, 1,200 rows\/s +1 min 15 s\n/);
  assert.match(stdout, /\nb +w1 +s1 += Paused +Sync +7 events +7\.8 KiB\n/);
  assert.match(stdout, /\nc +w1 +s1 +▸ Running +Dump +25\.0% of 2,000 rows, 2\.0 KiB\/s\n/);
  assert.match(stdout, /\nd +w1 +s1 +▸ Running +Load +0\.0% of 4\.0 KiB, 3\.0 KiB\/s\n/);
  assert.equal((await later('query-status --filter lag>1m --columns task -o csv')).stdout, 'task\r\na\r\n');
  assert.equal((await later('query-status a* --max-lag 2m')).status, 0);
  assert.equal((await later('query-status a* --max-lag 1m')).status, 1);
  assert.equal((await later('query-status b* --max-lag 2m')).status, 1, 'the lag of a paused sub task is unknown');
});

test('a DDL lock that many workers wait for is reported once', async () => {
  const workers = Array.from({ length: 15 }, (_, i) => ({
    result: true,
    worker: `w${i}`,
    subTaskStatus: [
      {
        name: 't',
        stage: 'Running',
        unit: 'Sync',
        sync: { ...synced(9000), blockingDDLs: ['ALTER TABLE x ADD c INT'] },
        unresolvedDDLLockID: 't-`a`.`b`',
      },
    ],
  }));
  const { stdout } = await seen('query-status -o table', {}, answer('QueryStatus', { result: true, workers }));
  assert.match(stdout, /\n! t on w0, w1, w2 and 12 more: waits for a DDL lock \(t-`a`\.`b`\)\n {4}statement +ALTER TABLE x ADD c INT\n/);
  assert.equal(stdout.split('ALTER TABLE').length, 2);
});
