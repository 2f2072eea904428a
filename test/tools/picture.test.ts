import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cropped, replaceIn, textOf, written } from '../../tools/picture/cells.mjs';
import { escapeXml, runsOf, svgOf } from '../../tools/picture/svg.mjs';
import { cssColour, look } from '../../tools/picture/theme.mjs';
import { it as posixIt } from '../harness/posix.ts';
import { type Cell, Terminal } from '../harness/terminal.ts';

const WIDE = /\p{Script=Han}/u;
const PLAIN = written(' ')[0] as Cell;

/** Cells as a terminal has them: a Chinese character takes two, of which the second is empty. */
const cells = (text: string, like: Partial<Cell> = {}): Cell[] =>
  [...text].flatMap((chars): Cell[] => {
    const cell = { ...PLAIN, ...like, chars };
    return WIDE.test(chars)
      ? [
          { ...cell, width: 2 },
          { ...cell, chars: '', width: 0 },
        ]
      : [cell];
  });

const ABOUT = { title: 'a "title"', description: 'a <description>' };

/** Well-formed as far as a writer of its own can get it wrong: elements are closed in order, no stray `<`, `&`, or attribute. */
function checkXml(xml: string): void {
  const open: string[] = [];
  let rest = xml;
  while (rest !== '') {
    const text = /^[^<]+/.exec(rest)?.[0];
    const tag = /^<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>/.exec(rest);
    if (text) assert.doesNotMatch(text, /&(?!(amp|lt|gt|quot);)|\]\]>/, text);
    else if (!tag) assert.fail(`no tag: ${rest.slice(0, 80)}`);
    else if (tag[1]) assert.equal(open.pop(), tag[2]);
    else {
      const names = [...(tag[3] ?? '').matchAll(/ ([^=]+)=/g)].map((m) => m[1]);
      assert.equal(new Set(names).size, names.length, `an attribute twice: ${tag[0]}`);
      if (!tag[4]) open.push(tag[2] ?? '');
    }
    rest = rest.slice((text ?? tag?.[0] ?? '').length);
  }
  assert.deepEqual(open, []);
}

describe('pictures', () => {
  it('escape what XML reads otherwise', () => {
    assert.equal(escapeXml('a < b && "c" > \u0007d'), 'a &lt; b &amp;&amp; &quot;c&quot; &gt; d');
    const svg = svgOf([cells('<script>&amp;]]>')], ABOUT);
    checkXml(svg);
    assert.match(svg, />&lt;script&gt;&amp;amp;\]\]&gt;<\/text>/);
    assert.match(svg, /<title id="title">a &quot;title&quot;<\/title>/);
    assert.throws(() => checkXml('<svg><a></svg>'), 'the check itself finds something');
  });

  it('merge cells that look the same into one run, and end it at two blanks', () => {
    const row = [...cells('one two  three', { fg: 2 }), ...cells('four'), ...cells('  ')];
    assert.deepEqual(
      runsOf(row).map(({ x, cells: length, text }) => [x, length, text]),
      [
        [0, 7, 'one two'],
        [9, 5, 'three'],
        [14, 4, 'four'],
      ],
    );
    assert.deepEqual(
      runsOf(cells('a  b', { underline: true })).map((r) => r.text),
      ['a  b'],
    );
  });

  it('keep columns behind Chinese characters, which take two cells', () => {
    const runs = runsOf([...cells('表 t'), ...cells(' 已暂停 x')]).map(({ x, cells: length, text }) => [x, length, text]);
    assert.deepEqual(runs, [
      [0, 2, '表'],
      [3, 1, 't'],
      [5, 6, '已暂停'],
      [12, 1, 'x'],
    ]);
  });

  it('know all colors, and exchange them for inverse', () => {
    assert.equal(cssColour(196), '#ff0000');
    assert.equal(cssColour(232), '#080808');
    assert.equal(cssColour('#123456'), '#123456');
    const { ink, ground } = look({ ...PLAIN, fg: '#111111', bg: '#eeeeee', inverse: true });
    assert.deepEqual([ink, ground], ['#eeeeee', '#111111']);
    assert.match(svgOf([cells('x', { inverse: true })], ABOUT), /<rect x="16" [^>]*fill="#e6edf3"\/>/);
  });

  it('draw the lines of tables instead of writing them', () => {
    const svg = svgOf([cells('┌──┐'), cells('│ab│'), cells('└──┘')], ABOUT);
    checkXml(svg);
    assert.doesNotMatch(svg, /[┌─│]/);
    const path = /<path [^>]* d="([^"]*)"/.exec(svg)?.[1];
    assert.equal(path?.split('z').length, 5, `two lines across and two along: ${path}`);
  });

  it('replace what differs without moving other columns', () => {
    const by = [[/127\.0\.0\.1:4\d*/, '127.0.0.1:8261']] as const;
    const rows = replaceIn([cells('at 127.0.0.1:43123, so'), cells('│ 127.0.0.1:43123 │ 4'), cells('a 127.0.0.1:4     b')], by);
    assert.equal(textOf(rows), 'at 127.0.0.1:8261, so\n│ 127.0.0.1:8261  │ 4\na 127.0.0.1:8261  b');
    assert.ok(rows.every((row: Cell[], i: number) => row.length === [22, 21, 19][i]));
  });

  it('show a part of the rows', () => {
    const rows = [cells('$ a'), cells('» b  '), cells('     '), cells('end'), cells('  ')];
    assert.equal(textOf(cropped(rows, { from: /»/, to: /end/ })), '» b');
    assert.throws(() => cropped(rows, { from: /nothing/ }), /no row matches/);
  });

  posixIt('come from the screen of a program', async () => {
    const terminal = new Terminal(['-master-addr', '127.0.0.1:1'], { columns: 40, rows: 10 });
    await terminal.until(/» *$/);
    terminal.type('表 x');
    await terminal.until(/表 x/);
    const rows = terminal.cells();
    const row = rows.find((r) => r.some((cell) => cell.chars === '表')) ?? [];
    const at = row.findIndex((cell) => cell.chars === '表');
    assert.deepEqual([row[at]?.width, row[at + 1]?.width, row[at + 3]?.chars], [2, 0, 'x']);
    assert.ok(row.find((cell) => cell.chars === '»')?.fg !== undefined, 'the prompt is coloured');
    const svg = svgOf(rows, ABOUT);
    checkXml(svg);
    assert.match(svg, /textLength="16.8"[^>]*>表</);
    terminal.close();
  });
});
