// The model of the line editor: keys in, text and cursor out, without a terminal.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v1 } from '../../src/dialects/v1/index.ts';
import { columnsOf } from '../../src/line-editor/complete.ts';
import { KeyReader } from '../../src/line-editor/keys.ts';
import { layOut, NOTHING } from '../../src/line-editor/layout.ts';
import { hintOf, type Key, press } from '../../src/line-editor/reduce-key.ts';
import { isCertain, rowsAbove } from '../../src/line-editor/reflow.ts';
import { repaint } from '../../src/line-editor/repaint.ts';
import { type EditorPorts, type EditState, EMPTY, LONGEST, type Step } from '../../src/line-editor/state.ts';
import { OpenRows } from '../../src/repl/open-line.ts';

const NAMES = ['query-error', 'query-status', 'resume-relay', 'resume-task', '暂停甲', '暂停乙'];
const HISTORY = ['query-status one', 'stop-task t', 'query-status two', 'query-status two', '查询 三'];

const openRows = (): OpenRows => new OpenRows({ dialect: v1, builtins: [], topics: [] });

const ports: EditorPorts = {
  history: HISTORY,
  complete: (line, cursor) => {
    const typed = /\S*$/.exec(line.slice(0, cursor))?.[0] ?? '';
    return { from: cursor - typed.length, candidates: NAMES.filter((n) => n.startsWith(typed)), untypeable: [] };
  },
  hint: (line) => ([...HISTORY].reverse().find((h) => h.startsWith(line)) ?? line).slice(line.length),
  openRows,
};

/** Keys by name, and literal texts: `typed('abc', '<left>')`. */
function pressAll(keys: readonly string[], state: EditState = EMPTY): EditState {
  return keys.reduce((s, k) => press(s, /^<.+>$/.test(k) ? { name: k.slice(1, -1) } : { name: 'insert', text: k }, ports).state, state);
}

/** The text with | at the cursor. */
const seen = ({ text, cursor }: EditState): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

