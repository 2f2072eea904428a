// The walk through docs/quick-start.md: each command of the page, in order, on one sandbox. Its clock moves only where the page
// says that time passes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v1/server.ts';
import { between, runProgram } from '../harness/run.ts';

const page = fs.readFileSync('docs/quick-start.md', 'utf8');
/** A block with a command at the prompt and lines of its answer, or a pause in seconds. */
const STEP = /^```text\n» (.*)\n([\s\S]*?)```$|^<!-- after (\d+) s -->$/gm;
const STEPS = [...page.matchAll(STEP)];
const files = {
  'dmctl-demo/task.yaml': SAMPLE_TASK,
  'dmctl-demo/ddl-fails.yaml': SAMPLE_TASK.replace(/^name: demo$/m, 'name: demo-ddl-fails'),
};

/** A position in a binlog. It depends on the moment of the error, so the page tells the reader to use the one that is shown. */
const POSITION = /mysql-bin\|\d+\.\d+:\d+/g;

/** The lines of a text without what differs between runs: the width of columns, positions, and how far a sub task is. */
const lines = (text: string): string[] =>
  text.split('\n').map((line) =>
    line
      .replace(POSITION, '#')
      .replace(/\d+ events|[\d.]+ (?:KiB|B)\b/g, '#')
      .replace(/ {2,}/g, '  ')
      .trimEnd(),
  );

test('every command of the page does what the page shows', async () => {
  let now = 0;
  let position = '';
  const sandbox = await startSandbox({ listen: '127.0.0.1:0', clock: () => now });
  try {
    for (const [, command, shown = '', pause] of STEPS) {
      if (pause !== undefined) {
        now += Number(pause) * 1000;
        continue;
      }
      const stdin = `set output table\n${command?.replace(POSITION, () => position)}\n`;
      const { stdout, stderr } = await runProgram(['-master-addr', sandbox.address], { stdin, files });
      position = stdout.match(POSITION)?.[0] ?? position;
      const printed = lines(between(stdout) + stderr);
      for (const line of lines(shown)) {
        assert.ok(
          printed.some((p) => p === line || p.includes(line.trim())),
          `» ${command}\n${line}\nis not in\n${printed.join('\n')}`,
        );
      }
      now += 3000; // a person takes some seconds for each command
    }
  } finally {
    await sandbox.close();
  }
});

test('every block of the page with a command is run', () => {
  assert.equal(page.match(/^» /gm)?.length, STEPS.filter(([, command]) => command !== undefined).length);
  assert.ok(STEPS.length > 15);
});
