// Formats YAML: what changes, what stays, and that a second run changes nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { releaseOf } from '../../src/config-files/file-kind.ts';
import { formatYaml } from '../../src/config-files/format/format-yaml.ts';
import { readYaml } from '../../src/config-files/read-yaml.ts';
import { SOURCE, TASK, TASK_V1 } from './cases.ts';

function formatted(text: string, dm?: string, kind: 'task' | 'source' = 'task'): string {
  const result = formatYaml(text, kind, dm === undefined ? undefined : releaseOf(dm));
  assert.ok('text' in result, JSON.stringify(result));
  return result.text;
}

test('a formatted file stays as it is', () => {
  for (const text of [TASK, TASK_V1]) {
    const once = formatted(text);
    assert.equal(formatted(once), once);
  }
  assert.equal(formatted(SOURCE, undefined, 'source'), formatted(formatted(SOURCE, undefined, 'source'), undefined, 'source'));
});

test('keys are in the order of the table, and comments move with them', () => {
  const text = `# My task file
# of the team

# which mode
task-mode:   all   # both

mysql-instances:
- meta: {binlog-pos: 4,  binlog-name: x.1}   # start
  # the source
  source-id: a
routes:
    z-first:
        target-schema: t
        schema-pattern: 's'   # quoted
    a-second: { target-schema: t, schema-pattern: "u" }
# the name
name:  orders
unknown: 1
target-database:
    # secret
    password: ""
    host: h
    # end of target
# end of file
`;
  assert.equal(
    formatted(text),
    `# My task file
# of the team

# the name
name: orders
# which mode
task-mode: all # both
target-database:
  host: h
  # secret
  password: ""
  # end of target

mysql-instances:
  # the source
  - source-id: a
    meta: {binlog-name: x.1, binlog-pos: 4} # start
routes:
  z-first:
    schema-pattern: 's' # quoted
    target-schema: t
  a-second: {schema-pattern: "u", target-schema: t}
unknown: 1

# end of file
`,
  );
});

test('no value changes its form: quotes, octal numbers, words, empty values, long texts', () => {
  const lines = ['name: "4000"', 'timezone: yes', "meta-schema: '007'", 'case-sensitive: off', 'remove-meta:', 'is-sharding: ~'];
  const long = `shard-mode: "${'word '.repeat(60)}"`;
  const text = `${[...lines, 'heartbeat-update-interval: 010', 'heartbeat-report-interval: 1_0', long].join('\n')}\n`;
  const out = formatted(text);
  for (const line of text.trimEnd().split('\n')) assert.ok(out.includes(`${line}\n`), `${line}\n${out}`);
});

test('files without keys are not formatted', () => {
  for (const text of ['', '\n', '\n# a\n', '# a', '# a\n\n# b\n', '[]', 'a', '- a\n'])
    assert.ok('problem' in formatYaml(text, 'task'), text);
});

test('line breaks stay CRLF', () => {
  const out = formatted(TASK.replaceAll('\n', '\r\n'));
  assert.equal(out, formatted(TASK).replaceAll('\n', '\r\n'));
});

test('a file with aliases keeps the order of its keys', () => {
  const text = 'syncers: {global: &s {batch: 1}}\nname:   a\nloaders: {other: *s}\n';
  assert.equal(formatted(text), 'syncers: {global: &s {batch: 1}}\nname: a\nloaders: {other: *s}\n');
  assert.ok('problem' in formatYaml(text, 'task', releaseOf('8.5')));
});

