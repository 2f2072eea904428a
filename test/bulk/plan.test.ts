// Plans of bulk operations, for each selection rule.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPlan, formatRemainder } from '../../src/bulk/format-plan.ts';
import { type BulkRequest, createPlan, needsCluster, type Plan, type SelectionRule } from '../../src/bulk/plan.ts';
import { Refusal } from '../../src/command/errors.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import type { Cluster, Health, SubTask } from '../../src/domain/cluster.ts';

const STANDS: Readonly<Record<string, [stage: string, health: Health]>> = {
  running: ['Running', 'running'],
  locked: ['Running', 'stuck'],
  held: ['Paused', 'held'],
  broken: ['Paused', 'broken'],
  waiting: ['Paused', 'stuck'],
  finished: ['Finished', 'finished'],
};

/** A cluster from lines such as "task@worker Stage". */
function cluster(
  parts: readonly string[],
  { unreachable = [], workers = ['w1', 'w2'] }: { unreachable?: string[]; workers?: string[] } = {},
): Cluster {
  return {
    refused: '',
    workers: workers.map((worker) => ({ target: worker, worker, source: '', error: unreachable.includes(worker) ? 'down' : '' })),
    subTasks: parts.map((text): SubTask => {
      const [, task = '', worker = '', standing = ''] = /^(.*)@(\S+) (\S+)$/.exec(text) ?? [];
      const [stage, health] = STANDS[standing] as [string, Health];
      return { target: worker, task, worker, source: '', stage, unit: 'Sync', health, reason: '', errors: [], lock: '' };
    }),
  };
}

function rule(command: string, problems = false): SelectionRule {
  const many = v1.commands.find((c) => c.name === command)?.bulk;
  assert.ok(many);
  const applies = problems ? many.isProblem : many.appliesTo;
  assert.ok(applies);
  return { applies, named: problems, ...(problems && { leavesPaused: (s: SubTask) => s.stage === 'Paused' && s.health === 'held' }) };
}

const all: BulkRequest = { names: [], workers: [] };
const asked = (...names: string[]): BulkRequest => ({ names, workers: [] });
const on = (workers: string[], ...names: string[]): BulkRequest => ({ names, workers });
/** "task" for a whole task, "task@w1,w2" for some workers. */
const items = ({ items: found }: Plan): string[] =>
  found.map((i) => [i.task, ...(i.workers.length > 0 ? [i.workers.join(',')] : [])].join('@'));

const MIXED = cluster([
  'run@w1 running',
  'lock@w1 locked',
  'hand@w1 held',
  'bad@w1 broken',
  'bad@w2 broken',
  'part@w1 broken',
  'part@w2 held',
  'wait@w1 waiting',
  'done@w1 finished',
  'some@w1 running',
  'some@w2 held',
]);

test('--all selects exactly what the command applies to', () => {
  assert.deepEqual(items(createPlan(all, rule('pause-task'), MIXED)), ['lock', 'run', 'some@w1']);
  assert.deepEqual(items(createPlan(all, rule('resume-task'), MIXED)), ['bad', 'hand', 'part', 'some@w2', 'wait']);
  assert.deepEqual(items(createPlan(all, rule('stop-task'), MIXED)), ['bad', 'done', 'hand', 'lock', 'part', 'run', 'some', 'wait']);
  assert.deepEqual(
    createPlan(all, rule('pause-task'), MIXED).skipped.map((l) => `${l.task} ${l.stages}`),
    ['bad Paused', 'done Finished', 'hand Paused', 'part Paused', 'wait Paused'],
  );
});

test('--problems selects sub tasks that an error has paused, and leaves those that a user paused unchanged', () => {
  const problems = rule('resume-task', true);
  assert.deepEqual(items(createPlan(all, problems, MIXED)), ['bad', 'part@w1']);
  assert.deepEqual(items(createPlan(asked('part', 'hand'), problems, MIXED)), ['part@w1'], 'named tasks are no exception');
  assert.deepEqual(items(createPlan(on(['w2']), problems, MIXED)), ['bad@w2']);
  assert.throws(() => createPlan(asked('nosuch'), problems, MIXED), /no task matches nosuch\. Nothing was sent\. The tasks are bad, done/);
});

test('--problems lists the sub tasks that a user paused, because it does not resume them', () => {
  const problems = rule('resume-task', true);
  const plan = createPlan(all, problems, MIXED);
  assert.deepEqual(formatRemainder(plan), [
    'paused by a user, not by an error, and left unchanged:',
    '  hand on w1',
    '  part on w2',
    '  some on w2',
    'unchanged: done (Finished), lock (Running), run (Running), wait (Paused)',
  ]);
  assert.deepEqual(formatRemainder(createPlan(on(['w1'], 'bad', 'hand'), problems, MIXED)).slice(1), ['  hand on w1']);
  const many = cluster(Array.from({ length: 7 }, (_, i) => `t${i}@w1 held`));
  assert.deepEqual(formatRemainder(createPlan(all, problems, many)).slice(-1), ['  … and 2 more']);
  assert.equal(formatRemainder(createPlan(all, problems, many), true).length, 8, 'a dry run shows all');
  assert.deepEqual(createPlan(all, rule('resume-task'), MIXED).pausedByHand, undefined, 'without --problems they are resumed');
});

