// The pure parts of top: its rows, its keys, its frame. The program on a terminal: test/pty/top.test.ts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'fast-string-width';
import { frameOf } from '../../src/builtins/top/frame.ts';
import { listOf, type Order } from '../../src/builtins/top/rows.ts';
import { follow, press, START, type TopState } from '../../src/builtins/top/state.ts';
import { totalsOf } from '../../src/builtins/top/totals.ts';
import type { Cluster, SubTask, Worker } from '../../src/domain/cluster.ts';
import { plain } from '../../src/full-screen/frame.ts';
import { readKeys } from '../../src/full-screen/keys.ts';
import { moved, visible } from '../../src/full-screen/scroll.ts';
import { paint } from '../../src/output/style.ts';
import type { Screen } from '../../src/output/table/table.ts';
import { byTask } from '../../src/presenters/tasks.ts';

const subTask = (task: string, worker: string, more: Partial<SubTask> = {}): SubTask => ({
  target: worker,
  task,
  worker,
  source: `s-${worker}`,
  stage: 'Running',
  unit: 'Sync',
  health: 'running',
  reason: '',
  errors: [],
  lock: '',
  sync: { events: 1, master: '(b.000001, 500)', at: '(b.000001, 500)', synced: true, blocking: [], groups: 0, lagSeconds: 0 },
  ...more,
});

const BROKEN = { stage: 'Paused', health: 'broken', errors: ['[code=10006:class=database] it broke'] } as const;
const worker = (name: string, error = ''): Worker => ({ target: name, worker: name, source: `s-${name}`, error });

const CLUSTER: Cluster = {
  refused: '',
  workers: [worker('w1'), worker('w2', 'it does not answer')],
  subTasks: [subTask('b', 'w1'), subTask('b', 'w2'), subTask('a', 'w1'), subTask('订单', 'w2', BROKEN)],
};

const list = (more: { filter?: string; order?: Order; open?: readonly string[]; names?: readonly string[] } = {}, cluster = CLUSTER) =>
  listOf(
    { cluster, groups: byTask(cluster.subTasks) },
    { names: more.names ?? [], filter: more.filter ?? '', order: more.order ?? 'state', open: new Set(more.open) },
  );
const keysOf = (...args: Parameters<typeof list>): string[] => list(...args).subjects.map((s) => s.key.replace('\n', ' on '));

test('a row per task, those with problems first, and below an open task its sub tasks', () => {
  assert.deepEqual(keysOf(), ['订单', 'a', 'b']);
  assert.deepEqual(keysOf({ open: ['b'] }), ['订单', 'a', 'b', 'b on w1', 'b on w2']);
  assert.deepEqual(keysOf({ names: ['b', 'x*'] }), ['b']);
});

test('it is sorted by name or by lag', () => {
  const late = {
    ...CLUSTER,
    subTasks: [...CLUSTER.subTasks, subTask('z', 'w1', { sync: { ...subTask('z', 'w1').sync, lagSeconds: 9 } as never })],
  };
  assert.deepEqual(keysOf({ order: 'name' }), ['a', 'b', '订单']);
  // The lag of a paused sub task is unknown, so it comes first.
  assert.deepEqual(keysOf({ order: 'lag' }, late).slice(0, 2), ['订单', 'z']);
});

test('a filter is a part of a text, or terms; a wrong term hides nothing and says what is wrong', () => {
  assert.deepEqual(keysOf({ filter: 'w2', open: ['b'] }), ['订单', 'b', 'b on w2']);
  assert.deepEqual(keysOf({ filter: 'BROKE' }), ['订单']);
  assert.deepEqual(keysOf({ filter: 'state=running,source=s-w2' }), ['b']);
  const wrong = list({ filter: 'nosuch=1' });
  assert.equal(wrong.subjects.length, 3);
  assert.match(wrong.problem, /there is no column "nosuch"/);
});

test('totals count what a person looks for first', () => {
  const texts = totalsOf({
    cluster: CLUSTER,
    groups: byTask(CLUSTER.subTasks),
    locks: [],
    masters: { leader: '', masters: [{ name: 'm', alive: false, addresses: [] }] },
  }).map((t) => t.text);
  assert.deepEqual(texts, [
    '3 tasks, 1 with problems',
    '4 sub tasks: 1 broken, 3 running',
    '2 workers, 1 down',
    '1 master, 1 down, no leader',
    '0 DDL locks',
    'lag 0 s',
  ]);
});

/** Presses keys on the list of the cluster. */
function after(...keys: string[]): TopState {
  let state = follow(START, list().subjects, 10);
  for (const key of keys) {
    const { subjects } = list({ filter: state.filter, order: state.order, open: [...state.open] });
    state = follow(press(state, key, { subjects, page: 10, lines: 50 }).state, subjects, 10);
  }
  return state;
}

