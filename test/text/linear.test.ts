// Typed texts and answers may be long and malicious. The time limits are only for a run that hangs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distance, suggestSimilar } from '../../src/args/suggest.ts';
import { globMatcher } from '../../src/text/glob.ts';
import { jsonPath } from '../../src/text/jsonpath.ts';
import { withoutPasswords } from '../../src/text/passwords.ts';
import { goQuote } from '../../src/text/quote.ts';
import { trimBoth, trimEnd } from '../../src/text/trim.ts';
import { answer, runProgram, withMaster } from '../harness/run.ts';

const HANG = { timeout: 30_000 };
const LONG = 2_000_000;

test('patterns of names', () => {
  const cases: readonly [pattern: string, name: string, matches: boolean][] = [
    ['*', '', true],
    ['a*', 'a', true],
    ['a*b', 'ab', true],
    ['a*b', 'axxb', true],
    ['a*b', 'abc', false],
    ['*a*b*', 'xaxbx', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '😀', true],
    ['a.c', 'abc', false],
    ['[a]*', 'a', false],
    ['[a]*', '[a]b', true],
    ['**a', 'bba', true],
    ['a*', 'a\nb', true],
    ['*aab', 'aaab', true],
  ];
  for (const [pattern, name, matches] of cases) assert.equal(globMatcher(pattern)(name), matches, `${pattern} ${name}`);
});

test('a pattern with many stars against a long name', HANG, () => {
  assert.equal(globMatcher(`${'*a'.repeat(30)}*b`)('a'.repeat(LONG)), false);
});

test('a pattern with many stars against a long name in an answer', HANG, () =>
  withMaster(
    () =>
      answer('QueryStatus', {
        result: true,
        workers: [{ result: true, worker: 'w', subTaskStatus: [{ name: 'a'.repeat(100_000), stage: 'Running', unit: 'Sync' }] }],
      }),
    async (master) => {
      const { stderr, status } = await runProgram(['-master-addr', master.address, 'pause-task', '*a*a*a*a*b']);
      assert.match(stderr, /^no task matches \*a\*a\*a\*a\*b/);
      assert.equal(status, 2);
    },
  ),
);

test('a very long word is reported as unknown, without a suggestion', HANG, async () => {
  assert.deepEqual(suggestSimilar('x'.repeat(10 * LONG), ['query-status']), []);
  assert.deepEqual(suggestSimilar('qurey-status', ['query-status', 'query-error']), ['query-status']);
  assert.deepEqual(suggestSimilar('query-', ['query-status', 'query-error']), ['query-status', 'query-error']);
  assert.equal(distance('größe', 'grösse'), 2);
  const { stdout, stderr } = await runProgram(['-master-addr', '127.0.0.1:1'], { stdin: `${'x'.repeat(LONG)}\n` });
  assert.match(`${stdout}${stderr}`, /unknown command "x+" for "dmctl"/);
});

test('quoting', () => {
  assert.equal(goQuote('a "b" \\'), '"a \\"b\\" \\\\"');
  assert.equal(goQuote('[a]!~'), '"[a]!~"');
});

const NAMES = { w: [{ n: 'a'.repeat(50_000) }, { n: 'ab' }, { n: 'xaby' }, { n: 'a\nb' }, { n: 'a\rb' }, { n: 'a.b' }, { n: 5 }] };
const find = (path: string): unknown => jsonPath(path)(NAMES);

test('match() and search() of JSONPath', () => {
  assert.deepEqual(find("$.w[?match(@.n, 'a.?b')].n"), ['ab', 'a.b']);
  assert.deepEqual(find("$.w[?match(@.n, 'a[.]b')].n"), ['a.b']);
  assert.deepEqual(find("$.w[?match(@.n, 'a\\\\.b')].n"), ['a.b']);
  assert.deepEqual(find("$.w[?search(@.n, 'ab')].n"), ['ab', 'xaby']);
  assert.deepEqual(find("$.w[?match(@.n, '(')].n"), []);
  assert.deepEqual(find('$.w[?match(@.n, 5)].n'), []);
});

test('match() and search() with an expression that never ends in JavaScript', HANG, () => {
  assert.deepEqual(find("$.w[?match(@.n, '(a*)*c')].n"), []);
  assert.deepEqual(find("$.w[?search(@.n, '(a|aa)+c')].n"), []);
});

test('a path in braces of any number', HANG, () => assert.throws(() => jsonPath(`${'{'.repeat(LONG)}`), /is not a valid JSONPath/));

for (const [name, text] of [
  ['dots before no password', 'a.'.repeat(LONG)],
  ['a long run of words', 'password'.repeat(LONG / 8)],
  ['many keys in a line', 'password: # '.repeat(LONG / 12)],
  ['many keys in braces', `{${'password: x, '.repeat(LONG / 13)}`],
  ['blanks before no comment', `password: ${' '.repeat(LONG)}x`],
  ['blank lines', `password:${'\n '.repeat(LONG)}\nx`],
  ['quotes that nothing closes', `password: "${'\\"'.repeat(LONG)}`],
  ['single quotes in pairs', "password: '' ".repeat(LONG / 13)],
] as const) {
  test(`passwords: ${name}`, HANG, () => assert.ok(withoutPasswords(text).length > 0));
}

test('the passwords of many keys in braces are removed', () => {
  assert.equal(withoutPasswords('{password: x, password: y}'), '{password: ******, password: ******}');
});

test('a long run of one character is trimmed in linear time', HANG, () => {
  const run = ';'.repeat(LONG);
  assert.equal(trimEnd(`${run}x`, ';'), `${run}x`);
  assert.equal(trimEnd(`x${run}`, ';'), 'x');
  assert.equal(trimBoth(`${run}x;y${run}`, ';'), 'x;y');
  assert.equal(trimBoth(run, ';'), '');
});
