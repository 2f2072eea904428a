// The choices of guided prompts and their order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cluster, SubTask } from '../../src/domain/cluster.ts';
import { clusterChoices, matching } from '../../src/invoke/guided-choices.ts';

const sub = (task: string, worker: string, stage: string, health: SubTask['health'] = 'running'): SubTask => ({
  target: worker,
  task,
  worker,
  stage,
  health,
  source: '',
  unit: 'Sync',
  reason: '',
  errors: [],
  lock: '',
});

const cluster: Cluster = {
  refused: '',
  workers: [
    { target: 'w1', worker: 'w1', source: 's1', error: '' },
    { target: 'w2', worker: 'w2', source: 's2', error: 'gone' },
    { target: 'w3', worker: 'w3', source: '', error: '' },
  ],
  subTasks: [sub('b', 'w3', 'Running'), sub('b', 'w1', 'Paused', 'broken'), sub('a', 'w1', 'Running'), sub('c', 'w1', 'Paused', 'held')],
};
const labels = (...asked: Parameters<typeof clusterChoices>): string[] => clusterChoices(...asked).map((c) => c.label);

test('tasks are sorted by name with their state, and those that the command applies to come first', () => {
  const all = ['a (Running on 1 worker)', 'b (1 Running, 1 Paused; broken)', 'c (Paused on 1 worker)'];
  assert.deepEqual(labels('task', cluster, { task: '' }), all);
  const paused = labels('task', cluster, { task: '', appliesTo: ({ stage }) => stage === 'Paused' });
  assert.deepEqual(paused, [all[1], all[2], all[0]]);
});

test('workers have their source and their state in the task, and those that have the task come first', () => {
  assert.deepEqual(labels('worker', cluster, { task: '' }), ['w1 (s1)', 'w2 (s2; does not answer)', 'w3']);
  assert.deepEqual(labels('worker', cluster, { task: 'b' }), ['w1 (s1; b: Paused)', 'w3 (b: Running)', 'w2 (s2; does not answer)']);
  assert.deepEqual(labels('source', cluster, { task: '' }), ['s1 (w1)', 's2 (w2)']);
});

test('a text matches names and states, and a text without a match can be used unchanged', () => {
  const tasks = clusterChoices('task', cluster, { task: '' });
  assert.deepEqual(
    matching(tasks, 'BROKEN').map((c) => c.value),
    ['b'],
  );
  assert.deepEqual(matching(tasks, ' new '), [{ value: 'new', short: 'new', label: 'new (not in the list)' }]);
  assert.deepEqual(matching([], ''), []);
});
