// One or more small files for each rule of lint.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileKind } from '../../src/config-files/file-kind.ts';
import { RULE_IDS, type RuleId } from '../../src/config-files/lint/rules.ts';
import { encryptPassword } from '../../src/domain/password-cipher.ts';
import { briefly, findingsIn, MASTER, SOURCE, TASK, TASK_V1, WORKER } from './cases.ts';

interface RuleCase {
  readonly rule: RuleId;
  /** The file. */
  readonly file: string;
  readonly dm?: string;
  readonly kind?: FileKind;
  /** The findings, as `line severity rule code`. */
  readonly found: readonly string[];
}

const CASES: readonly RuleCase[] = [
  { rule: 'ambiguous-text', file: TASK.replace('name: orders', 'name: no'), found: ['1 warning ambiguous-text'] },
  {
    rule: 'conflicting-keys',
    file: `${TASK}is-sharding: false\nshard-mode: pessimistic\n`,
    dm: '6.5',
    found: ['39 error conflicting-keys', '39 warning deprecated-key'],
  },
  {
    rule: 'conflicting-keys',
    file: TASK.replace('    syncer-config-name', '    syncer: {batch: 1}\n    syncer-config-name'),
    found: ['15 error conflicting-keys 20017'],
  },
  { rule: 'deprecated-key', file: TASK.replace('    batch: 100', '    max-retry: 3'), found: ['38 warning deprecated-key'] },
  { rule: 'duplicate-key', file: `${TASK}name: again\n`, found: ['39 error duplicate-key 20003'] },
  { rule: 'duplicate-key', file: `source-id = "again"\n${WORKER}`, kind: 'worker', found: ['3 error duplicate-key 40003'] },
  { rule: 'duplicate-reference', file: TASK.replace('[orders]', '[orders, orders]'), found: ['11 error duplicate-reference 20032'] },
  {
    rule: 'duplicate-source',
    file: TASK.replace('block-allow-list:\n  shops', '  - source-id: replica-01\nblock-allow-list:\n  shops'),
    found: ['16 error duplicate-source 20014'],
  },
  {
    rule: 'duplicate-source',
    file: `${MASTER}[[deploy]]\nsource-id = "replica-01"\ndm-worker = "127.0.0.1:8263"\n`,
    kind: 'master',
    found: ['9 warning duplicate-source'],
  },
  {
    rule: 'empty-entry',
    file: TASK.replace(/ {2}no-drops:\n(?: {4}.*\n){3}/, '  no-drops:\n'),
    found: ['26 error empty-entry 20002'],
  },
  {
    rule: 'empty-entry',
    file: TASK.replace('  global:\n    batch: 100', '  global:'),
    dm: '2.0.7',
    found: ['37 error empty-entry'],
  },
  { rule: 'empty-value', file: TASK.replace('password: ""', 'password: #secret'), found: ['7 warning empty-value'] },
  { rule: 'empty-value', file: `${TASK}shadow-table-rules:\n`, found: ['39 warning empty-value'] },
  { rule: 'ignored-key', file: `${TASK}black-white-list: {old: {}}\n`, found: ['39 warning deprecated-key', '39 warning ignored-key'] },
  {
    rule: 'incomplete-instance',
    file: TASK.replace('task-mode: all', 'task-mode: incremental'),
    dm: '6.0',
    found: ['9 error incomplete-instance 20022'],
  },
  {
    rule: 'incomplete-instance',
    file: TASK.replace('task-mode: all', 'task-mode: incremental'),
    found: ['9 warning incomplete-instance'],
  },
  {
    rule: 'invalid-duration',
    file: TASK.replace('    batch: 100', '    safe-mode-duration: 60'),
    found: ['38 error invalid-duration 20060', '38 warning ambiguous-text'],
  },
  { rule: 'invalid-duration', file: SOURCE.replace('5m', '5'), kind: 'source', found: ['10 error invalid-duration 20003'] },
  { rule: 'invalid-duration', file: MASTER.replace('30s', '30'), kind: 'master', found: ['2 error invalid-duration 38014'] },
  {
    rule: 'invalid-expression',
    file: `${TASK.replace('    filter-rules', '    expression-filters: [e]\n    filter-rules')}expression-filter:\n  e: {schema: a, table: b, insert-value-expr: "level <"}\n`,
    found: ['41 error invalid-expression 20041'],
  },
  { rule: 'invalid-gtid', file: `${SOURCE}relay-binlog-gtid: 0-1-2\n`, kind: 'source', found: ['11 error invalid-gtid'] },
  { rule: 'invalid-pattern', file: TASK.replace('"order_*"', '"*_order"'), found: ['22 error invalid-pattern 20045'] },
  { rule: 'invalid-pattern', file: TASK.replace('"order_*"', '"*_order"'), dm: '2.0.1', found: ['22 error invalid-pattern 26003'] },
  { rule: 'invalid-regexp', file: TASK.replace('[0-9]+', '[0-9+'), found: ['18 error invalid-regexp 20044'] },
  { rule: 'invalid-regexp', file: `${TASK}trash-table-rules: ["^_x$"]\n`, found: ['39 error invalid-regexp 20048'] },
  { rule: 'invalid-size', file: TASK.replace('    threads: 4', '    chunk-filesize: big'), found: ['32 error invalid-size 20047'] },
  { rule: 'invalid-value', file: TASK.replace('task-mode: all', 'task-mode: All'), found: ['2 error invalid-value 20020'] },
  { rule: 'invalid-value', file: SOURCE.replace('3306', '70000'), kind: 'source', found: ['6 error invalid-value 10001'] },
  { rule: 'key-case', file: WORKER.replace('flavor', 'Flavor'), kind: 'worker', found: ['3 warning key-case'] },
  { rule: 'missing-key', file: TASK.replace('name: orders\n', ''), found: ['1 error missing-key 20019'] },
  {
    rule: 'missing-key',
    file: '',
    found: ['1 error missing-key 20019', '1 error missing-key 20020', '1 error missing-key 20021', '1 error missing-key 20013'],
  },
  {
    rule: 'no-effect',
    file: TASK.replace('    schema-pattern: "shop_*"\n    events', '    schema-pattern: "~^shop"\n    events'),
    found: ['27 warning no-effect'],
  },
  {
    rule: 'overlapping-routes',
    file: withSecondRoute('schema-pattern: "shop_1*", table-pattern: "order_*", target-schema: a'),
    found: ['25 warning overlapping-routes'],
  },
  { rule: 'plain-password', file: TASK.replace('password: ""', 'password: secret'), found: ['7 warning plain-password'] },
  {
    rule: 'plain-password',
    file: TASK_V1.replace('password: ""', 'password: secret'),
    dm: '1.0.5',
    found: ['7 error plain-password 20010'],
  },
  {
    rule: 'same-pattern',
    file: withSecondRoute('schema-pattern: "SHOP_*", table-pattern: "order_*", target-schema: a'),
    found: ['25 error same-pattern 11043'],
  },
  { rule: 'several-documents', file: `${TASK}---\nname: [\n`, found: ['39 warning several-documents'] },
  { rule: 'syntax-error', file: TASK.replace('  host', '\thost'), found: ['4 error syntax-error 20003'] },
  { rule: 'syntax-error', file: WORKER.replace('"mysql"', 'mysql'), kind: 'worker', found: ['3 error syntax-error 40003'] },
  { rule: 'threads-negative', file: TASK.replace('threads: 4', 'threads: -1'), found: ['32 error threads-negative'] },
  { rule: 'typographic-quotes', file: TASK.replace('host: 127.0.0.1', 'host: “127.0.0.1”'), found: ['4 warning typographic-quotes'] },
  { rule: 'unknown-key', file: TASK.replace('    batch', '    btach'), found: ['38 error unknown-key 20003'] },
  { rule: 'unknown-key', file: WORKER.replace('user', 'username'), kind: 'worker', found: ['9 error unknown-key 40004'] },
  {
    rule: 'unknown-reference',
    file: TASK.replace('[orders]', '[order]'),
    found: ['11 error unknown-reference 20023', '20 error unused-entry 20038'],
  },
  { rule: 'unused-anchor', file: TASK.replace('  global:\n    batch', '  global: &x\n    batch'), found: ['37 warning unused-anchor'] },
  { rule: 'unused-entry', file: TASK.replace('    filter-rules: [no-drops]\n', ''), found: ['25 error unused-entry 20038'] },
  { rule: 'unused-entry', file: TASK.replace('    filter-rules: [no-drops]\n', ''), dm: '2.0.1', found: ['25 warning unused-entry'] },
  { rule: 'unusual-number', file: TASK.replace('pool-size: 16', 'pool-size: 4.5'), found: ['35 warning unusual-number'] },
  { rule: 'wrong-file-kind', file: WORKER, kind: 'source', found: ['1 error wrong-file-kind 20003'] },
  { rule: 'wrong-file-kind', file: SOURCE, dm: '1.0.7', found: ['1 error wrong-file-kind 20003'] },
  { rule: 'wrong-type', file: TASK.replace('4000', '"4000"'), found: ['5 error wrong-type 20003'] },
  { rule: 'wrong-type', file: MASTER.replace('10.0', '10'), kind: 'master', found: ['3 error wrong-type 38013'] },
];

