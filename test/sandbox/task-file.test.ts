import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { Cluster } from './cluster.ts';
import { FILES } from './files.ts';

const PLAIN = FILES['plain1.yaml'] as string;
const SHARD = FILES['shard.yaml'] as string;
const INSTANCE = '{source-id: mysql-replica-01,';

/** The first line of the answer of CheckTask, without `[code=…]`, and the code. */
function check(task: string): [code: number, text: string] {
  const { result, msg } = new Cluster().ask('CheckTask', { task });
  const parts =
    /^\[code=(\d+):class=dm-master:scope=(?:internal|downstream):level=(?:medium|high)\] ([\s\S]*?)\ngithub\.com\/pingcap\/dm\//.exec(msg);
  assert.equal(result, parts === null);
  return parts ? [Number(parts[1]), parts[2] as string] : [0, msg];
}

describe('sandbox: task files', () => {
  const TABLE: [what: string, file: string, code: number, text: string | RegExp][] = [
    ['the sample file', SAMPLE_TASK, 0, 'check pass!!!'],
    [
      'an unknown key',
      `nosuch: 1\n${PLAIN}`,
      20003,
      'decode config from data: yaml: unmarshal errors:\n  line 1: field nosuch not found in type config.TaskConfig',
    ],
    ['an unknown key deeper', PLAIN.replace('port: 14000', 'prot: 1'), 20003, /line 5: field prot not found in type config\.DBConfig$/],
    ['a key named as an inherited property', `constructor: 1\n${PLAIN}`, 20003, /field constructor not found in type config\.TaskConfig$/],
    ['a wrong shape', PLAIN.replace('task-mode: all', 'task-mode: [all]'), 20003, /line 2: cannot unmarshal !!seq into string$/],
    ['a text where a number belongs', PLAIN.replace('14000', 'many'), 20003, /line 5: cannot unmarshal !!str `many` into int$/],
    ['not a mapping', 'hello', 20003, /line 1: cannot unmarshal !!str `hello` into config\.TaskConfig$/],
    ['an empty file', '', 20019, 'must specify a unique task name'],
    ['a file of comments', '# nothing\n', 20019, 'must specify a unique task name'],
    ['YAML 1.1', `${PLAIN}remove-meta: yes\n`, 0, 'check pass!!!'],
    ['two documents', `${PLAIN}---\nnosuch: 1\n`, 0, 'check pass!!!'],
    ['a number as a name', PLAIN.replace('name: plain1', 'name: 7'), 0, 'check pass!!!'],
    ['no mode', PLAIN.replace('task-mode: all\n', ''), 20020, 'please specify right task-mode, support `full`, `incremental`, `all`'],
    ['a checking item', `${PLAIN}ignore-checking-items: [nosuch]\n`, 20001, /^checking item nosuch is not supported\n/],
    ['an online DDL scheme', `${PLAIN}online-ddl-scheme: mine\n`, 20007, 'online scheme mine not supported'],
    ['no target', PLAIN.replace(/target-database: .*\n/, ''), 20021, 'must specify target-database'],
    ['no instances', PLAIN.replace(/mysql-instances:[\s\S]*/, ''), 20013, 'must specify at least one mysql-instances'],
    ['an empty instance', PLAIN.replace(/- \{source-id.*/, '-'), 20012, 'mysql-instance: 0th: mysql instance config must specify'],
    ['no source', PLAIN.replace('source-id: mysql-replica-01', 'source-id: ""'), 20005, 'mysql-instance: 0th: empty source-id not valid'],
    [
      'meta without a file',
      PLAIN.replace(INSTANCE, `${INSTANCE} meta: {binlog-pos: 4},`),
      20011,
      /0th: source mysql-replica-01: binlog-name must specify$/,
    ],
    [
      'a unit twice',
      PLAIN.replace(INSTANCE, `${INSTANCE} loader: {},`),
      20016,
      /0th: loader-config-name and loader should only specify one$/,
    ],
    [
      'a source twice',
      SHARD.replace('replica-02', 'replica-01'),
      20014,
      'mysql-instance (1) and (0) have same source-id (mysql-replica-01)',
    ],
    ['incremental', PLAIN.replace('mode: all', 'mode: incremental'), 20022, 'mysql-instance(0) must set meta for task-mode incremental'],
    ['a route', SHARD.replace('[shard-table,', '[nosuch,'), 20023, "mysql-instance(0)'s route-rules nosuch not exist in routes"],
    [
      'a filter',
      PLAIN.replace(INSTANCE, `${INSTANCE} filter-rules: [f],`),
      20024,
      "mysql-instance(0)'s filter-rules f not exist in filters",
    ],
    [
      'a column mapping',
      PLAIN.replace(INSTANCE, `${INSTANCE} column-mapping-rules: [c],`),
      20025,
      "mysql-instance(0)'s column-mapping-rules c not exist in column-mapping",
    ],
    ['a list', PLAIN.replace('list: lists,', 'list: nolist,'), 20026, "mysql-instance(0)'s list nolist not exist in black white list"],
    [
      'a mydumper',
      PLAIN.replace('mydumper-config-name: global', 'mydumper-config-name: m'),
      20027,
      "mysql-instance(0)'s mydumper config m not exist in mydumpers",
    ],
    ['a mydumper path', PLAIN.replace('./bin/mydumper', '""'), 20028, /^mysql-instance\(0\)'s mydumper-path must specify a valid path/],
    [
      'a loader',
      PLAIN.replace('loader-config-name: global', 'loader-config-name: l'),
      20029,
      "mysql-instance(0)'s loader config l not exist in loaders",
    ],
    [
      'a syncer',
      PLAIN.replace('syncer-config-name: global', 'syncer-config-name: s'),
      20030,
      "mysql-instance(0)'s syncer config s not exist in syncer",
    ],
    ['a time zone', PLAIN.replace('UTC', 'Moon/Base'), 20008, 'invalid timezone string: Moon/Base: unknown time zone Moon/Base'],
    [
      'a source without worker',
      PLAIN.replace('replica-01', 'replica-77'),
      20031,
      'source mysql-replica-77 in deployment configuration not found',
    ],
    [
      'a plain password',
      PLAIN.replace('password: ""', 'password: a-b'),
      20010,
      /^source mysql-replica-01: decrypt DB password a-b failed: \[code=11050.* at input byte 1$/,
    ],
    [
      'a target that is not there',
      PLAIN.replace('127.0.0.1', 'db.invalid'),
      26002,
      /^fail to initial checker: failed to open DSN root:\*\*\*@db\.invalid:14000: dial tcp: /,
    ],
    ['the same, unchecked', `${PLAIN.replace('127.0.0.1', 'db.invalid')}ignore-checking-items: [all]\n`, 0, 'check pass!!!'],
    [
      'the check that fails, left out',
      `${PLAIN.replace('plain1', 'check-fails')}ignore-checking-items: [binlog_row_image]\n`,
      0,
      'check pass!!!',
    ],
  ];
  for (const [what, file, code, text] of TABLE) {
    it(what, () => {
      const got = check(file);
      assert.equal(got[0], code);
      if (typeof text === 'string') assert.equal(got[1], text);
      else assert.match(got[1], text);
    });
  }

  it('reports the first of several errors, as DM does', () => {
    const both = PLAIN.replace('UTC', 'Moon/Base').replace('task-mode: all', 'task-mode: never');
    assert.equal(check(both)[0], 20020);
    assert.equal(check(`nosuch: 1\n${both}`)[0], 20003);
  });

  it('lists all items of a failed pre-check, each time in another order', () => {
    const cluster = new Cluster();
    const task = SHARD.replace('name: shard', 'name: check-fails');
    const texts = [1, 2].map(() => cluster.ask('StartTask', { task }).msg);
    const head =
      '[code=26005:class=dm-master:scope=internal:level=medium] fail to check synchronization configuration with type CheckFailed: ' +
      'check was failed, please see detail\n detail: {\n\t\t"results": [\n\t\t\t{\n\t\t\t\t"id": ';
    const [first, second] = texts.map((text) => {
      assert.ok(text.startsWith(head), text.slice(0, head.length));
      const detail = / detail: (\{[\s\S]*?\n\t\})\ngithub/.exec(text)?.[1] as string;
      return JSON.parse(detail) as { results: { id: number; name: string; state: string }[]; summary: object };
    });
    assert.deepEqual(first?.summary, { passed: false, total: 15, successful: 14, failed: 1, warning: 0 });
    assert.deepEqual(
      first?.results.filter((r) => r.state === 'fail').map((r) => [r.id, r.name]),
      [[3, 'mysql_binlog_row_image']],
    );
    const ids = (r: { results: { id: number }[] } | undefined) => r?.results.map((i) => i.id) ?? [];
    assert.notDeepEqual(ids(first), ids(second));
    assert.deepEqual(ids(first).sort(), ids(second).sort());
    assert.equal(cluster.state.taskMap.size, 0, 'nothing has been started');
  });
});