const UPGRADES: readonly (readonly [before: string, dm: string, after: string])[] = [
  ['is-sharding: true # merge', '8.5', 'shard-mode: pessimistic # merge'],
  ['is-sharding: yes', '2.0', 'shard-mode: pessimistic'],
  ['is-sharding: false\nname: a', '8.5', 'name: a'],
  ['is-sharding: true\nshard-mode: optimistic', '8.5', 'shard-mode: optimistic'],
  ['is-sharding: true\nshard-mode: ""', '8.5', 'is-sharding: true\nshard-mode: ""'],
  ['is-sharding: "true"', '8.5', 'is-sharding: "true"'],
  ['is-sharding: true', '1.0.7', 'is-sharding: true'],
  ['online-ddl-scheme: gh-ost', '8.5', 'online-ddl: true'],
  ['online-ddl-scheme: "pt" # tool', '2.0.5', 'online-ddl: true # tool'],
  ['online-ddl-scheme: pt\nonline-ddl: false', '8.5', 'online-ddl: true'],
  ['online-ddl-scheme: pt', '2.0.4', 'online-ddl-scheme: pt'],
  ['online-ddl-scheme: other', '8.5', 'online-ddl-scheme: other'],
  ['name: a\ndisable-heartbeat: true\nenable-heartbeat: false\nheartbeat-update-interval: 1', '8.5', 'name: a'],
  ['name: a\nremove-meta: false', '8.5', 'name: a'],
  ['remove-meta: true', '8.5', 'remove-meta: true'],
  ['black-white-list:\n  b: {do-dbs: [a]}', '8.5', 'block-allow-list:\n  b: {do-dbs: [a]}'],
  ['block-allow-list: {}\nblack-white-list: {}', '8.5', 'black-white-list: {}\nblock-allow-list: {}'],
  ['mysql-instances:\n  - source-id: a\n    black-white-list: b', '8.5', 'mysql-instances:\n  - source-id: a\n    block-allow-list: b'],
  ['mysql-instances:\n  - continuous-validator-config-name: b', '6.2', 'mysql-instances:\n  - validator-config-name: b'],
  ['mysql-instances:\n  - continuous-validator-config-name: b', '6.1', 'mysql-instances:\n  - continuous-validator-config-name: b'],
  ['loaders:\n  a:\n    import-mode: sql', '6.5', 'loaders:\n  a:\n    import-mode: logical'],
  ['loaders:\n  a:\n    import-mode: loader', '6.5', 'loaders:\n  a:\n    import-mode: loader'],
  ['loaders:\n  a:\n    import-mode: loader', '6.6', 'loaders:\n  a:\n    import-mode: logical'],
  ['loaders:\n  a:\n    on-duplicate: error', '8.5', 'loaders:\n  a:\n    on-duplicate: error'],
  [
    'syncers:\n  a:\n    batch: 1\n    # old\n    max-retry: 3\n    disable-detect: false',
    '8.5',
    'syncers:\n  a:\n    batch: 1\n    # old',
  ],
  ['syncers:\n  a:\n    enable-gtid: true', '8.5', 'syncers:\n  a:\n    enable-gtid: true'],
];

for (const [before, dm, after] of UPGRADES) {
  test(`for DM ${dm}: ${JSON.stringify(before)}`, () => {
    assert.equal(formatted(`${before}\n`, dm), `${after}\n`);
    assert.equal(formatted(`${after}\n`, dm), `${after}\n`);
  });
}

test('a file of which every line is changed at random: formatted twice is formatted once, and the values stay', () => {
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...PIECES));
  fc.assert(
    fc.property(fc.constantFrom(TASK, TASK_V1, SOURCE), fc.array(change, { maxLength: 6 }), (file, changes) => {
      let text = file;
      for (const [at, piece] of changes) {
        const lines = text.split('\n');
        const line = Math.floor(at * lines.length);
        lines[line] = piece.startsWith('\n') ? `${piece.slice(1)}\n${lines[line]}` : `${lines[line]}${piece}`;
        text = lines.join('\n');
      }
      const first = formatYaml(text, 'task');
      if ('problem' in first) return;
      assert.deepEqual(formatYaml(first.text, 'task'), first);
      assert.deepEqual(plain(first.text), plain(text));
    }),
    { numRuns: 300 },
  );
});

const PIECES = [
  ' # a',
  '\n# b',
  '\n',
  '\n\n',
  '\n  # c',
  '\n      # d',
  ' ',
  '\t',
  '\nzz: [a, # e\n  b]',
  '\n---',
  '\nx: |\n  # f',
  ' g',
  "\ny: 'h # i'",
];

/** The scalars of a text by their paths, sorted. */
function plain(text: string): string[] {
  const found: string[] = [];
  const walk = (node: ReturnType<typeof readYaml>['root'], path: string): void => {
    if (node?.kind === 'map') for (const { name, value } of node.entries) walk(value, `${path}.${name}`);
    else if (node?.kind === 'list') for (const [i, item] of node.items.entries()) walk(item, `${path}[${i}]`);
    else if (node) found.push(`${path}=${node.text} ${node.plain}`);
  };
  walk(readYaml(text).root, '');
  return found.sort();
}
