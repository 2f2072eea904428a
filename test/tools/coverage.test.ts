import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLines, lcov, ranges, table } from '../../tools/coverage.mjs';

const file = {
  name: 'src/a.ts',
  lines: [1, 2, 4, 5, 6, 9].map((line) => ({ line, count: line === 1 ? 3 : 0 })),
  functions: [
    { name: 'f', line: 1, count: 3 },
    { name: 'g', line: 4, count: 0 },
  ],
};

test('coverage names the lines that did not run', () => {
  assert.equal(ranges([2, 4, 5, 6, 9]), '2 4-6 9');
  assert.match(table([file]), /^src\/a\.ts +16\.7 +50\.0 +2 4-6 9\nall files +16\.7 +50\.0\n$/m);
});

test('coverage is written as lcov', () => {
  const text = lcov([file]);
  assert.match(text, /^SF:src\/a\.ts\nFN:1,f\nFN:4,g\nFNDA:3,f\nFNDA:0,g\nFNF:2\nFNH:1\nDA:1,3\nDA:2,0\n/);
  assert.match(text, /LF:6\nLH:1\nend_of_record\n$/);
});

test('coverage counts a line by the innermost range that holds all of it', () => {
  const text = 'function f(x) {\n  if (x) {\n    a();\n  }\n}\nf(0);\n';
  const block = { startOffset: text.indexOf('{\n    a'), endOffset: text.indexOf('}') + 1, count: 0 };
  const functions = [
    { ranges: [{ startOffset: 0, endOffset: text.length, count: 1 }] },
    { ranges: [{ startOffset: 0, endOffset: text.indexOf('f(0)') - 1, count: 2 }, block] },
  ];
  assert.deepEqual(countLines(text, functions), [2, 2, 0, 0, 2, 1, 1]);
});
