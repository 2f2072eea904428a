// Help texts: the stream, and the lines on terminals of any width.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topics } from '../../src/builtins/help-topics.ts';
import { allBuiltins, builtinsFor } from '../../src/builtins/index.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { dialectFor } from '../../src/dialects/v2/index.ts';
import { width } from '../../src/text/width.ts';
import { between, runProgram, withMaster } from '../harness/run.ts';

const COMMANDS = [...v1.commands, ...builtinsFor('one-shot')].map((c) => c.name).filter((name) => !name.includes(' '));
const HELPS = [['--help'], ['help'], ['help', 'help'], ...COMMANDS.map((c) => [c, '--help']), ...topics.map((t) => ['help', t.name])];

const EARLY = { major: 2, minor: 0, patch: 7, text: '' };

/** Lines that can be copied, and so stay whole. */
const COPIED = new Set(
  [
    ...[...v1.commands, ...dialectFor(EARLY).commands, ...dialectFor(undefined).commands, ...allBuiltins].flatMap((c) => c.examples ?? []),
    ...topics.flatMap((t) => t.text.split('\n').filter((line) => /^ {2}[a-z]/.test(line) && !/\S {2,}\S|,/.test(line.trim()))),
  ].map((line) => line.trim().replace(/^dmctl /, '')),
);

test('help that was asked for goes to standard output, with status 0', async () => {
  for (const argv of HELPS) {
    const { stdout, stderr, status } = await runProgram(argv);
    assert.deepEqual([stderr, status], ['', 0], argv.join(' '));
    assert.ok(stdout.length > 100, argv.join(' '));
  }
});

test('help at the prompt is the same as on the command line, apart from the name of the program in examples', () =>
  withMaster(undefined, async (master) => {
    for (const words of ['help query-status', 'query-status --help', 'help output']) {
      const { stdout, stderr } = await runProgram(['-master-addr', master.address], { stdin: `${words}\n` });
      const shell = (await runProgram(['-master-addr', master.address, ...words.split(' ')])).stdout;
      const [usage, examples] = shell.split('\nExamples:\n');
      const asTyped = examples === undefined ? '' : `\nExamples:\n${examples.replace(/^ {2}dmctl /gm, '  ')}`;
      assert.deepEqual([between(stdout), stderr], [`${usage}${asTyped}`, ''], words);
    }
    assert.equal(master.calls.length, 0);
  }));

test('-h goes to standard error as with the original, except for a person', async () => {
  const script = await runProgram(['-h']);
  assert.deepEqual([script.stdout, script.status], ['', 0]);
  assert.match(script.stderr, /^Usage of dmctl:\n {2}-V\tprints version and exit\n/);
  const person = await runProgram(['-h'], { tty: ['stdin', 'stderr'], columns: 200 });
  assert.deepEqual([person.stderr, person.stdout], ['', script.stderr]);
});

for (const columns of [40, 80, 100, 200]) {
  test(`help fits into ${columns} columns, its words and its examples are whole`, async () => {
    for (const argv of HELPS) {
      const { stdout } = await runProgram(argv, { tty: ['stdout'], columns });
      const piped = (await runProgram(argv)).stdout;
      const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
      assert.deepEqual(words(stdout), words(piped), argv.join(' '));
      for (const line of stdout.split('\n')) {
        const cells = width(line.replace(/^ {4}\t/, ' '.repeat(8)));
        const whole = COPIED.has(line.trim().replace(/^dmctl /, '')) || !/\S +\S/.test(line.trim()) || /^ *-[\w, -]+ [\w:-]+$/.test(line);
        assert.ok(cells <= columns || whole, `${argv.join(' ')}: ${cells} cells: ${line}`);
      }
      const blocks = piped.match(/\nExamples:\n(?: {2}.*\n)+/g) ?? [];
      for (const block of blocks) assert.ok(stdout.includes(block), argv.join(' '));
    }
  });
}

test('topics fit into 80 columns in a pipe, and commands keep the lines of the original', async () => {
  for (const { name } of topics) {
    for (const line of (await runProgram(['help', name])).stdout.split('\n')) {
      assert.ok(width(line) <= 80 || COPIED.has(line.trim()), `${name}: ${line}`);
    }
  }
  const { stdout } = await runProgram(['query-status', '--help']);
  assert.match(stdout, /^query task's status\n\nUsage:\n {2}dmctl query-status \[-w worker \.\.\.\] \[task_name\] \[flags\]\n/);
});

test('usage after a mistake fits into the terminal, on standard error', async () => {
  const { stdout, stderr, status } = await runProgram(['query-status', '--nosuch'], { tty: ['stderr'], columns: 50 });
  assert.deepEqual([stdout, status], ['', 2]);
  assert.match(stderr, /^Error: unknown flag: --nosuch\nUsage:\n/);
  for (const line of stderr.split('\n')) assert.ok(width(line) <= 50, line);
});