function withSecondRoute(keys: string): string {
  return TASK.replace('[orders]', '[orders, more]').replace('filters:\n', `  more: {${keys}}\nfilters:\n`);
}

for (const { rule, file, dm, kind, found } of CASES) {
  test(`${rule}: ${found.join(', ')}${dm ? ` for DM ${dm}` : ''}`, async () => {
    assert.deepEqual(await briefly(file, dm, kind), found);
  });
}

/** Rules that need more than a text: another test has them. */
const ELSEWHERE: readonly RuleId[] = ['not-utf8', 'open-permissions', 'unchecked-file'];

test('every rule has a case', () => {
  const tested = new Set<RuleId>([...CASES.map((c) => c.rule), ...ELSEWHERE]);
  assert.deepEqual(
    RULE_IDS.filter((rule) => !tested.has(rule)),
    [],
  );
});

test('files without mistakes have no findings', async () => {
  assert.deepEqual(await briefly(TASK), []);
  assert.deepEqual(await briefly(TASK, '2.0.7'), []);
  assert.deepEqual(await briefly(TASK, '26.3'), []);
  assert.deepEqual(await briefly(TASK_V1, '1.0.7'), []);
  assert.deepEqual(await briefly(TASK_V1, '1.0.1'), []);
  assert.deepEqual(await briefly(SOURCE), []);
  assert.deepEqual(await briefly(WORKER, '1.0.7'), []);
  assert.deepEqual(await briefly(WORKER, '1.0.1'), []);
  assert.deepEqual(await briefly(MASTER, '1.0.7'), []);
});

