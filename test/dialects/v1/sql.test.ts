import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../../src/command/errors.ts';
import type { CommandContext, ParsedArgs } from '../../../src/command/spec.ts';
import { sqlPieces } from '../../../src/dialects/v1/sql/statements-argument.ts';
import { readSql, type SqlReading, sqlRefusal } from '../../../src/sql/read.ts';

const pieces = (text: string, purpose: 'replace' | 'inject' = 'replace'): readonly string[] | string => {
  const reading = readSql(text, purpose);
  return reading.ok ? reading.pieces : sqlRefusal(reading, purpose);
};

const refusal = (text: string, purpose: 'replace' | 'inject' = 'replace'): string => {
  const reading = readSql(text, purpose);
  assert.ok(!reading.ok, `accepted: ${text}`);
  return sqlRefusal(reading, purpose);
};

const CUTS: [name: string, text: string, pieces: string[]][] = [
  ['one statement', 'drop table a', ['drop table a']],
  ['a piece keeps its semicolon', 'drop table a;', ['drop table a;']],
  ['spaces stay in front', 'drop table a;  drop table b', ['drop table a;', '  drop table b']],
  ['one newline is removed at a cut', 'drop table a;\n\ndrop table b;\n', ['drop table a;', '\ndrop table b;']],
  ['CR LF stays', 'drop table a;\r\ndrop table b;', ['drop table a;', '\r\ndrop table b;']],
  ['stray semicolons stay in front', ';drop table a;;\n; drop table b;;', [';drop table a;', ';\n; drop table b;']],
  ['the ends are trimmed as in Go', '\u3000\u00a0\n drop table a \u2028\t', ['drop table a']],
  [
    'comments stay in front, and are removed at the end',
    'drop table a; /* ; */ drop view b; -- ;',
    ['drop table a;', ' /* ; */ drop view b;'],
  ],
  ['a comment without a semicolon after it stays', 'drop table a # b;', ['drop table a # b;']],
  ['a dash comment needs white space', 'select 3--2; --\ndo 1', ['select 3--2;', ' --\ndo 1']],
  ['CR does not end a comment', 'drop table a; -- x\rdrop table b', ['drop table a;']],
  [
    'semicolons in quotes',
    `insert into a values (';', ";", 'it''s;', 'b\\';'); do 1`,
    [`insert into a values (';', ";", 'it''s;', 'b\\';');`, ' do 1'],
  ],
  ['backslashes do not escape in backticks', 'drop table `a\\`; drop table `b;``c`;', ['drop table `a\\`;', ' drop table `b;``c`;']],
  ['counted comments count', '/*!50001 drop table a */; /*! drop table b */', ['/*!50001 drop table a */;', ' /*! drop table b */']],
  [
    'a cut inside a counted comment',
    '/*!50001 drop table a; drop view b */; do 1',
    ['/*!50001 drop table a;', ' drop view b */;', ' do 1'],
  ],
  ['a counted comment ends a line comment', '/*! drop table a -- b */; do 1', ['/*! drop table a -- b */;', ' do 1']],
  [
    'features and hints are comments',
    'create table a (b bigint /*T![x] y; */); select /*+ h(;) */ 1',
    ['create table a (b bigint /*T![x] y; */);', ' select /*+ h(;) */ 1'],
  ],
  [
    'NUL and emoji in quotes',
    "insert into a values ('\0😀'); /* \0😀 */ drop table `😀`",
    ["insert into a values ('\0😀');", ' /* \0😀 */ drop table `😀`'],
  ],
  ['other letters in names', 'drop table 表，é; drop table t\ufffd', ['drop table 表，é;', ' drop table t\ufffd']],
];

test('a text is split into unchanged pieces', () => {
  for (const [name, text, want] of CUTS) assert.deepEqual(pieces(text), want, name);
});