const TABLE: readonly (readonly [what: string, keys: readonly string[], seen: string])[] = [
  ['typing in the middle', ['ac', '<left>', 'b'], 'ab|c'],
  ['Home and End', ['bc', '<home>', 'a', '<end>', 'd'], 'abcd|'],
  ['Ctrl-A, Ctrl-E, Ctrl-B, Ctrl-F', ['bc', '<ctrl-a>', 'a', '<ctrl-e>', 'd', '<ctrl-b>', '<ctrl-b>', '<ctrl-f>'], 'abc|d'],
  ['over an emoji of several code points', ['a👩‍👩‍👧b', '<left>', '<left>'], 'a|👩‍👩‍👧b'],
  ['over a combining character', ['e\u0301x', '<left>', '<left>'], '|e\u0301x'],
  ['a combining character joins what is before it', ['ex', '<left>', '\u0301', '<left>'], '|e\u0301x'],
  ['over a flag', ['🇨🇳🇫🇷', '<left>'], '🇨🇳|🇫🇷'],
  ['deleting Chinese', ['任务一', '<backspace>', '<home>', '<delete>'], '|务'],
  ['deleting an emoji', ['a👍🏽', '<backspace>'], 'a|'],
  ['Alt-B and Alt-F stop at letters', ['stop-task 任务 x', '<alt-b>', '<alt-b>', '<alt-b>', '<alt-f>'], 'stop-task| 任务 x'],
  ['Ctrl-Left and Ctrl-Right', ['a bb ccc', '<ctrl-left>', '<ctrl-left>', '<ctrl-right>'], 'a bb| ccc'],
  ['Ctrl-W up to a blank', ['start a-b c', '<left>', '<left>', '<ctrl-w>'], 'start | c'],
  ['Alt-Backspace up to a letter', ['start a-b', '<alt-backspace>'], 'start a-|'],
  ['Alt-D', ['one two', '<home>', '<alt-d>'], '| two'],
  ['Ctrl-U and Ctrl-Y', ['one two', '<ctrl-u>', 'x ', '<ctrl-y>'], 'x one two|'],
  ['Ctrl-K and Ctrl-Y', ['one two', '<alt-b>', '<ctrl-k>', '<home>', '<ctrl-y>'], 'two|one '],
  ['kills one after the other are one', ['a b c', '<ctrl-w>', '<ctrl-w>', 'x', '<ctrl-y>'], 'a xb c|'],
  ['Alt-Y yanks what was killed before', ['a', '<ctrl-u>', 'b', '<ctrl-u>', '<ctrl-y>', '<alt-y>'], 'a|'],
  ['Ctrl-T in the middle', ['abc', '<left>', '<ctrl-t>'], 'acb|'],
  ['Ctrl-T at the end', ['任务', '<ctrl-t>'], '务任|'],
  ['Ctrl-T with one character', ['a', '<ctrl-t>'], 'a|'],
  ['Ctrl-D deletes', ['ab', '<home>', '<ctrl-d>'], '|b'],
  ['Up without a text', ['<up>'], '查询 三|'],
  ['Up with a prefix skips the same line', ['q', '<up>', '<up>'], 'query-status one|'],
  ['Up stays at the oldest', ['q', '<up>', '<up>', '<up>'], 'query-status one|'],
  ['Down comes back to what was typed', ['q', '<up>', '<up>', '<down>', '<down>'], 'q|'],
  ['an edit ends the walk', ['st', '<up>', '!', '<up>'], 'stop-task t!|'],
  ['Ctrl-P and Ctrl-N', ['<ctrl-p>', '<ctrl-p>', '<ctrl-n>'], '查询 三|'],
  ['Ctrl-R finds the newest', ['<ctrl-r>', 'status'], 'query-|status two'],
  ['Ctrl-R again: older, the same line once', ['<ctrl-r>', 'status', '<ctrl-r>'], 'query-|status one'],
  ['Ctrl-R, less of the pattern begins anew', ['<ctrl-r>', 'one', '<backspace>', '<backspace>', '<backspace>', 'two'], 'query-status |two'],
  ['Escape leaves the search', ['typed', '<ctrl-r>', 'stop', '<escape>'], 'typed|'],
  ['Ctrl-G leaves the search', ['typed', '<ctrl-r>', 'stop', '<ctrl-g>'], 'typed|'],
  ['other keys take what was found', ['<ctrl-r>', 'stop', '<end>', '2'], 'stop-task t2|'],
  ['a pattern that is nowhere', ['<ctrl-r>', 'stop', 'zzz', '<left>', 'x'], 'x|stop-task t'],
  ['Right takes the hint', ['st', '<right>'], 'stop-task t|'],
  ['End takes the hint only at the end', ['st', '<left>', '<end>'], 'st|'],
  ['Tab puts the common part', ['que', '<tab>'], 'query-|'],
  ['Tab puts the common part of Chinese', ['暂', '<tab>'], '暂停|'],
  ['Tab puts the only one and a blank', ['query-s', '<tab>'], 'query-status |'],
  ['Tab with nothing that fits', ['zzz', '<tab>', '<tab>'], 'zzz|'],
  ['a backslash goes on', ['one\\', '<return>', 'two'], 'one\\\ntwo|'],
  ['an open quote of SQL goes on', ["sql-inject t 'b", '<return>', "c'"], "sql-inject t 'b\nc'|"],
  [
    'an open comment of SQL goes on',
    ['sql-inject t a /*', '<return>', 'stop-task x', '<return>', '*/'],
    'sql-inject t a /*\nstop-task x\n*/|',
  ],
  ['an open quote elsewhere does not', ["stop-task 'b", '<return>', 'c'], "stop-task 'bc|"],
  ['Up and Down in a line of rows', ['abc\\', '<return>', 'de', '<up>', 'X', '<down>', 'Y'], 'abXc\\\ndeY|'],
  ['Home and Ctrl-K stay in their row', ['ab\\', '<return>', 'cd', '<home>', '<ctrl-k>'], 'ab\\\n|'],
  ['Backspace joins rows', ['ab\\', '<return>', '<backspace>'], 'ab\\|'],
  ['a key that means nothing', ['ab', '<f5>', '<alt-q>'], 'ab|'],
];

