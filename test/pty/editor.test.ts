// The line editor in a real pseudo-terminal: the screen and its cursor, at several widths and with wide characters.

import assert from 'node:assert/strict';
import { test } from '../harness/posix.ts';
import { answer, type Reply, requests, withMaster } from '../harness/run.ts';
import { Terminal } from '../harness/terminal.ts';

type Master = Parameters<Parameters<typeof withMaster>[1]>[0];
type Options = ConstructorParameters<typeof Terminal>[1];

/** A shell on a master that answers true to every call. */
async function inShell(use: (terminal: Terminal, master: Master) => Promise<void>, options: Options = {}, reply?: Reply): Promise<void> {
  await withMaster(
    () => reply ?? answer('QueryStatus', { result: true }),
    async (master) => {
      // Without color there is no hint on the screen, except in tests of the hint.
      const terminal = new Terminal(['-master-addr', master.address, '-yes'], { env: { NO_COLOR: '1' }, ...options });
      try {
        await terminal.until(/^» *$/m);
        await use(terminal, master);
      } finally {
        terminal.close();
      }
    },
  );
}

const LEFT = '\x1b[D';
const RIGHT = '\x1b[C';
const UP = '\x1b[A';
const DOWN = '\x1b[B';
const HOME = '\x1b[H';
const END = '\x1b[F';
const BACKSPACE = '\x7f';
const pasted = (text: string): string => `\x1b[200~${text}\x1b[201~`;

/** Cells of the texts in these tests: two for Chinese characters and emoji, none for combining characters. */
const cellsOf = (char: string): number => (/\p{M}/u.test(char) ? 0 : /[\p{Script=Han}\p{Emoji_Presentation}]/u.test(char) ? 2 : 1);

/** The expected display of a line: its rows, and the place of a cursor before its nth code point. */
function drawn(text: string, columns: number, cursor = [...text].length): { rows: string[]; x: number; y: number } {
  const rows = ['» '];
  let width = 2;
  let place: { x: number; y: number } | undefined;
  for (const [i, char] of [...text].entries()) {
    if (width + cellsOf(char) > columns) {
      rows.push('');
      width = 0;
    }
    if (i === cursor) place = { x: width, y: rows.length - 1 };
    rows[rows.length - 1] += char;
    width += cellsOf(char);
  }
  if (!place && width === columns) {
    rows.push('');
    width = 0;
  }
  return { rows, ...(place ?? { x: width, y: rows.length - 1 }) };
}

/** Resolves when the line is on the screen once, after the text `above`, with the cursor in the right place. */
async function shows(terminal: Terminal, text: string, columns: number, cursor?: number): Promise<void> {
  const want = drawn(text, columns, cursor);
  const wanted = want.rows.map((r) => r.trimEnd()).join('\n');
  const there = (): boolean => {
    const lines = terminal.text().split('\n');
    const first = lines.findIndex((l) => l.startsWith('»'));
    const rows = lines
      .slice(first)
      .map((r) => r.trimEnd())
      .join('\n')
      .trimEnd();
    const { x, y } = terminal.cursor();
    return rows === wanted.trimEnd() && x === want.x && y + terminal.top() === first + want.y;
  };
  try {
    await terminal.until(there, 5);
  } catch {
    const { x, y } = terminal.cursor();
    assert.fail(
      `wanted, with the cursor at ${want.x}, ${want.y} of it:\n${wanted}\nseen, cursor at ${x}, ${y + terminal.top()}:\n${terminal.text()}`,
    );
  }
}

const TEXTS = {
  ASCII: 'sql-replace the quick brown fox jumps over the lazy dog, and then again and again. ',
  Chinese: '任务一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒x',
  'emoji and combining': 'ae\u0301🚀b🎉o\u0308中文👍cd🚀n\u0303🎉e文👍中🚀b🎉中文中👍cd🚀n\u0303x🎉e文👍',
};