const effectOf = (key: string, ...before: string[]): unknown => {
  const state = after(...before);
  const { subjects } = list({ filter: state.filter, order: state.order, open: [...state.open] });
  return press(state, key, { subjects, page: 10, lines: 50 }).effect;
};

test('keys move, open, sort and filter', () => {
  assert.equal(after('down', 'down').selected, 'b');
  assert.deepEqual([...after('end', 'right').open], ['b']);
  assert.deepEqual([...after('end', 'right', 'left').open], []);
  assert.equal(after('s').order, 'name');
  assert.equal(after('s', 's', 's').order, 'state');
  assert.equal(after('/', 'w', '2').filter, 'w2');
  assert.equal(after('/', '订', 'backspace', 'x', 'enter').filter, 'x');
  assert.equal(after('/', 'x', 'escape').filter, '');
  assert.equal(after('/', 'q').typing, 'q', 'q is a letter while a filter is typed');
});

test('q, Esc and Ctrl-C leave the list; Esc leaves a page first', () => {
  assert.deepEqual(
    ['q', 'escape', 'ctrl-c'].map((key) => effectOf(key)),
    ['quit', 'quit', 'interrupt'],
  );
  assert.equal(effectOf('escape', 'enter'), undefined);
  assert.equal(after('enter', 'escape').page, undefined);
  assert.equal(effectOf('q', '?'), 'quit');
});

test('the keys of commands act on the selected row, also in its details', () => {
  const effect = effectOf('p', 'down') as { action: string; subject: { task: string } };
  assert.deepEqual([effect.action, effect.subject.task], ['pause', 'a']);
  assert.equal((effectOf('r', 'enter') as { action: string }).action, 'resume');
  assert.equal(effectOf('p', '?'), undefined);
});

test('the selected row stays selected when rows move', () => {
  const state = after('down');
  assert.equal(state.selected, 'a');
  const { subjects } = list({ open: ['订单'] });
  assert.equal(subjects[follow(state, subjects, 10).list.cursor]?.task, 'a');
});

test('scrolling keeps the cursor visible and inside the list', () => {
  assert.deepEqual(moved({ cursor: 0, top: 0 }, 'page-down', 100, 10), { cursor: 10, top: 1 });
  assert.deepEqual(moved({ cursor: 0, top: 0 }, 'end', 100, 10), { cursor: 99, top: 90 });
  assert.deepEqual(moved({ cursor: 0, top: 0 }, 'up', 100, 10), { cursor: 0, top: 0 });
  assert.deepEqual(visible({ cursor: 50, top: 45 }, 3, 10), { cursor: 2, top: 0 });
  assert.equal(moved({ cursor: 0, top: 0 }, 'x', 100, 10), undefined);
});

test('bytes of a terminal become keys, also if they arrive in parts', () => {
  assert.deepEqual(readKeys('\u001b[A\u001bOB\u001b[5~q\r\u0003中').keys, ['up', 'down', 'page-up', 'q', 'enter', 'ctrl-c', '中']);
  assert.deepEqual(readKeys('\u001b[<64;1;1M\u001b[<65;1;1M\u001b[<0;1;1M').keys, ['wheel-up', 'wheel-down']);
  assert.deepEqual(readKeys('\u001b\u001b[B').keys, ['escape', 'down']);
  assert.deepEqual(readKeys('a\u001b['), { keys: ['a'], rest: '\u001b[' });
  assert.deepEqual(readKeys('\u001b'), { keys: [], rest: '\u001b' });
});

for (const [columns, rows] of [
  [60, 15],
  [100, 30],
  [200, 50],
  [300, 100],
] as const) {
  for (const color of [true, false]) {
    test(`a frame fills ${columns} columns and ${rows} rows ${color ? 'with' : 'without'} colors, also with Chinese names`, () => {
      const screen: Screen = { adviceOf: () => undefined, columns, paint: paint(color), wide: false };
      const many = {
        ...CLUSTER,
        subTasks: [...CLUSTER.subTasks, ...Array.from({ length: 200 }, (_, i) => subTask(`任务-${i}`, `w${i % 7}`))],
      };
      const shown = list({ open: ['b'] }, many);
      const { lines } = frameOf({
        state: follow(START, shown.subjects, 10),
        totals: totalsOf({ cluster: many, groups: byTask(many.subTasks), locks: [], masters: undefined }),
        list: shown,
        before: undefined,
        heading: { cluster: '127.0.0.1:8261  DM 8.5.0', status: 'every 2 s  10:00:00  5 ms', trouble: 'no answer' },
        pageLines: [],
        columns,
        rows,
        screen,
      });
      assert.equal(lines.length, rows);
      for (const line of lines) assert.ok(stringWidth(line) <= columns, `${stringWidth(line)}: ${line}`);
      assert.match(lines.join('\n'), /204 sub tasks: 1 broken/);
      assert.match(plain(lines.join('\n')), /订单 +✗ Paused/);
      if (!color) assert.equal(/\[3\d/.test(lines.join('')), false);
    });
  }
}