for (const [what, keys, wanted] of TABLE) test(what, () => assert.equal(seen(pressAll(keys)), wanted));

test('the second Tab lists the candidates, the next key removes the list', () => {
  const listed = pressAll(['query-', '<tab>', '<tab>']);
  assert.deepEqual(listed.list, ['query-error', 'query-status']);
  assert.deepEqual(pressAll(['s'], listed).list, []);
  assert.deepEqual(pressAll(['qu', '<tab>', '<tab>']).list, ['query-error', 'query-status']);
});

test('Ctrl-C drops a line, and twice on an empty line it leaves', () => {
  const act = (keys: readonly string[]): string | undefined => press(pressAll(keys), { name: 'ctrl-c' }, ports).act;
  assert.equal(act(['a']), 'interrupt');
  assert.equal(act([]), 'warn');
  assert.equal(act(['<ctrl-c>']), 'leave');
  assert.equal(act(['<ctrl-c>', '<left>']), 'warn');
  assert.equal(act(['a', '<ctrl-c>']), 'warn');
  assert.equal(act(['<ctrl-r>']), 'interrupt');
});

test('Ctrl-D leaves only on an empty line', () => {
  assert.equal(press(EMPTY, { name: 'ctrl-d' }, ports).act, 'leave');
  assert.equal(press(pressAll(['a']), { name: 'ctrl-d' }, ports).act, undefined);
});

test('the hint is the rest of the newest line, only at the end', () => {
  assert.equal(hintOf(pressAll(['query-']), ports), 'status two');
  assert.equal(hintOf(pressAll(['query-', '<left>']), ports), '');
  assert.equal(hintOf(EMPTY, ports), '');
});

const PROMPTS = { first: '» ', next: '… ' };
const rowsOf = (text: string, columns: number): string[] =>
  layOut(PROMPTS, text, text.length, '', columns).rows.map((r) => r.lead + r.text);

test('rows break by cells', () => {
  assert.deepEqual(rowsOf('abcdefgh', 10), ['» abcdefgh', '']);
  assert.deepEqual(rowsOf('abcdefg任务', 10), ['» abcdefg', '任务']);
  assert.deepEqual(rowsOf('ab\ncd', 10), ['» ab', '… cd']);
  assert.deepEqual(layOut(PROMPTS, 'abcdefgh', 8, '', 10).cursor, { row: 1, column: 0 });
  assert.deepEqual(layOut(PROMPTS, 'abcdefg任', 7, '', 10).cursor, { row: 1, column: 0 });
  assert.deepEqual(rowsOf('a\u0007\tb\u202ec\u009bd', 40), ['» a^G b\ufffdc\ufffdd']);
});

test('a key at the end of a line writes exactly one character', () => {
  const faint = (text: string): string => `<${text}>`;
  const at = (text: string, hint = '', columns = 80) => layOut(PROMPTS, text, text.length, hint, columns);
  assert.equal(repaint(at('abc'), at('abcd'), 80, faint), 'd');
  assert.equal(repaint(at('任'), at('任务'), 80, faint), '务');
  assert.equal(repaint(at('que', 'ry'), at('quer', 'y'), 80, faint), 'r');
  assert.equal(repaint(at('abcd'), at('abc'), 80, faint), '\b\u001b[K');
  assert.equal(repaint(at('abcd'), at('abcd'), 80, faint), '');
  assert.equal(repaint(at('abcdefg', '', 10), at('abcdefgh', '', 10), 10, faint), 'h \r');
  assert.equal(repaint(NOTHING, at('a', 'b'), 80, faint), '» a<b>\b');
});