for (const columns of [40, 80, 200]) {
  for (const [kind, piece] of Object.entries(TEXTS)) {
    test(`${kind} at ${columns} columns: typing, moving, killing and yanking in a wrapped line`, () =>
      inShell(
        async (terminal) => {
          const text = piece.repeat(Math.ceil((columns * 2.5) / piece.length)).trimEnd();
          const chars = [...text];
          for (let i = 0; i < chars.length; i += 7) terminal.type(chars.slice(i, i + 7).join(''));
          await shows(terminal, text, columns);
          terminal.type(HOME);
          await shows(terminal, text, columns, 0);
          terminal.type(RIGHT.repeat(1));
          terminal.type('任');
          await shows(terminal, `${chars[0]}任${chars.slice(1).join('')}`, columns, 2);
          terminal.type(`${BACKSPACE}${END}`);
          await shows(terminal, text, columns);
          terminal.type('\x15');
          await shows(terminal, '', columns);
          terminal.type('\x19\x19');
          await shows(terminal, text + text, columns);
        },
        { columns },
      ));
  }

  test(`each length around the end of a row, at ${columns} columns`, () =>
    inShell(
      async (terminal) => {
        const start = 'x'.repeat(columns - 5);
        terminal.type(start);
        for (let i = 1; i <= 5; i += 1) {
          terminal.type('中');
          await shows(terminal, start + '中'.repeat(i), columns);
        }
        for (let i = 4; i >= 0; i -= 1) {
          terminal.type(BACKSPACE);
          await shows(terminal, start + '中'.repeat(i), columns);
        }
        for (let i = 1; i <= 5; i += 1) {
          terminal.type('y');
          await shows(terminal, start + 'y'.repeat(i), columns);
        }
      },
      { columns },
    ));

  test(`a list of ${columns} columns stays under the line until the next key`, () =>
    inShell(
      async (terminal) => {
        terminal.type('pa');
        await shows(terminal, 'pa', columns);
        terminal.type('\t');
        await shows(terminal, 'pause-', columns);
        terminal.type('\t');
        await terminal.until(/» pause-\npause-relay {2}pause-task$/);
        assert.deepEqual(terminal.cursor().x, 8);
        terminal.type('t');
        await shows(terminal, 'pause-t', columns);
        terminal.type('\t');
        await shows(terminal, 'pause-task ', columns);
      },
      { columns },
    ));
}

for (const [what, piece, kind] of [
  ...Object.entries(TEXTS).map(([name, text]) => [name, text, 'answers'] as const),
  ['ASCII', TEXTS.ASCII, 'silent'] as const,
]) {
  for (const [from, to] of [
    [80, 40],
    [80, 57],
    [40, 80],
    [200, 80],
    [80, 200],
  ] as const) {
    test(`${what}: from ${from} to ${to} columns while editing, in a terminal that ${kind === 'silent' ? 'reports nothing' : kind}`, () =>
      inShell(
        async (terminal) => {
          const text = piece.repeat(Math.ceil(180 / piece.length)).trimEnd();
          const { length } = [...text];
          terminal.type(text);
          await shows(terminal, text, from);
          terminal.resize(to, 30);
          await shows(terminal, text, to);
          terminal.type('z');
          await shows(terminal, `${text}z`, to);
          terminal.resize(from, 30);
          await shows(terminal, `${text}z`, from);
          terminal.type(HOME);
          await shows(terminal, `${text}z`, from, 0);
          terminal.resize(to, 30);
          await shows(terminal, `${text}z`, to, 0);
          terminal.type(`${END}${BACKSPACE}`);
          await shows(terminal, text, to, length);
          assert.match(terminal.text(), /^Welcome to dmctl\n/);
        },
        { columns: from, kind },
      ));
  }
}