test('pieces are substrings in the order of the text, and only newlines between them are lost', () => {
  for (const [name, text] of CUTS) {
    let at = -1;
    for (const piece of pieces(text)) {
      const next = text.indexOf(piece, Math.max(at, 0));
      assert.ok(next >= 0, name);
      if (at >= 0) assert.ok(['', '\n'].includes(text.slice(at, next)), name);
      at = next + piece.length;
    }
  }
});

test('an empty text has its own message', () => {
  for (const text of ['', ' ', ';', ' ; ;', '-- x', '# x;', '/* x */', '\u3000', '/*!40101 */;']) {
    assert.equal(refusal(text), 'check SQLs error: no valid SQLs', text);
    assert.equal(refusal(text, 'inject'), 'check sqls err no valid SQLs', text);
  }
});

const REJECTED: [text: string, line: number, column: number, reason: RegExp][] = [
  ["insert into a values ('b);", 1, 23, /string is not closed: add '/],
  ['drop table a;\ndrop table `b;', 2, 12, /name is not closed: add a backtick/],
  ['drop table a; /* b', 1, 15, /comment is not closed/],
  ['/*!40101 drop table a', 1, 1, /comment is not closed/],
  ['\ufeffdrop table a', 1, 1, /no statement starts/],
  ['drop table a\0', 1, 13, /NUL/],
  ['drop table 😀a', 1, 12, /emoji/],
  ['drop table 1😀', 1, 13, /emoji/],
  ['drop table a\\G', 1, 13, /mysql client/],
  ['drop table [a]', 1, 12, /backticks/],
  ['drop table a\u0001', 1, 13, /control character/],
  ["do x'123'", 1, 4, /even number/],
  ["do b'102'", 1, 4, /0 and 1/],
  ['do 1e400', 1, 4, /too large/],
  ['dorp table a', 1, 1, /no statement starts/],
  ['ſelect 1', 1, 1, /no statement starts/],
  ['`select` 1', 1, 1, /no statement starts/],
  ['(drop table a)', 1, 2, /only SELECT/],
  ['drop tabel a', 1, 6, /does not accept this after DROP\. It accepts BINDING, DATABASE/],
  ['create trigger a before insert on b for each row do 1', 1, 8, /after CREATE/],
  ['rename user a to b', 1, 8, /after RENAME/],
  ['rollback to savepoint a', 1, 10, /after ROLLBACK/],
  ['create table a (b int', 1, 22, /bracket is not closed/],
  ['create table a b int)', 1, 21, /no opening/],
  ['insert into a values (1;', 1, 24, /bracket is not closed/],
  ['select 1,;', 1, 10, /comma/],
  ['select 1 from', 1, 14, /follow FROM/],
  ['update a where b = 1', 1, 21, /UPDATE needs SET/],
  ['drop index a', 1, 13, /ON and the table/],
  ['create view a', 1, 14, /AS and a SELECT/],
  ['select 1 /* a /* b */ */', 1, 25, /must follow \//],
  ['create definer = a@b procedure c() select 1', 1, 8, /VIEW is missing.*not support procedures/],
  ['create temporary tabel a (b int)', 1, 18, /after TEMPORARY\. It accepts/],
  ['create unique a on b (c)', 1, 15, /after UNIQUE\. It accepts INDEX/],
  ['altr table a', 1, 1, /no statement starts/],
  ['drop', 1, 5, /after DROP/],
  ['drop table', 1, 11, /table name|name is missing/],
  ['drop table a,;', 1, 14, /comma/],
  ['alter table a add', 1, 18, /follow ADD/],
  ['alter table a add column', 1, 25, /column name is missing/],
  ['alter table a add column b', 1, 27, /column type/],
  ['alter table a add column b varchar;', 1, 35, /VARCHAR needs a bracket/],
  ['alter table a add b int default', 1, 32, /default value is missing/],
  ['alter table a add key b', 1, 24, /columns in brackets/],
  ['alter table a modify', 1, 21, /column name is missing/],
  ['alter table a engine =', 1, 23, /follow =/],
  ['rename table a to', 1, 18, /follow TO/],
  ['create index a on b', 1, 20, /columns must be in brackets/],
  ['select a from b where c >', 1, 26, /follow >/],
  ['insert into a values;', 1, 21, /brackets must follow VALUES/],
  ['drop table a\\n', 1, 13, /backslash/],
];

test('text that DM certainly cannot parse is rejected with its place', () => {
  for (const [text, line, column, reason] of REJECTED) {
    for (const purpose of ['replace', 'inject'] as const) {
      const reading = readSql(text, purpose);
      assert.ok(!reading.ok && reading.kind === 'unreadable' && reading.problem, text);
      assert.match(reading.problem.reason, reason, text);
      assert.deepEqual([reading.problem.line, reading.problem.column], [line, column], text);
    }
  }
});

/** SQL that only seems wrong: it is sent unchanged. */
const DOUBTFUL: [text: string, line: number, column: number, reason: RegExp][] = [
  ["drop table 'a'", 1, 12, /backticks/],
  ['select (,1)', 1, 9, /comma/],
  ['select case when 1 then 2', 1, 8, /CASE needs END/],
  ['select * from a where b = = 1', 1, 27, /two operators/],
  ['select a from b group c', 1, 23, /BY must follow GROUP/],
  ['select a from b group by c with rollup', 1, 33, /WITH ROLLUP/],
  ['select rank() over (order by a) from b', 1, 20, /window functions/],
  ['insert into a values （1）', 1, 22, /brackets must follow VALUES/],
  ['create table a (b int)\ncreate table c (d int)', 2, 1, /put a ; before it/],
  ['alter table a add column b int; alter table c add d foo;', 1, 53, /column type/],
  ['create table a (b int comment ‘x’)', 1, 31, /string in quotes/],
  ['create table a (b varchar)', 1, 26, /VARCHAR needs a bracket/],
  ['create table a (b int c int)', 1, 23, /add a comma/],
  ['create table a (b int default (1 + 1))', 1, 31, /cannot be a default/],
  ['create table a (order int)', 1, 17, /If ORDER is a name/],
  ['create table a ()', 1, 17, /at least one column/],
  ['create table a （b int）', 1, 16, /no table option/],
  ['create table a (b int) engin=innodb', 1, 24, /no table option/],
  ['create table a (b int) default charset=gbk', 1, 40, /character sets/],
  ['create table a (b char(3) character set big5)', 1, 41, /character sets/],
  ['create table a.b.c (d int)', 1, 17, /too many parts/],
  ['create table a (b int, primary key b)', 1, 37, /columns in brackets/],
  ['create table a (b int) partition by list (b)', 1, 37, /partitions in brackets/],
  ['create table a (b int) partition by range (b) (partition p)', 1, 59, /VALUES LESS THAN/],
  ['alter table a ad column b int', 1, 15, /does not have this change/],
  ['alter table add column b int', 1, 13, /If ADD is a name/],
  ['alter table a lock=maybe, add b int', 1, 20, /LOCK must be/],
  ['truncate table a, b', 1, 17, /should end here/],
  ['insert into a values (1,)', 1, 25, /follows the comma/],
  ['select a, , b', 1, 11, /before the comma/],
  ['show slave status', 1, 6, /SLAVE after SHOW/],
  ['alter table a add b foo, drop c', 1, 21, /column type/],
];

test('SQL that only seems wrong is sent, and the warning names the place', () => {
  for (const [text, line, column, reason] of DOUBTFUL) {
    const reading = readSql(text, 'replace');
    assert.ok(reading.ok, text);
    assert.equal(reading.pieces.join(''), text);
    assert.equal(reading.doubts.length, 1, text);
    const [doubt] = reading.doubts;
    assert.match(doubt?.reason ?? '', reason, text);
    assert.deepEqual([doubt?.line, doubt?.column], [line, column], text);
    const inject = readSql(text, 'inject');
    assert.ok(inject.ok ? inject.doubts.length === 1 : inject.kind === 'not-ddl', text);
  }
});

test('each statement has its own warning, and a certain fault anywhere rejects the whole text', () => {
  const text = 'truncate table a, b; do 1;\ntruncate table c d';
  const reading = readSql(text, 'replace');
  assert.ok(reading.ok);
  assert.deepEqual(
    reading.doubts.map(({ line, column }) => [line, column]),
    [
      [1, 17],
      [2, 18],
    ],
  );
  assert.match(refusal('truncate table a, b; drop tabel c'), /line 1 column 27 near "tabel c"/);
  assert.match(refusal('drop table a drop table b'), /only RESTRICT or CASCADE can follow/);
  assert.match(refusal('drop table a b'), /only RESTRICT or CASCADE can follow/);
  assert.match(refusal('alter table a add b foo, add'), /something must follow ADD/);
});

test('the warning comes before anything is shown or sent, and contains no literal', async () => {
  const shown: string[] = [];
  const context = {
    warn: async (text: string) => void shown.push(text),
    preview: async (_title: string, pieces: readonly string[]) => void shown.push(...pieces),
  } as unknown as CommandContext;
  const given = { args: ['task', "alter table a add b foo comment 'secret';", 'do 1'] } as unknown as ParsedArgs;
  const sent = await sqlPieces(given, context, 'replace');
  assert.deepEqual(sent, ["alter table a add b foo comment 'secret';", ' do 1']);
  assert.deepEqual(shown.slice(1), sent);
  assert.equal(
    shown[0],
    `the SQL may be wrong: line 1 column 21 near "foo comment '…'; do 1": DM's parser expects a column type here. It is sent anyway, and only the target database checks it again`,
  );
  await assert.rejects(sqlPieces({ args: ['task', 'drop tabel a'] } as unknown as ParsedArgs, context, 'inject'), InputError);
});

const ACCEPTED: [what: string, texts: string[]][] = [
  [
    'columns',
    [
      "create table a (b int unsigned zerofill not null auto_increment primary key comment 'x')",
      'create table a (b national char varying(3), c nchar varchar(3), d long varchar, e double precision, f long, g bit)',
      'create table a (b char(3) character set utf8 collate utf8_bin, c text charset latin1, d varchar(9) binary, e char(1) charset binary)',
      "create table a (b timestamp default '0000-00-00' on update now(3), c int default - 1, d char(2) default _utf8'x', e int default null)",
      'create table a (b int default next value for s, c bigint auto_random(5), d int default nextval(s))',
      'create table a (b int as (1) virtual, c int generated always as (b + 1) stored not null unique key references d (e) on delete cascade)',
      'create table a (b int column_format fixed storage memory, c int constraint x check (c > 0) not enforced, d serial default value)',
      'create table a (a.b int, c.a.d int, charset int, comment int, value varchar(3), `order` set(\'x\'), action enum("y") collate utf8_bin)',
      'create table a.select (begin int, end int, date date, time time(3), member int, over int)',
    ],
  ],
  [
    'keys',
    [
      "create table a (b int, constraint primary key c using btree (b), unique d (b), key (b) using hash, index e (b(3) desc) comment 'x')",
      'create table a (b int, constraint x foreign key y (b) references c (d) on delete set null, check (b > 0), fulltext key (b) with parser z)',
      'create table a (b int, key x ((b + 1)))',
    ],
  ],
  [
    'options',
    [
      "create table a (b int) engine innodb, charset = utf8mb4 default collate utf8mb4_bin comment 'x' union = (c, d) row_format = default",
      'create temporary table if not exists a (b int) ignore as select 1',
      'create table a like b.c',
      'create table a (like b)',
      'create table a select 1 as charset',
      'create table a ((select 1))',
      'create table a (b int) tablespace c storage disk auto_id_cache 3',
      "create table a (b int) data directory '/x' index directory = '/y' stats_persistent=1 partition by key (b) partitions 4",
    ],
  ],
  [
    'partitions',
    [
      'create table a (b int) partition by linear hash (b) partitions 4',
      'create table a (b int) partition by range columns (b) (partition p values less than (3) engine = innodb, partition q values less than maxvalue)',
      'create table a (b int) partition by range (b) subpartition by hash (b) subpartitions 2 (partition p values less than (3) (subpartition s))',
      "create table a (b int) partition by list (b) (partition p values in (1, 2) comment = 'x')",
      'alter table a add partition (partition p values less than (3))',
      'alter table a add partition partitions 3',
      'alter table a drop partition p, q',
      'alter table a reorganize partition p, q into (partition r values less than (5))',
      'alter table a truncate partition p, q',
    ],
  ],
  [
    'changes',
    [
      'alter table a',
      'alter ignore table a add unique (b)',
      'alter table a add (b int, key (b)), add c int first, add column if not exists d int after c',
      'alter table a change column b c int after d, modify e int, drop f, drop column if exists g, alter h set default 3, alter column i drop default',
      'alter table a alter b set default (1 + 1), alter c set default current_timestamp_',
      'alter table a rename to b.c, rename index d to e, order by f, g desc',
      'alter table a convert to character set utf8mb4 collate utf8mb4_bin, force',
      "alter table a algorithm inplace, lock = none, comment 'x', engine = innodb default charset = utf8",
      'alter table a set tiflash replica 2',
      'alter table a drop constraint b',
      'alter table a add constraint foreign key (b) references c (d)',
      'alter table a secondary_load, discard tablespace, with validation, disable keys',
    ],
  ],
  [
    'databases and others',
    [
      'create database if not exists charset charset utf8',
      'alter database character set utf8',
      'alter schema charset collate utf8_bin',
      'drop schema if exists a',
      "create or replace algorithm = merge definer = 'a'@'%' sql security invoker view b (c) as select 1 with check option",
      'create definer = current_user() view a as select 1',
      'create definer=a@localhost view b as select 1 union select 2',
      'create unique index a using btree on b (c)',
      "create index a on b.c (d desc) comment 'x'",
      'drop index if exists a on b lock none',
      'rename table a to b, c.d to e.f',
      'truncate a.b',
      'lock tables a read, b as c low_priority write',
      'unlock tables',
      'admin cleanup table lock a',
      'recover table a',
      'drop tables if exists a, b.c cascade',
      'drop view a restrict',
      'drop temporary table a',
    ],
  ],
];

test('replace and inject accept many kinds of definitions', () => {
  for (const [what, texts] of ACCEPTED) {
    for (const text of texts) {
      for (const purpose of ['replace', 'inject'] as const) {
        assert.deepEqual(readSql(text, purpose), { ok: true, pieces: [text], doubts: [] }, what);
      }
    }
  }
});

const NOT_DDL = [
  "select case a when 1 then 2 end, count(*), -1 - -1, 2 * -3, @`x y`, @@global.a, {d '2019-01-01'} from `b`.`c` limit 3, 4",
  '((select 1)) union all (select 2) order by 1',
  'select a.group, b.order, c.create from a, b, c where d in (select 1) group by 1',
  'insert into a set b = default',
  'insert ignore a values (), (1, default) on duplicate key update b = values (b)',
  'replace a (b) value (1)',
  'update low_priority a, b set a.c = b.d',
  'delete a.* from a join b',
  'set;',
  'set names utf8mb4',
  'set @a := 1, b = on',
  'set global c = on',
  'show create table a',
  'grant create, drop on a.* to b',
  "grant all on *.* to 'a'@'%' with grant option",
  'revoke a from b',
  'flush table',
  'flush tables with read lock',
  'use `a`',
  'do 1',
  'begin',
  'start transaction',
  'commit',
  'rollback work',
  'kill tidb 3',
  'desc a b',
  'explain select 1',
  'admin cancel ddl jobs 1, 2',
  "load data local infile 'x' into table a lines terminated by '\\n' ignore 1 lines (b, @c)",
  "prepare a from 'select 1'",
  'execute a using @b',
  'deallocate prepare a',
  'analyze table a',
  'split table a between (0) and (9) regions 3',
  "create user if not exists 'a'@'%' identified by 'b'",
  "alter user user() identified by 'b'",
  'drop role a',
  'create global binding for select 1 using select 1',
  'alter table a analyze partition p',
  "select ?, .5, 1., 1e3, 0xff, x'', b'01', n'c', _utf8'd', 0xg, \\N",
  `select ${'9'.repeat(400)}`,
  'admin cleanup index a b',
];

test('only replace accepts other statements', () => {
  for (const text of NOT_DDL) {
    assert.deepEqual(readSql(text, 'replace'), { ok: true, pieces: [text], doubts: [] });
    const reading = readSql(text, 'inject');
    assert.deepEqual(reading, { ok: false, kind: 'not-ddl', piece: text } satisfies SqlReading);
  }
  assert.equal(refusal('drop table a;\nselect 1;', 'inject'), "only support inject DDL currently, but got 'select 1;'");
});

test('inject parses each piece separately: after a cut inside a /*! comment, a piece is not valid', () => {
  const text = '/*! drop table a; */ drop table b;';
  assert.deepEqual(pieces(text), ['/*! drop table a;', ' */ drop table b;']);
  assert.match(refusal(text, 'inject'), /^check sqls err \[code=11006.* line 1 column 19 near "\*\/ drop table b;": a ; splits/);
  assert.deepEqual(pieces('drop table a /*!40101 ; */', 'inject'), ['drop table a /*!40101 ;']);
});

test('a message names the place and never shows a literal or the whole text', () => {
  const prefix = '[code=11006:class=functional:scope=internal:level=high] parse statement: ';
  assert.equal(
    refusal('drop table a;\n drop tabel b comment \'secret\', "secret"'),
    `check SQLs error: ${prefix}line 2 column 7 near "tabel b comment '…', "…"": DM's parser does not accept this after DROP. It accepts BINDING, DATABASE, GLOBAL, INDEX, PREPARE, ROLE, SCHEMA, SEQUENCE, SESSION, STATISTICS, STATS, TABLE, TABLES, TEMPORARY, USER, VIEW`,
  );
  for (const text of [
    "frob 'secret'",
    "frob x'secret'",
    "do 1; frob 'a' 'secret",
    'frob "secret',
    'frob /* secret */',
    'frob `secret',
    "create user a identified by 'secret;",
  ]) {
    assert.doesNotMatch(refusal(text), /secret/, text);
    assert.doesNotMatch(refusal(text, 'inject'), /secret/, text);
  }
  assert.equal(
    refusal("create user 'a' identified by 'secret'", 'inject'),
    "only support inject DDL currently, but got 'create user '…' identified by '…''",
  );
  const long = `frob ${'a, '.repeat(1000)}`;
  assert.ok(refusal(long).length < 300);
  assert.match(refusal('drop table a\0'), /near "\\x00"/);
  assert.match(refusal('drop table 表😀'), /column 13 near "😀"/);
});

test('long and deeply nested texts can be read', () => {
  const values = `insert into a values ${Array.from({ length: 20_000 }, (_, i) => `(${i}, 'v;${i}')`).join(', ')};`;
  assert.deepEqual(pieces(values), [values]);
  const deep = `select ${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
  assert.deepEqual(pieces(deep), [deep]);
  const string = `insert into a values ('${'x'.repeat(1 << 20)}')`;
  assert.deepEqual(pieces(string), [string]);
});