test('routes overlap if one pattern begins with the other, on the same level', async () => {
  const of = async (keys: string): Promise<string[]> => await briefly(withSecondRoute(`${keys}, target-schema: a`));
  const overlapping = ['25 warning overlapping-routes'];
  assert.deepEqual(await of('schema-pattern: "s*", table-pattern: order_1'), overlapping);
  assert.deepEqual(await of('schema-pattern: shop_1, table-pattern: "*"'), overlapping);
  assert.deepEqual(await of('schema-pattern: "shop_*", table-pattern: "order_1*"'), overlapping);
  assert.deepEqual(await of('schema-pattern: "shop_*"'), []);
  assert.deepEqual(await of('schema-pattern: shop, table-pattern: "*"'), []);
  assert.deepEqual(await of('schema-pattern: "shop_*", table-pattern: "user_*"'), []);
  assert.deepEqual(await of('schema-pattern: "shop_?", table-pattern: "order_*"'), []);
});

test('a comment disables rules of its line only', async () => {
  const file = TASK.replace(
    '    batch: 100',
    '    btach: 1 # dmctl-lint-disable-line unknown-key\n    worker-count: 010 # dmctl-lint-disable-line a, unusual-number',
  );
  assert.deepEqual(await briefly(file), []);
  assert.deepEqual(await briefly(file.replace('line unknown-key', 'line wrong-type')), ['38 error unknown-key 20003']);
});

test('an encrypted password is accepted', async () => {
  const file = TASK.replace('password: ""', `password: ${encryptPassword(Buffer.from('secret'))}`);
  assert.deepEqual(await briefly(file), []);
  assert.deepEqual(await briefly(file.replaceAll('block-allow-list', 'black-white-list'), '1.0.1'), []);
});

test('a file that is not UTF-8', async () => {
  const bytes = Buffer.concat([Buffer.from(TASK.replace('name: orders', '# ')), Buffer.of(0xff)]);
  assert.ok((await briefly(bytes)).includes('39 error not-utf8 20003'));
});

test('all mistakes are reported at once, also where masters report only some', async () => {
  const file = TASK.replace('batch', 'btach').replace('name: orders', 'nmae: orders').replace('4000', 'x');
  assert.deepEqual(await briefly(file), [
    '1 error unknown-key 20003',
    '1 error missing-key 20019',
    '5 error wrong-type 20003',
    '38 error unknown-key 20003',
  ]);
});

test('a bad filter is an error or a warning, as the release treats it', async () => {
  const file = TASK.replace('action: Ignore', 'action: ignore');
  const of = async (dm: string): Promise<string[]> =>
    await briefly(dm.startsWith('1') ? file.replaceAll('block-allow-list', 'black-white-list') : file, dm);
  assert.deepEqual(await of('1.0.7'), ['29 warning invalid-value']);
  assert.deepEqual(await of('2.0.1'), ['29 warning invalid-value']);
  assert.deepEqual(await of('6.5'), ['29 error invalid-value 20037']);
  assert.deepEqual(await of('7.5'), ['29 warning invalid-value']);
});

test('an unknown key says which key was meant, where it belongs, or since when it exists', async () => {
  const fixOf = async (file: string, dm?: string): Promise<string> => {
    const [finding] = (await findingsIn(file, dm)).filter((f) => f.rule === 'unknown-key');
    return `${finding?.message}: ${finding?.fix}`;
  };
  assert.equal(await fixOf(`${TASK}case_sensitive: true\n`), 'unknown key "case_sensitive" in a task file: did you mean "case-sensitive"?');
  assert.equal(
    await fixOf(`${TASK}expression-filters: {}\n`),
    'unknown key "expression-filters" in a task file: did you mean "expression-filter"?',
  );
  assert.equal(await fixOf(TASK, '1.0'), 'block-allow-list does not exist in DM 1.0, only since 2.0: use black-white-list');
  assert.equal(
    await fixOf(TASK.replace('    filter-rules', '    server-id: 1\n    filter-rules')),
    'unknown key "server-id" in mysql-instances: server-id is a key of a source file',
  );
});

test('columns count characters, also behind wide ones', async () => {
  const [finding] = await findingsIn(
    TASK.replace('route-rules: [orders]', 'route-rules: [orders, 订单]').replace('  orders:', '  orders:'),
  );
  assert.deepEqual([finding?.line, finding?.column, finding?.endColumn], [11, 27, 29]);
});