for (const kind of ['answers'] as const) {
  test('the cursor in the middle of a line, at many widths', () =>
    inShell(
      async (terminal) => {
        const text = TEXTS.ASCII.repeat(3).trimEnd();
        terminal.type(text + LEFT.repeat(20));
        const at = text.length - 20;
        await shows(terminal, text, 80, at);
        for (const columns of [79, 60, 45, 33, 50, 80]) {
          terminal.resize(columns, 30);
          await shows(terminal, text, columns, at);
        }
        assert.match(terminal.text(), /^Welcome to dmctl\n/);
      },
      { kind },
    ));

  test('a line of several rows in a narrower terminal', () =>
    inShell(
      async (terminal) => {
        const first = `query-status ${'x'.repeat(50)} \\`;
        terminal.type(`${first}\r${'y'.repeat(60)}`);
        await terminal.until(/… y{60}$/);
        terminal.resize(50, 30);
        await terminal.until(
          () =>
            terminal.rowsToCursor(4).join('|') ===
            `${`» ${first}`.slice(0, 50)}|${`» ${first}`.slice(50)}|… ${'y'.repeat(48)}|${'y'.repeat(12)}`,
        );
        assert.equal(terminal.text().match(/»/g)?.length, 1);
        assert.match(terminal.text(), /^Welcome to dmctl\n/);
      },
      { kind },
    ));
}

test('a line that is longer than the screen shows the part at the cursor, and all of it at the end', () =>
  inShell(
    async (terminal, master) => {
      const name = 'n'.repeat(600);
      terminal.type(pasted(`query-status ${name}Z`));
      await terminal.until(/n+Z$/);
      terminal.type(HOME);
      await terminal.until(() => /» query-status n+/.test(terminal.text()) && terminal.cursor().x === 2);
      terminal.type('\r');
      await terminal.until(/"result": true[\s\S]*» *$/);
      assert.match(terminal.text().replaceAll('\n', ''), new RegExp(`» query-status ${name}Z\\{`));
      assert.deepEqual(requests(master), [['QueryStatus', { name: `${name}Z` }]]);
    },
    { columns: 40, rows: 8 },
  ));

/** The tasks of the calls. The shell also fetches names automatically, without a task. */
const names = (master: Master): unknown[] => requests(master).flatMap(([, request]) => (request.name ? [request.name] : []));

for (const [how, mark] of [
  ['a marked paste', pasted],
  ['a paste without marks', (text: string) => text.replaceAll('\n', '\r')],
] as const) {
  test(`${how} of several lines runs line by line, and its last part can be edited`, () =>
    inShell(async (terminal, master) => {
      terminal.type(mark('query-status a\nquery-status 任务\n\nquery-status c\nquery-status d'));
      await terminal.until(/» query-status d$/);
      assert.deepEqual(names(master), ['a', '任务', 'c']);
      const prompts = terminal.text().match(/^» \S.*$/gm);
      assert.deepEqual(
        prompts?.map((p) => p.trimEnd()),
        ['» query-status a', '» query-status 任务', '» query-status c', '» query-status d'],
      );
      terminal.type(`${BACKSPACE}e\r`);
      await terminal.until(/» query-status e\n[\s\S]*» *$/);
      assert.deepEqual(names(master), ['a', '任务', 'c', 'e']);
    }));
}

test('text that is typed and pasted while a call runs is kept in order, and Ctrl-C ends the call', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('query-status first\r');
      await called(master, 1);
      terminal.type('query-');
      terminal.type(pasted('status second\nquery-status third\nquery-sta'));
      terminal.type('tus fourth');
      terminal.type('\x03');
      await called(master, 2);
      terminal.type('\x03');
      await called(master, 3);
      terminal.type('\x03');
      await terminal.until(/» query-status fourth$/);
      assert.deepEqual(names(master), ['first', 'second', 'third']);
      terminal.type('\x03');
      await terminal.until(/» query-status fourth\^C\n» *$/);
    },
    {},
    { odd: 'hang' },
  ));

/** Resolves when a number of calls have arrived. */
async function called(master: Master, times: number): Promise<void> {
  const endsAt = Date.now() + 10_000;
  while (master.calls.length < times) {
    if (Date.now() > endsAt) throw new Error(`${master.calls.length} calls came, not ${times}`);
    await new Promise(setImmediate);
  }
}