test('names alone are sent unchanged, each once and in order, without the state of the cluster', () => {
  const pause = rule('pause-task');
  assert.equal(needsCluster(asked('b', 'a'), pause), false);
  assert.deepEqual(items(createPlan(asked('b', 'a', 'b'), pause)), ['b', 'a']);
  assert.deepEqual(items(createPlan(on(['w1', 'w2'], 'b', 'a'), pause)), ['b@w1,w2', 'a@w1,w2']);
  for (const needs of [all, asked('a', 'b*'), asked('?')]) assert.equal(needsCluster(needs, pause), true);
  assert.equal(needsCluster(asked('a', 'b'), rule('resume-task', true)), true);
});

test('a pattern matches names of tasks: * any text, ? one character, everything else is literal', () => {
  const names = cluster(['a-1@w1 running', 'a-10@w1 running', 'ab@w1 held', 'a.1@w1 running', '任务一@w1 running', '[x]@w1 running']);
  const found = (...globs: string[]): string[] => items(createPlan(asked(...globs), rule('pause-task'), names));
  assert.deepEqual(found('a*'), ['a-1', 'a-10', 'a.1'], 'what is not running is left');
  assert.deepEqual(found('a-?'), ['a-1']);
  assert.deepEqual(found('a.?'), ['a.1']);
  assert.deepEqual(found('任务?'), ['任务一']);
  assert.deepEqual(found('[x]*'), ['[x]']);
  assert.deepEqual(found('*1', 'a*'), ['a-1', 'a.1', 'a-10'], 'each once');
  assert.deepEqual(found('nosuch', 'a-?', 'ab'), ['nosuch', 'a-1', 'ab'], 'a name is sent whatever is known of it');
  assert.throws(
    () => found('b*'),
    (e) =>
      e instanceof Refusal && /^no task matches b\*\. Nothing was sent\. The tasks are \[x\], a-1, a-10, a\.1, ab, 任务一$/.test(e.message),
  );
});

test('a task with exactly the given name is selected, even if the name is a pattern', () => {
  const names = cluster(['a*@w1 held', 'ab@w1 running']);
  assert.deepEqual(items(createPlan(asked('a*'), rule('pause-task'), names)), ['a*']);
});

test('-w limits the selection, and an unknown worker is rejected', () => {
  assert.deepEqual(items(createPlan(on(['w1']), rule('pause-task'), MIXED)), ['lock@w1', 'run@w1', 'some@w1']);
  assert.deepEqual(items(createPlan(on(['w2'], 'part*', 'run*'), rule('resume-task'), MIXED)), ['part@w2']);
  assert.throws(
    () => createPlan(on(['w3', 'w1']), rule('pause-task'), MIXED),
    /has no worker w3\. Nothing was sent\. The workers are w1, w2/,
  );
});

test('workers that do not answer are reported, and then no task is sent as a whole', () => {
  const half = cluster(['t@w1 broken'], { unreachable: ['w2'] });
  const plan = createPlan(all, rule('resume-task', true), half);
  assert.deepEqual(items(plan), ['t@w1']);
  assert.deepEqual(plan.unreachable, ['w2']);
  assert.deepEqual(createPlan(on(['w1']), rule('resume-task'), half).unreachable, [], 'of a worker that is not meant nothing is said');
  assert.deepEqual(formatRemainder(plan), ['no answer from w2: its sub tasks are unknown']);
  assert.throws(
    () => createPlan(asked('x*'), rule('pause-task'), half),
    /no task matches x\*, but no answer from w2: its sub tasks are unknown\. Nothing was sent\. The tasks are t/,
  );
});

test('a plan has few lines, and its names cannot control a terminal', () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ task: `t${i}`, workers: [] }));
  const plan = { items: many, skipped: [], unreachable: [] };
  const lines = formatPlan('pause-task', plan, 4);
  assert.equal(lines[0], 'pause-task for 12 tasks, at most 4 at a time:');
  assert.deepEqual(lines.slice(-2), ['  t8', '  … and 3 more']);
  assert.equal(formatPlan('pause-task', plan, 4, true).length, 13);
  const odd = formatPlan('x', { items: [{ task: 'a\u001b[2J\nb', workers: ['w\u0007'] }], skipped: [], unreachable: [] }, 4);
  assert.deepEqual(odd, ['x for 1 task:', '  a\\u001b[2J b on w\\u0007']);
});

test('a very large number of workers, with and without names', { timeout: 60_000 }, () => {
  const workers = Array.from({ length: 100_000 }, (_, i) => `w${i}`);
  const parts = workers.map((worker) => `t@${worker} running`);
  const plan = createPlan({ names: ['t*'], workers }, rule('pause-task'), cluster(parts, { workers }));
  assert.equal(plan.items[0]?.workers.length, workers.length);
});
