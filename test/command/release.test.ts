import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atLeast, parseRelease } from '../../src/command/release.ts';

test('a release is read with and without its prefix, patch and suffix', () => {
  assert.deepEqual(parseRelease('v8.1.0-alpha-12-gabc'), { major: 8, minor: 1, patch: 0, text: 'v8.1.0-alpha-12-gabc' });
  assert.deepEqual(parseRelease('2.0.7'), { major: 2, minor: 0, patch: 7, text: '2.0.7' });
  assert.deepEqual(parseRelease('v26.3'), { major: 26, minor: 3, patch: 0, text: 'v26.3' });
  for (const text of ['', 'None', 'nightly', 'v0.0.0', '8', '1.2.3.4', 'v8.1234.0']) assert.equal(parseRelease(text), undefined, text);
});

test('releases compare by number, and an unknown one counts as the newest', () => {
  const pairs: [string, string, boolean][] = [
    ['v6.0.0', '6.0', true],
    ['v5.4.3', '6.0', false],
    ['v26.3.0', '8.5', true],
    ['v8.5.0', '26.3', false],
    ['v2.0.10', '2.0.7', true],
    ['v2.0.6', '2.0.7', false],
    ['v6.0.0-alpha', '6.0', true],
  ];
  for (const [release, least, expected] of pairs) assert.equal(atLeast(parseRelease(release), least), expected, `${release} ${least}`);
  assert.equal(atLeast(undefined, '26.3'), true);
});