test('Ctrl-C and Enter in one burst end the call, not the program', () =>
  inShell(
    async (terminal) => {
      terminal.type('query-status first\r\x03');
      await terminal.until(/interrupted[\s\S]*» *$/);
    },
    {},
    { odd: 'hang' },
  ));

test('Ctrl-C twice on an empty line leaves, the first one announces it, and a key between resets it', () =>
  inShell(async (terminal) => {
    terminal.type('\x03');
    await terminal.until(/» *\n\(press Ctrl-C again or Ctrl-D to exit\)\n» *$/);
    terminal.type('x\x03');
    await terminal.until(/» x\^C\n» *$/);
    terminal.type('\x03');
    await terminal.until(/exit\)\n» *\n[\s\S]*exit\)\n» *$|» x\^C\n» *\n\(press[^\n]*\n» *$/);
    terminal.type('\x03');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /» *\ndmctl exit$/);
  }));

test('Ctrl-D deletes, and leaves on an empty line', () =>
  inShell(async (terminal) => {
    terminal.type(`ab${HOME}\x04`);
    await shows(terminal, 'b', 80, 0);
    terminal.type('\x04\x04');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /» *\ndmctl exit$/);
  }));

test('history: Up with a prefix, Ctrl-R, and the gray hint', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('query-status one\rpause-task two\rquery-status 任务\r');
      await called(master, 3);
      await terminal.until(/任务\n[\s\S]*» *$/);
      const line = (): string => terminal.rowsToCursor().join('');
      const sees = (text: string): Promise<void> => terminal.until(() => line() === text);
      terminal.type(UP);
      await sees('» query-status 任务');
      terminal.type(`${DOWN}p`);
      await sees('» pause-task two');
      assert.equal(terminal.cursor().x, 3);
      assert.equal(terminal.colourAtCursor(), 8);
      terminal.type(RIGHT);
      await terminal.until(() => terminal.cursor().x === 16);
      terminal.type('\x15q');
      await sees('» query-status 任务');
      terminal.type(UP + UP);
      await sees('» query-status one');
      terminal.type('\x15\x12');
      await sees('» (search: )');
      terminal.type('task');
      await sees('» (search: task) pause-task two');
      terminal.type('zzz');
      await sees('» (search, no older match: taskzzz) pause-task two');
      terminal.type('\x07');
      await sees('»');
      terminal.type('\x12status\x12');
      await sees('» (search: status) query-status one');
      terminal.type('\r');
      await called(master, 4);
      await terminal.until(/» query-status one\n\{[^»]*» *$/);
      assert.deepEqual(names(master), ['one', 'two', '任务', 'one']);
    },
    { env: {} },
  ));

