// Help texts and messages on terminals of any width.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinParagraphs, reflow, wrapMessage, wrapWords } from '../../src/text/reflow.ts';
import { width } from '../../src/text/width.ts';

test('text is broken between words only, and a command in backquotes stays whole', () => {
  assert.deepEqual(wrapWords('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrapWords('use `resume-task -w w1 test` now', 12), ['use', '`resume-task -w w1 test`', 'now']);
  assert.deepEqual(wrapWords('a-very-long-word b', 4), ['a-very-long-word', 'b']);
  assert.deepEqual(wrapWords("x = 'a  b' c", 80), ["x = 'a  b' c"]);
  assert.deepEqual(wrapWords('', 10), ['']);
});

test('Chinese text counts two cells for each character', () => {
  const lines = wrapWords('任务 一切 正常 任务 一切', 10);
  assert.deepEqual(lines, ['任务 一切', '正常 任务', '一切']);
  for (const line of lines) assert.ok(width(line) <= 10);
});

test('a message has an indent after its first line', () => {
  assert.equal(wrapMessage('warning: one two three\nshort\n', 14), 'warning: one\n  two three\nshort\n');
  assert.equal(wrapMessage('  a list entry', 10), '  a list\n    entry');
});

const HELP = `a summary of the command that is long

Usage:
  dmctl name [-w worker ...] <task>

Flags:
  -h, --help            help for name
  -w, --worker strings  only the sub tasks on these workers

Flags of every command (help output):
  --output --query --timeout --quiet

Examples:
  name -w 127.0.0.1:8262,127.0.0.1:8263 a-task-with-a-long-name
`;

test('a table keeps the column of its texts, and usage lines are indented; examples stay in one line', () => {
  assert.equal(
    reflow(HELP, 50).replaceAll('\n\n', '\n'),
    `a summary of the command that is long
Usage:
  dmctl name [-w worker ...] <task>
Flags:
  -h, --help            help for name
  -w, --worker strings  only the sub tasks on
                        these workers
Flags of every command (help output):
  --output --query --timeout --quiet
Examples:
  name -w 127.0.0.1:8262,127.0.0.1:8263 a-task-with-a-long-name
`,
  );
});

test('on a narrow terminal the texts of a table go below its names', () => {
  assert.equal(
    reflow(HELP, 30).replaceAll('\n\n', '\n'),
    `a summary of the command that
is long
Usage:
  dmctl name [-w worker ...]
      <task>
Flags:
  -h, --help
          help for name
  -w, --worker strings
          only the sub tasks
          on these workers
Flags of every command (help
output):
  --output --query --timeout
  --quiet
Examples:
  name -w 127.0.0.1:8262,127.0.0.1:8263 a-task-with-a-long-name
`,
  );
});

test('the longest name of a table has only one space after it', () => {
  assert.equal(
    reflow('Commands:\n  name     what it does\n  longname what it does now\n', 35),
    'Commands:\n  name     what it does\n  longname what it does now\n',
  );
  assert.equal(
    reflow('Commands:\n  name     what it does\n  longname what it does in the long run\n', 36),
    'Commands:\n  name     what it does\n  longname what it does in the long\n           run\n',
  );
});

test("a text of Go's flag package is broken behind its tab", () => {
  assert.equal(
    reflow('  -V\tprints\n  -config string\n    \tpath to a file\n', 18),
    '  -V\tprints\n  -config string\n    \tpath to a\n    \tfile\n',
  );
});

test('the rows of a paragraph are joined; commands and tables are not', () => {
  assert.equal(
    joinParagraphs('Title\n\none\ntwo\nthree:\n\n  a b\n  c d\n\nfour\nfive\n'),
    'Title\n\none two three:\n\n  a b\n  c d\n\nfour five\n',
  );
});
