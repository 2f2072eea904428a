import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { parseArguments, selectTests } from '../../tools/test-selection.mjs';

const FILES = ['test/pty/editor.test.ts', 'test/line-editor/editor.test.ts', 'test/wire/codec.test.ts'];

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-test-command-'));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs node's test runner on a file with this text. */
function runTests(text: string, ...flags: string[]): SpawnSyncReturns<string> {
  const file = path.join(scratch, 'sample.test.mjs');
  fs.writeFileSync(file, `import { describe, it, test } from 'node:test';\n${text}`);
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  return spawnSync(process.execPath, ['--test', ...flags, file], { encoding: 'utf8', env });
}

describe('npm test -- NAME', () => {
  it('takes a name for a part of a file path where a path contains it', () => {
    assert.deepEqual(selectTests(FILES, ['editor']), { files: FILES.slice(0, 2), patterns: [] });
    assert.deepEqual(selectTests(FILES, ['test/pty/editor.test.ts', 'wire']), { files: [FILES[0], FILES[2]], patterns: [] });
    assert.deepEqual(selectTests(FILES, []), { files: FILES, patterns: [] });
  });

  it('takes any other name for a part of a test name', () => {
    assert.deepEqual(selectTests(FILES, ['caught-up']), { files: FILES, patterns: ['/caught-up/i'] });
    assert.deepEqual(selectTests(FILES, ['editor', 'a (b) /c']), { files: FILES.slice(0, 2), patterns: ['/a \\(b\\) \\/c/i'] });
  });

  it('refuses an option that it does not know', () => {
    assert.deepEqual(parseArguments(['--build', 'x']), { build: true, coverage: false, help: false, names: ['x'] });
    assert.throws(() => parseArguments(['--only']), /unknown option --only; npm test -- --help lists the options/);
  });

  it('prints help without building', () => {
    const { stdout, status } = spawnSync(process.execPath, ['tools/test.mjs', '--build', '--help'], { encoding: 'utf8' });
    assert.match(stdout, /^Usage: npm test \[-- NAME \.\.\.\]/);
    assert.equal(status, 0);
  });

  const SAMPLE = `
    describe('fruit', () => { it('apple', () => {}); it('pear', () => {}); });
    test('bread', () => { throw new Error('stale'); });`;
  const REPORTER = '--test-reporter=./tools/test-reporters/named.mjs';

  it('shows only the tests that have the name', () => {
    const { stdout, status } = runTests(SAMPLE, REPORTER, '--test-name-pattern=/APPLE/i');
    assert.match(stdout, /fruit[\s\S]*apple/);
    assert.doesNotMatch(stdout, /pear|bread/);
    assert.match(stdout, /pass 1\n/);
    assert.equal(status, 0);
  });

  it('fails when such a test fails', () => {
    const { stdout, status } = runTests(SAMPLE, REPORTER, '--test-name-pattern=/bread/i');
    assert.match(stdout, /stale/);
    assert.doesNotMatch(stdout, /fruit/);
    assert.equal(status, 1);
  });

  it('fails when no test has the name', () => {
    const { stdout, status } = runTests(SAMPLE, REPORTER, '--test-name-pattern=/cheese/i');
    assert.match(stdout, /no test has such a name, and no test file such a path/);
    assert.equal(status, 1);
  });
});
