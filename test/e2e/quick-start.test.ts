// The walk through docs/quick-start.md: each command of the page, in order, on one sandbox. Its clock moves only where the page
// says that time passes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { startSandbox } from '../../src/sandbox/v1/server.ts';
import { SAMPLE_TASK as LATER_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox as startLaterSandbox } from '../../src/sandbox/v2/server.ts';
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

/** The commands of a column of the page's table about DM 2.0 and later, by their step. */
function columnOf(heading: string): Map<string, string> {
  const rows = (page.split('## The same in DM 2.0 and later')[1] ?? '').split('\n').filter((line) => line.startsWith('| '));
  const cells = rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  const at = cells[0]?.indexOf(heading) ?? -1;
  assert.notEqual(at, -1, `no column ${heading}`);
  return new Map(cells.map((row) => [row[0] ?? '', (row[at] ?? '').replaceAll('`', '')]));
}

for (const [release, heading] of [
  ['2.0.7', 'DM 2.0'],
  ['5.4.0', 'DM 5.4 and later'],
  ['8.5.0', 'DM 5.4 and later'],
] as const) {
  test(`the commands of the page for ${heading} skip a statement and resolve a lock of DM ${release}`, async () => {
    let now = 0;
    const sandbox = await startLaterSandbox({ listen: '127.0.0.1:0', clock: () => now, release });
    const steps = columnOf(heading);
    const later = { 'task.yaml': LATER_TASK, 'ddl-fails.yaml': LATER_TASK.replace(/^name: demo$/m, 'name: demo-ddl-fails') };
    const type = async (line: string): Promise<string> => {
      const stdin = `set output table\n${line}\n`;
      const { stdout, stderr, status } = await runProgram(['-master-addr', sandbox.address, '-strict'], { stdin, files: later });
      assert.equal(status, 0, `${line}\n${stdout}${stderr}`);
      now += 3000;
      return stdout;
    };
    const step = (name: string, words: Readonly<Record<string, string>>): Promise<string> =>
      type((steps.get(name) ?? '').replace(/\b[A-Z]{4,}\b/g, (word) => words[word] ?? word));
    try {
      await type('start-task ddl-fails.yaml');
      now += 40_000;
      const words = { TASK: 'demo-ddl-fails', SOURCE: 'mysql-replica-01' };
      assert.match(await step('show the error', words), /✗ Paused[\s\S]*Duplicate entry/);
      assert.match(await step('skip the statement', words), /mysql-replica-01 .*✓ done/);
      assert.doesNotMatch(await type('query-status demo-ddl-fails'), /Paused/);
      await type('stop-task demo-ddl-fails');
      await type('start-task task.yaml');
      now += 32_000;
      const LOCK = /^demo-`shop`\S*/m.exec(await step('show the locks', {}))?.[0] ?? '';
      assert.match(await step('resolve a lock', { LOCK }), /✓ done/);
      assert.match(await step('show the locks', {}), /no DDL locks/);
    } finally {
      await sandbox.close();
    }
  });
}