/** Rows of SQL, and the open quote or comment after the last. */
const OPEN: readonly (readonly [rows: readonly string[], mark: string | undefined, row?: number])[] = [
  [["SET a = 'b"], "'", 0],
  [["SET a = 'b'"], undefined],
  [["SET a = 'it''s'"], undefined],
  [["SET a = 'it\\'s"], "'", 0],
  [["SET a = 'it\\\\'"], undefined],
  [['SET `a'], '`', 0],
  [["SET a -- it's"], undefined],
  [["SET a --it's"], "'", 0],
  [["SET a /* it's */ = 'b"], "'", 0],
  [["SET a # it's"], undefined],
  [['SET a -- /* x'], undefined],
  [['SET a # /* x'], undefined],
  [["SET a = '/*'"], undefined],
  [['SET a = "/*"'], undefined],
  [['SET `/*`'], undefined],
  [['SET a /*', 'b'], '/*', 0],
  [['SET a /*/'], '/*', 0],
  [['SET a /* b */'], undefined],
  [["SET a = 'b", 'c', "d' /* e", 'f'], '/*', 2],
  [['SET a /*', '*/ = `b', 'c'], '`', 1],
  [['SET a /*', "*/ = 'b", "c'"], undefined],
  [['SET a /*!40101 = 1'], '/*', 0],
  [["SET a /*! = '*/", "' */"], undefined],
  [['SET a /*! -- x */'], undefined],
  [['SET a', 'b /*'], undefined],
  [['SET a \\', "= 'b"], "'", 1],
  [["SET a = 'b\\", "'"], undefined],
  [['SET a \\'], '\\'],
  [['# a \\'], undefined],
];
for (const [rows, mark, row] of OPEN) {
  test(`what is open after ${JSON.stringify(rows)}`, () => {
    const reader = openRows();
    const [first = '', ...more] = rows;
    let open = reader.add(first.startsWith('#') ? first : `sql-inject -w a t ${first}`);
    for (const next of more) if (open) open = reader.add(next);
    assert.equal(open, mark);
    if (row !== undefined) assert.equal(reader.openRow, row);
  });
}

test('130,000 names are listed in the available rows, long ones cut, and names that cannot be typed are never inserted', () => {
  const names = Array.from({ length: 130_000 }, (_, i) => `task-${i}`);
  const rows = columnsOf(names, 80, 12);
  assert.equal(rows.length, 12);
  assert.match(rows[0] as string, /^task-0 .*task-11 /);
  assert.equal(rows.at(-1), '… and 129,912 more');
  assert.deepEqual(columnsOf(['a', 'b'.repeat(100)], 20, 12), ['a', `${'b'.repeat(19)}…`]);
  const offers = (candidates: readonly string[], untypeable: readonly string[]): EditorPorts => ({
    ...ports,
    complete: () => ({ from: 0, candidates, untypeable }),
  });
  const tab = (state: EditState, with_: EditorPorts): EditState => press(state, { name: 'tab' }, with_).state;
  const certain = tab(EMPTY, offers(names, []));
  assert.deepEqual([certain.text, certain.list.length], ['task-', 0]);
  assert.equal(tab(certain, offers(names, [])).list.length, 130_000);
  assert.deepEqual(tab(EMPTY, offers([], ['a\\u202eb'])), { ...EMPTY, last: 'tab', list: ['a\\u202eb (cannot be typed)'] });
  const both = offers(['ab'], ['a\\u001b']);
  assert.deepEqual([tab(EMPTY, both).text, tab(tab(EMPTY, both), both).list], ['ab', ['ab', 'a\\u001b (cannot be typed)']]);
});

test('the rows of a paste are read once, and the text after a complete line is kept', () => {
  const paste = (text: string, state = EMPTY): Step => press(state, { name: 'paste', text }, ports);
  assert.equal(seen(paste('query-status a').state), 'query-status a|');
  const { state, act, rest } = paste('query-status a\nquery-status b\nc');
  assert.deepEqual([state.text, act, rest], ['query-status a', 'line', 'query-status b\nc']);
  assert.deepEqual(paste('\n\n').state, EMPTY);
  const sql = `sql-inject t INSERT INTO a VALUES ('${'x\n'.repeat(500_000)}')`;
  assert.equal(paste(sql).state.text, sql);
  assert.deepEqual([paste(`${sql};\n\nx`).state.text, paste(`${sql};\n\nx`).rest], [`${sql};`, '\nx']);
  assert.equal(paste('x'.repeat(LONGEST + 1)).act, 'full');
  assert.deepEqual(paste('x'.repeat(LONGEST), insertAt('y')), { state: insertAt('y'), act: 'full' });
});

