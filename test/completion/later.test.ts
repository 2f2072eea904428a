// Every command of DM 2.0 and later completes its names: from the declarations, for two releases.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '../../src/builtins/help-topics.ts';
import { builtinsFor } from '../../src/builtins/index.ts';
import { parseRelease } from '../../src/command/release.ts';
import type { Names, ValueKind } from '../../src/command/spec.ts';
import { complete } from '../../src/completion/engine/complete.ts';
import { dialectFor } from '../../src/dialects/v2/index.ts';

const names: Names = {
  tasks: ['a-task'],
  workers: ['a-worker'],
  masters: ['a-master'],
  sources: [{ id: 'a-source', worker: 'a-worker' }],
  locks: ['a-lock'],
  tables: [{ database: 'a-database', table: 'a-table' }],
};
const NAMED: Partial<Record<ValueKind & string, readonly string[]>> = {
  task: ['a-task'],
  worker: ['a-worker'],
  source: ['a-source'],
  master: ['a-master'],
  member: ['a-master', 'a-worker'],
  lock: ['a-lock'],
  database: ['a-database'],
  table: ['a-table'],
  file: ['a.yaml'],
  'yaml-file': ['a.yaml'],
  'toml-file': ['a.yaml'],
  'config-file': ['a.yaml'],
};
const sources = { names, files: () => ['a.yaml'] };

for (const release of ['2.0.7', '8.5.0']) {
  const dialect = dialectFor(parseRelease(`v${release}`));
  const known = { registry: { dialect, builtins: builtinsFor('lines'), topics } };
  const offered = (line: string): readonly string[] => complete(line, line.length, known, sources).candidates;

  test(`every argument and flag of DM ${release} that is a name completes it`, () => {
    let seen = 0;
    for (const { name, args, flags } of dialect.commands) {
      let line = `${name} `;
      for (const kind of args.kinds ?? []) {
        if (typeof kind === 'object' && 'after' in kind) break;
        const wanted = typeof kind === 'object' ? kind.oneOf : NAMED[kind];
        for (const text of wanted ?? []) assert.ok(offered(line).includes(text), `${line}: ${text}`);
        seen += wanted ? 1 : 0;
        line += `${wanted?.[0] ?? 'x'} `;
      }
      for (const { name: flag, values, kind } of [...flags, ...dialect.globalFlags]) {
        if (kind === 'bool' || values === undefined) continue;
        const wanted = typeof values === 'object' ? values.oneOf : (NAMED[values] ?? []);
        for (const text of wanted) assert.ok(offered(`${name} --${flag} `).includes(text), `${name} --${flag}: ${text}`);
        seen += wanted.length;
      }
    }
    assert.ok(seen > 30, `${seen}`);
  });

  test(`every command of DM ${release} is offered, word by word, and no hidden one`, () => {
    for (const { name, hidden } of dialect.commands) {
      const words = name.split(' ');
      words.forEach((word, i) => {
        const line = words
          .slice(0, i)
          .map((w) => `${w} `)
          .join('');
        if (!hidden) assert.ok(offered(line).includes(word), `${line}|${word}`);
        if (!hidden && i > 0) assert.ok(offered(`help ${line}`).includes(word), `help ${line}|${word}`);
      });
      if (hidden && words.length === 1) assert.ok(!offered('').includes(name), name);
    }
  });
}

test('a list does not offer an item twice, and watch offers what only reads', () => {
  const registry = { dialect: dialectFor(parseRelease('v8.5.0')), builtins: builtinsFor('lines'), topics };
  const offered = (line: string): readonly string[] => complete(line, line.length, { registry }, sources).candidates;
  assert.deepEqual(offered('pause-task -s a-source,'), []);
  assert.ok(offered('watch ').includes('query-status') && offered('watch ').includes('validation'));
  assert.ok(!offered('watch ').includes('stop-task'));
  assert.deepEqual(offered('watch validation '), ['show-error', 'status']);
});

test('a table is offered for the database that the line names, in an argument or a flag', () => {
  const { dialect } = { dialect: dialectFor(parseRelease('v8.5.0')) };
  const known = { registry: { dialect, builtins: builtinsFor('lines'), topics } };
  const tables = [
    { database: 'shop', table: 'orders' },
    { database: 'shop', table: 'items' },
    { database: 'stock', table: 'parts' },
  ];
  const offered = (line: string): readonly string[] =>
    complete(line, line.length, known, { names: { ...names, tables }, files: () => [] }).candidates;
  assert.deepEqual(offered('binlog-schema list t '), ['shop', 'stock']);
  assert.deepEqual(offered('binlog-schema list t shop '), ['orders', 'items']);
  assert.deepEqual(offered('operate-schema get -s a-source t -d stock -t '), ['parts']);
  assert.deepEqual(offered('operate-schema get -s a-source t --database=stock -t '), ['parts']);
});

test('the tables of a cluster are those that its errors, waiting statements and locks mention', () => {
  const read = (method: string, found: object): unknown =>
    dialectFor(parseRelease('v8.5.0'))
      .nameQueries.filter((query) => query.method === method)
      .flatMap((query) => query.read(found as never).tables ?? []);
  const status = {
    name: 't',
    result: { errors: [{ ErrCode: 44006, Message: 'cannot track `shop`.`orders` on 1 worker' }] },
    sync: { totalEvents: 3n },
  };
  assert.deepEqual(read('QueryStatus', { sources: [{ subTaskStatus: [status] }] }), [{ database: 'shop', table: 'orders' }]);
  assert.deepEqual(read('ShowDDLLocks', { locks: [{ ID: 't-`a`.`b`', owner: 's' }] }), [{ database: 'a', table: 'b' }]);
});
