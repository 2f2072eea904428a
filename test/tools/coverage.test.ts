import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { lcovOf, ranges, table } from '../../tools/test-reporters/coverage.mjs';

const file = {
  path: path.resolve('src/a.ts'),
  lines: [1, 2, 4, 5, 6, 9].map((line) => ({ line, count: line === 1 ? 3 : 0 })),
  functions: [
    { name: 'f', line: 1, count: 3 },
    { name: '', line: 4, count: 0 },
  ],
  branches: [{ line: 2, count: 0 }],
  totalLineCount: 6,
  coveredLineCount: 1,
  totalBranchCount: 1,
  coveredBranchCount: 0,
  totalFunctionCount: 2,
  coveredFunctionCount: 1,
};

test('coverage names the lines that did not run', () => {
  assert.equal(ranges([2, 4, 5, 6, 9]), '2 4-6 9');
  assert.match(table([file]), /^src\/a\.ts +16\.7 +0\.0 +50\.0 +2 4-6 9\nall files +16\.7 +0\.0 +50\.0\n$/m);
});

test('coverage is written as lcov', () => {
  const text = lcovOf([file]);
  assert.match(text, /^SF:src\/a\.ts\nFN:1,f\nFN:4,anonymous_1\nFNDA:3,f\nFNDA:0,anonymous_1\nFNF:2\nFNH:1\nBRDA:2,0,0,0\n/);
  assert.match(text, /DA:1,3\nDA:2,0\n[\s\S]*LF:6\nLH:1\nend_of_record\n$/);
});