const insertAt = (text: string): EditState => ({ ...EMPTY, text, cursor: text.length });

/** The keys of chunks of bytes from a terminal. */
function keysOf(...chunks: readonly (string | Buffer)[]): Key[] {
  const all: Key[] = [];
  const reader = new KeyReader({
    keys: (keys) => all.push(...keys),
    named: (name) => all.push({ name: `named ${name}` }),
    cursorAt: (column) => all.push({ name: `cursor ${column}` }),
  });
  reader.asked = true;
  for (const chunk of chunks) reader.feed(Buffer.from(chunk as string));
  reader.close();
  return all;
}
const insert = (text: string): Key => ({ name: 'insert', text });
const paste = (text: string): Key => ({ name: 'paste', text });
const enter: Key = { name: 'return' };
const task = Buffer.from('任');

const CODES: readonly (readonly [what: string, chunks: readonly (string | Buffer)[], keys: readonly Key[]])[] = [
  ['a burst is one text', ['abc任务👍🏽'], [insert('abc任务👍🏽')]],
  ['a character in two chunks', [task.subarray(0, 1), task.subarray(1)], [insert('任')]],
  [
    'codes of keys',
    ['\u001b[D\u001bb\u001b[1;5C\u0001\u001b[3~'],
    ['left', 'alt-b', 'ctrl-right', 'ctrl-a', 'delete'].map((name) => ({ name })),
  ],
  ['a code in two chunks', ['\u001b', '[D'], [{ name: 'left' }]],
  ['a paste', ['\u001b[200~a\r\nb\tc\nd\u001b[201~e'], [paste('a\nb\tc\nd'), insert('e')]],
  ['a paste whose marks are cut', ['x\u001b[20', '0~a', 'b\u001b[2', '01~'], [insert('x'), paste('ab')]],
  ['a paste that is too long', ['\u001b[200~', 'a'.repeat(LONGEST), 'b\u001b[201~c'], [{ name: 'too-long' }, insert('c')]],
  ['bytes that are not UTF-8', [Buffer.from('a\xe9b\xff', 'latin1')], [insert('a\udce9b\udcff')]],
  ['CR LF is one Enter, also in two chunks', ['a\r', '\nb\n'], [insert('a'), enter, insert('b'), enter]],
  ['a tab in the midst is text, at the end a key', ['a\tb\t'], [insert('a\tb'), { name: 'tab' }]],
  [
    'where the cursor is',
    ['a\u001b[>0;276;0c\u001b[3', ';12Rb'],
    [insert('a'), { name: 'named 0;276;0' }, { name: 'cursor 11' }, insert('b')],
  ],
];
for (const [what, chunks, keys] of CODES) test(`keys: ${what}`, () => assert.deepEqual(keysOf(...chunks), keys));

test('after a resize, the cursor is found by its column, or else by the name of the terminal', () => {
  const text = 'x'.repeat(98); // 100 cells with the prompt: in 80 columns the cursor is at column 20 of the second row
  const layout = layOut(PROMPTS, text, 98, '', 80);
  assert.equal(isCertain(layout, 90), true);
  assert.equal(isCertain(layout, 40), false);
  const above = (columns: number, column?: number, name?: string): number => rowsAbove(layout, columns, { name, column });
  assert.equal(above(30, 10), 3, 'it has broken the line anew');
  assert.equal(above(30, 20), 1, 'it has left the row');
  assert.equal(above(200, 100), 0, 'it has joined the rows');
  assert.equal(above(40, 20, '84;0;0'), 2, 'tmux');
  assert.equal(above(40, 20, '0;276;0'), 1, 'xterm.js');
  assert.equal(above(40), 1, 'nobody answers');
});
