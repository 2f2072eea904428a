// Every example of docs/scripts.md, run unchanged by bash.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v1/server.ts';
import { test } from '../harness/posix.ts';
import { PROGRAM } from '../harness/program.ts';

const page = fs.readFileSync('docs/scripts.md', 'utf8');
const EXAMPLE = /^## (.+)$|^```bash\n([\s\S]*?)^```\n\n^```text\n([\s\S]*?)^```$/gm;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-scripts-'));
after(() => fs.rmSync(folder, { recursive: true }));

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
fs.writeFileSync(path.join(folder, 'dmctl'), `#!/bin/sh\nexec ${PROGRAM.map(quoted).join(' ')} "$@"\n`, { mode: 0o755 });

/** Runs a script in its own folder with its own sandbox. */
async function run(script: string): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', speed: 20, trafficMs: 0 });
  const cwd = fs.mkdtempSync(path.join(folder, 'run-'));
  fs.writeFileSync(path.join(cwd, 'task.yaml'), SAMPLE_TASK);
  try {
    return await new Promise((resolve, reject) => {
      const env = { PATH: `${folder}:${process.env.PATH}`, HOME: cwd, DM_MASTER_ADDR: sandbox.address };
      const child = spawn('bash', ['-c', script], { cwd, env });
      const out = { stdout: '', stderr: '' };
      child.stdout.on('data', (d) => {
        out.stdout += d;
      });
      child.stderr.on('data', (d) => {
        out.stderr += d;
      });
      child.on('error', reject);
      child.on('close', (status) => resolve({ ...out, status }));
    });
  } finally {
    await sandbox.close();
  }
}

let title = '';
for (const [, heading, script, printed] of page.matchAll(EXAMPLE)) {
  if (heading !== undefined) title = heading;
  else {
    test(title, async () => {
      const { stdout, stderr, status } = await run(script as string);
      assert.equal(stdout, printed, stderr);
      assert.deepEqual([stderr, status], ['', 0]);
    });
  }
}

test('every example of the page is run', () => {
  const blocks = page.match(/^```bash$/gm)?.length ?? 0;
  const run = [...page.matchAll(EXAMPLE)].filter(([, heading]) => heading === undefined).length;
  assert.ok(blocks > 0);
  assert.equal(run, blocks);
});