test('a line continues after a backslash and in an open quote of SQL', () =>
  inShell(async (terminal, master) => {
    terminal.type('query-status \\\r');
    await terminal.until(/» query-status \\\n… *$/);
    assert.equal(terminal.cursor().x, 2);
    terminal.type('one\r');
    await called(master, 1);
    await terminal.until(/result[\s\S]*» *$/);
    assert.deepEqual(names(master), ['one']);
    terminal.type("sql-inject -w w:1 t ALTER TABLE a ADD b INT COMMENT 'x\r");
    await terminal.until(/COMMENT 'x\n… *$/);
    terminal.type("任务'\r");
    await called(master, 2);
    assert.deepEqual(requests(master)[1]?.[1].args, ["ALTER TABLE a ADD b INT COMMENT 'x\n任务'"]);
    await terminal.until(/result[\s\S]*result[\s\S]*» *$/);
    terminal.type("query-status 'open\r");
    await terminal.until(/the quote ' at column 14 is not closed/);
  }));

test('Ctrl-L keeps the line and clears the rest', () =>
  inShell(async (terminal) => {
    terminal.type(`some 任务${LEFT}\x0c`);
    await terminal.until(() => terminal.cursor().y === 0 && terminal.cursor().x === 9);
    assert.deepEqual(terminal.rowsToCursor(), ['» some 任务']);
  }));

test('the shell and Ctrl-C work after a paste of 9 MB and one of 500,000 line ends', () =>
  inShell(async (terminal, master) => {
    terminal.type(pasted(`query-status '${'a'.repeat(9_000_000)}Z'`));
    await terminal.until(/a+Z'$/, 100);
    terminal.type('\x03');
    await terminal.until(/\^C\n» *$/);
    terminal.type(pasted('\n'.repeat(500_000)));
    terminal.type('\r'.repeat(10_000));
    terminal.type('query-status b\r');
    await terminal.until(/» query-status b\n[\s\S]*"result": true[\s\S]*» *$/, 100);
    assert.deepEqual(names(master), ['b']);
  }));

test('a paste that is too long is rejected, and the line stays', () =>
  inShell(async (terminal) => {
    terminal.type('abc');
    terminal.type(pasted('a'.repeat((16 << 20) + 1)));
    await terminal.until(/a line or a paste can have at most 16 MiB\. Nothing was inserted\.[\s\S]*» abc$/, 100);
  }));

test('a byte that is not UTF-8 is shown and rejected', () =>
  inShell(async (terminal, master) => {
    terminal.typeBytes(Buffer.from('stop-task caf\xe9 \r', 'latin1'));
    await terminal.until(/» stop-task caf\ufffd *\nthe line has the byte 0xE9, which is not UTF-8, at column 14\. Nothing was sent\./);
    assert.deepEqual(names(master), []);
  }));

test('control characters of a paste are shown and rejected', () =>
  inShell(async (terminal, master) => {
    terminal.type(pasted('a\x07b'));
    await terminal.until(/» a\^Gb$/);
    terminal.type('\r');
    await terminal.until(/control character U\+0007 at column 2/);
    assert.equal(master.calls.length, 0);
  }));

test('without color there is no hint', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('query-status one\r');
      await called(master, 1);
      await terminal.until(/result[\s\S]*» *$/);
      terminal.type('que');
      await terminal.until(/» que$/);
    },
    { env: { NO_COLOR: '1' } },
  ));

test('a dumb terminal gets plain lines and no codes', () =>
  inShell(
    async (terminal, master) => {
      terminal.type('query-status \\\r');
      await terminal.until(/… *$/);
      terminal.type('one\r');
      await called(master, 1);
      await terminal.until(/result[\s\S]*» *$/);
      assert.deepEqual(names(master), ['one']);
      terminal.type('half\x03');
      await terminal.until(/press Ctrl-C again or Ctrl-D to exit\)\n» *$/);
      terminal.type('exit\r');
      assert.equal(await terminal.ended(), 0);
      assert.ok(!terminal.bytes.includes('\x1b'));
    },
    { env: { TERM: 'dumb' } },
  ));

for (const [how, end, status] of [
  ['exit', (t: Terminal) => t.type('exit\r'), 0],
  ['SIGTERM', (t: Terminal) => t.signal('SIGTERM'), 143],
  ['SIGHUP', (t: Terminal) => t.signal('SIGHUP'), 129],
] as const) {
  test(`after ${how} the terminal no longer marks pastes`, () =>
    inShell(async (terminal) => {
      assert.ok(terminal.bytes.includes('\x1b[?2004h'));
      end(terminal);
      assert.equal(await terminal.ended(), status);
      assert.ok(terminal.bytes.lastIndexOf('\x1b[?2004l') > terminal.bytes.lastIndexOf('\x1b[?2004h'));
    }));
}

test('one key at the end of a line writes one byte, and a paste of 5,000 characters writes few', () =>
  inShell(async (terminal) => {
    terminal.type('x'.repeat(40));
    await shows(terminal, 'x'.repeat(40), 80);
    const before = terminal.bytes.length;
    terminal.type('y');
    await shows(terminal, `${'x'.repeat(40)}y`, 80);
    assert.equal(terminal.bytes.length - before, 1);
    terminal.type(`${'x'.repeat(4999)}Z`);
    await terminal.until(/Z$/);
    assert.ok(terminal.bytes.length - before < 20_000);
  }));
