import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance } from '../../../src/sandbox/v2/advance.ts';
import { createState } from '../../../src/sandbox/v2/cluster.ts';
import { describeSandbox } from '../../../src/sandbox/v2/describe.ts';
import { SAMPLE_TASK } from '../../../src/sandbox/v2/sample-task.ts';
import { readToml } from '../../../src/text/toml.ts';
import { ask } from './ask.ts';

describe('sandbox of DM 2.0 and later: the machine', () => {
  it('shows the same whether it is asked often or once', () => {
    const [often, once] = [createState(), createState()];
    for (const state of [often, once]) ask(state, 'StartTask', { task: SAMPLE_TASK }, 0);
    for (let now = 0; now <= 120_000; now += 173) advance(often, now);
    const shown = (state: typeof often) => ask(state, 'QueryStatus', {}, 121_000).sources;
    assert.deepEqual(shown(once), shown(often));
    assert.equal(shown(once)[0]?.subTaskStatus[0]?.unit, 'Sync');
  });

  it('resumes a task whose upstream is back', () => {
    const state = createState({ dumpMs: 0, loadMs: 0, demos: false });
    ask(state, 'StartTask', { task: SAMPLE_TASK }, 0);
    const stage = (now: number) => {
      const task = ask(state, 'QueryStatus', { name: 'demo' }, now).sources[0]?.subTaskStatus[0];
      return `${task?.stage} ${task?.result?.errors[0]?.ErrCode ?? '-'} ${task?.sync?.masterBinlog === '' ? 'no position' : 'position'}`;
    };
    const upstream = state.sources.get('mysql-replica-01')?.upstream ?? assert.fail();
    assert.equal(stage(1000), 'Running - position');
    upstream.up = false;
    assert.equal(stage(2000), 'Paused 10001 no position');
    upstream.up = true;
    assert.equal(stage(3000), 'Paused 10001 position');
    assert.equal(stage(8000), 'Running - position');
  });

  it('begins an incremental task at its meta', () => {
    const state = createState({ demos: false, trafficMs: 1000 });
    advance(state, 5000);
    const meta = '{source-id: mysql-replica-01, meta: {binlog-name: mysql-bin.000001, binlog-pos: 3472}, ';
    const task = SAMPLE_TASK.replace('task-mode: all', 'task-mode: incremental').replace(
      '- source-id: mysql-replica-01\n    route',
      `- ${meta}route`,
    );
    const inline = task.replace(/(pos: 3472\}, route-rules: \[.*?\])\n[\s\S]*?(?= {2}- source-id: mysql-replica-02)/, '$1}\n');
    assert.equal(ask(state, 'StartTask', { task: inline }, 5000).result, true);
    const [first, second] = ask(state, 'QueryStatus', { name: 'demo' }, 5000).sources.map((s) => s.subTaskStatus[0]?.sync?.totalEvents);
    assert.deepEqual([first, second], [5n, 0n]);
  });

  it('encrypts each time anew, and hides passwords', () => {
    const state = createState();
    const texts = [1, 2].map(() => ask(state, 'Encrypt', { plaintext: 'abc' }, 0).ciphertext);
    assert.match(texts[0] ?? '', /^[\w+/]{24,}=*$/);
    assert.notEqual(texts[0], texts[1]);
    ask(state, 'StartTask', { task: SAMPLE_TASK }, 0);
    const configs = ask(state, 'ListTaskConfigs', {}, 0).taskConfigs as unknown as { key: string; value: string }[];
    assert.equal(configs[0]?.key, 'demo');
    assert.match(configs[0]?.value ?? '', /password: [\w+/]{20,}/);
  });

  it('keeps the configurations in its key-value store for an export before 8.0', () => {
    const state = createState({ release: '6.5.0' });
    ask(state, 'StartTask', { task: SAMPLE_TASK }, 0);
    const range = (from: string, to: string) =>
      ask(state, 'Range', { key: Buffer.from(from), range_end: Buffer.from(to) }, 0).kvs.map((kv) => Buffer.from(kv.value).toString());
    const [subTask = '', ...more] = range('/dm-master/upstream/subtask/', '/dm-master/upstream/subtask0');
    assert.equal(more.length, 1);
    assert.deepEqual([readToml(subTask).name, readToml(subTask)['source-id']], ['demo', 'mysql-replica-01']);
    assert.equal(range('/dm-master/v2/upstream/config/', '/dm-master/v2/upstream/config0').length, 2);
  });

  it('describes itself', () => {
    const state = createState({ workers: 3, down: ['127.0.0.1:8263'], release: '6.5.0' });
    const lines = describeSandbox(['127.0.0.1:8261'], state, { tasks: 2 });
    assert.match(lines[0] ?? '', /DM-master 6\.5\.0 .*127\.0\.0\.1:8261/);
    assert.deepEqual(lines.slice(2, 6), [
      '  mysql-replica-01  worker1 127.0.0.1:8262',
      '  mysql-replica-02  worker2 127.0.0.1:8263',
      '    (does not answer)',
      '  mysql-replica-03  worker3 127.0.0.1:8264',
    ]);
    assert.ok(lines.some((line) => line.includes('task-01 to task-02')));
    assert.ok(lines.every((line) => line.length <= 80));
  });
});
