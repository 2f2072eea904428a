// Examples can be pasted into a shell of the system and at the prompt, and mean the same there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { parse } from '../../src/args/parse.ts';
import { topics } from '../../src/builtins/help-topics.ts';
import { allBuiltins } from '../../src/builtins/index.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { lineWords } from '../../src/repl/line.ts';
import { suggest } from '../../src/text/suggested-command.ts';
import { test } from '../harness/posix.ts';
import { runProgram } from '../harness/run.ts';

const registry = { dialect: v1, builtins: allBuiltins, topics };
const names = [...v1.commands, ...allBuiltins].map((c) => c.name);
const isCommand = (line: string): boolean => names.includes(line.replace(/^dmctl /, '').split(' ')[0] as string);

const declared = [...v1.commands, ...allBuiltins].flatMap((c) => c.examples ?? []);
const inTopics = topics.flatMap((t) => t.text.split('\n').filter((line) => /^ {2}\S/.test(line) && !/\S {2,}\S/.test(line)));
const LINES = [...declared, ...inTopics.map((line) => line.trim())].filter(isCommand).map((line) => line.replace(/^dmctl /, ''));

/** The words that sh makes of a line. */
function shellWords(line: string): string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

/** Characters that a shell treats specially outside quotes. */
const SPECIAL = /[|&;<>()$`\\*?![\]#~{}]/;

test('every command has an example, and topics have commands', () => {
  assert.ok(v1.commands.every((c) => c.examples.length > 0));
  assert.ok(LINES.length > 40, String(LINES.length));
  assert.ok(inTopics.filter((line) => isCommand(line.trim())).length >= 5);
});

for (const line of [...new Set(LINES)]) {
  test(`${line} means the same in a shell and at the prompt`, () => {
    assert.doesNotMatch(line.replace(/'[^']*'/g, ''), SPECIAL);
    const words = shellWords(line);
    assert.deepEqual(
      lineWords(line, registry).filter((word) => word !== '--'),
      words,
    );
    const [shell, prompt] = [parse(words, registry), parse(lineWords(line, registry), registry)];
    assert.deepEqual({ ...prompt, command: undefined }, { ...shell, command: undefined });
  });
}

test('a suggested command with values from the cluster means the same in a shell and at the prompt', () => {
  const values = { task: "it's (a) $task", worker: '[::1]:8262', position: 'mysql-bin|000001.000003:3270' };
  const line = suggest('sql-skip -w <worker> -b <position> <task>', values);
  assert.deepEqual(lineWords(line, registry), shellWords(line));
  assert.deepEqual(lineWords(line, registry), ['sql-skip', '-w', values.worker, '-b', values.position, values.task]);
});

test('help in a shell shows examples with the name of the program, at the prompt without', async () => {
  const both = /\nExamples:\n {2}dmctl stop-task test\n {2}dmctl stop-task 'order-\*'\n/g;
  assert.equal((await runProgram(['stop-task', '--help'])).stdout.match(both)?.length, 3, 'for each generation');
  assert.match((await runProgram(['help', 'sandbox'])).stdout, /\nExamples:\n {2}dmctl sandbox\n/);
  assert.match((await runProgram(['completion', '--help'])).stdout, /\nExamples:\n {2}source <\(dmctl completion bash\)\n/);
  const world = { stdin: 'stop-task --help\n' };
  assert.match(
    (await runProgram(['-master-addr', '127.0.0.1:1'], world)).stdout,
    /\nExamples:\n {2}stop-task test\n {2}stop-task 'order-\*'\n/,
  );
});
