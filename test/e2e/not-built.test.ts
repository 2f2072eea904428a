import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

// The state after `npm ci --ignore-scripts`: the sources and bin/, without dist/.
test('without dist/ the program explains how to build it', () => {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-not-built-'));
  try {
    fs.cpSync('bin', path.join(copy, 'bin'), { recursive: true });
    const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(copy, 'bin/dmctl.js'), 'help'], { encoding: 'utf8' });
    const root = fs.realpathSync(copy);
    assert.equal(stderr, `dmctl is not built: ${path.join(root, 'dist')} is missing. Run "npm run build" in ${root}.\n`);
    assert.equal(stdout, '');
    assert.equal(status, 1);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
});
