// What the history may keep of a line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1 } from '../../../src/dialects/v1/index.ts';
import { LEFT_OUT, redact } from '../../../src/repl/history/redact.ts';
import { readSql } from '../../../src/sql/read.ts';

const registry = { dialect: v1, builtins: [], topics: [] };

/** Lines, and their default history entry; undefined for none. */
const KEPT: readonly [line: string, kept: string | undefined][] = [
  ['query-status', 'query-status'],
  ['query-status "my task"  ', 'query-status "my task"  '],
  ['exit', 'exit'],
  ['# a note', '# a note'],
  ['nosuch thing', 'nosuch thing'],
  ['query-status "open', 'query-status "open'],
  ['', undefined],
  ['   ', undefined],
  [' query-status', undefined],
  ['\tquery-status', undefined],
  ['\u3000query-status', undefined],
  ['query-status a\u0007', undefined],
  ['query-status a\nquery-status b', 'query-status a\nquery-status b'],
  // SQL
  ['sql-replace -w a -b f:4 t ALTER TABLE a ADD b INT;', 'sql-replace -w a -b f:4 t …'],
  ['sql-replace --sharding -s ~x -- t DROP TABLE a', 'sql-replace --sharding -s ~x -- t …'],
  ['sql-inject --worker=a "my t" \'DROP TABLE a;\'', 'sql-inject --worker=a "my t" …'],
  ["-w a sql-inject t INSERT INTO a VALUES ('x", '-w a sql-inject t …'],
  ['sql-inject t # x', 'sql-inject t …'],
  ['sql-inject -w "a t DROP TABLE a', 'sql-inject -w …'],
  ['sql-inject -w a t', 'sql-inject -w a t'],
  ['sql-inject', 'sql-inject'],
  ['sql-skip -w a -b f:4 t', 'sql-skip -w a -b f:4 t'],
  ['sql-injct -w a t DROP TABLE a', 'sql-injct …'],
  ['sql_replace -w a t DROP TABLE a', 'sql_replace …'],
  ['ALTER TABLE a', undefined],
  ['add column b int;', undefined],
  // passwords
  ['encrypt 123456', undefined],
  ['decrypt Up8156jArvIPymkVC+5LxkAT6rek', undefined],
  ['-encrypt 123456', undefined],
  ['dmctl --decrypt=abc', undefined],
  ['dmctl decrypt abc', undefined],
  ['-w a encrypt abc', undefined],
  ['query-status -enc"rypt" abc', undefined],
  ['query-status encrypt', 'query-status encrypt'],
  ['query-status password=abc', undefined],
  ['query-status PASSWORD: abc', undefined],
  ['query-status {"password": "abc"}', undefined],
  ['query-status --password abc', undefined],
  ['query-status --db-passwd abc', undefined],
  ['query-status mysql://root:abc@h/', undefined],
  ['query-status root:abc@tcp(h:3306)/', undefined],
  ["sql-inject -w a t CREATE USER u IDENTIFIED BY 'abc'", undefined],
  ["sql-inject -w a t SET PASSWORD = 'abc'", undefined],
  ["sql-inject -w a t SELECT PASSWORD('abc')", undefined],
  ["sql-inject -w a t CHANGE MASTER TO MASTER_PASSWORD='abc'", undefined],
  ['mysql -uroot -pabc', undefined],
  ['mysql -u root -p abc', undefined],
  ['mysql -u root "-pabc" db', undefined],
  ['ssh h /usr/bin/mysqldump -pabc', undefined],
  ['mysql --password=abc', undefined],
  ['mysql --password abc', undefined],
  ['pause-task -pabc', undefined],
  ['query-status -pager less -profile p', 'query-status -pager less -profile p'],
  ['./dmctl encrypt abc', undefined],
  ["sql-inject -w a t SET PASSWORD FOR 'u'@'h' = 'abc'", undefined],
  ["sql-inject -w a t SET/* of */PASSWORD FOR u@h TO 'abc'", undefined],
  ["sql-inject -w a t ALTER USER u IDENTIFIED WITH 'p' AS 'abc'", undefined],
  ["sql-inject -w a t ALTER USER u IDENTIFIED\nBY 'abc'", undefined],
  ["sql-inject -w a t ALTER USER u IDENTIFIED VIA p USING 'abc'", undefined],
  ["sql-inject -w a t CREATE SERVER s OPTIONS (USER 'u', PASSWORD 'abc')", undefined],
  ["sql-inject -w a t CREATE SERVER s OPTIONS (PASSWORD/* */'abc')", undefined],
  ["sql-inject -w a t SELECT AES_ENCRYPT(b, 'abc')", undefined],
  ['query-status mysql://root:a/b:c@h:3306/123456', undefined],
  ['query-status redis://:abc@h', undefined],
  ['query-status root:abc@h:3306', undefined],
  // rows of pasted SQL that arrived as separate lines
  ["VALUES (1, 'Li')", undefined],
  ["(2, 'Wang'),", undefined],
  ['5550199,', undefined],
  ["WHERE name = 'Li'", undefined],
  ['and id > 3', undefined],
  ["# INSERT INTO a VALUES ('Li')", undefined],
  ['stop-tsk "my task"', 'stop-tsk "my task"'],
];

for (const [line, kept] of KEPT) {
  test(`of ${JSON.stringify(line)} is kept ${JSON.stringify(kept)}`, () => {
    assert.equal(redact(line, 'redacted', registry), kept);
    assert.equal(redact(line, 'none', registry), undefined);
    if (kept === line) assert.equal(redact(line, 'all', registry), line);
  });
}

test('with all, SQL is kept, but passwords are not', () => {
  for (const [line, kept] of KEPT.filter(([l, k]) => k?.includes(LEFT_OUT) || /^(ALTER|add|VALUES|\(|and)/.test(l))) {
    assert.equal(redact(line, 'all', registry), line, kept);
  }
  for (const [line] of KEPT.filter(([l]) => /abc|123456|Up8156/.test(l))) assert.equal(redact(line, 'all', registry), undefined, line);
});

test('a repeated line is not kept again, compared in its kept form', () => {
  assert.equal(redact('query-status', 'redacted', registry, 'query-status'), undefined);
  assert.equal(redact('query-status ', 'redacted', registry, 'query-status'), 'query-status ');
  assert.equal(redact('sql-inject t A', 'redacted', registry, 'sql-inject t …'), undefined);
  assert.equal(redact('sql-inject t A', 'all', registry, 'sql-inject t B'), 'sql-inject t A');
});

test('a line of any form is searched to its end, and a line above 1 MiB is not kept', () => {
  const long = (unit: string, length = 1_000_000): string => `x ${unit.repeat(length / unit.length)}`;
  for (const unit of [':', '@', ':@', '//:', ' ', '-', '-p', '"', "'", '/*', 'identified ', 'password ', 'a@ ', 'mysql-', '\\']) {
    assert.equal(redact(`${long(unit)} password=abc`, 'all', registry), undefined, unit);
    assert.equal(redact(`password=abc ${long(unit)}`, 'redacted', registry), undefined, unit);
    assert.equal(redact(long(unit, 10_000_000), 'all', registry), undefined, unit);
  }
  assert.equal(redact(long(':'), 'all', registry), long(':'));
  assert.equal(redact(`${long(':')}@h`, 'all', registry), undefined);
});

test('the replacement for SQL is never sent as SQL', () => {
  for (const purpose of ['replace', 'inject'] as const) assert.equal(readSql(LEFT_OUT, purpose).ok, false);
});
