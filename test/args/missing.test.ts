// The questions of guided prompts for every command. They follow from the declarations.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, lineText, withAnswer } from '../../src/args/answer.ts';
import { type Draft, nextQuestion, parseDraft, promptKind, type Question, valuesOf } from '../../src/args/missing.ts';
import { allBuiltins } from '../../src/builtins/index.ts';
import { OUTPUT_NAMES } from '../../src/builtins/schema/output-names.ts';
import { InputError } from '../../src/command/errors.ts';
import type { CommandRegistry } from '../../src/command/registry.ts';
import type { ValueKind } from '../../src/command/spec.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { lineWords } from '../../src/repl/line.ts';

const registry: CommandRegistry = { dialect: v1, builtins: allBuiltins, topics: [] };

/** The questions of a command without arguments: the kind of each, and the kind of prompt. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'start-task': ['yaml-file: search'],
  'stop-task': ['task: search'],
  'pause-task': ['task: search'],
  'resume-task': ['task: search'],
  'check-task': ['yaml-file: search'],
  'update-task': ['yaml-file: search'],
  'query-status': [],
  'query-error': [],
  'refresh-worker-tasks': [],
  'sql-replace': [
    'task: search',
    '--worker worker: select',
    '--binlog-pos|--sql-pattern: select',
    '--binlog-pos position: input',
    'sql: input',
  ],
  'sql-skip': ['task: search', '--worker worker: select', '--binlog-pos|--sql-pattern: select', '--binlog-pos position: input'],
  'sql-inject': ['task: search', '--worker worker: select', 'sql: input'],
  'show-ddl-locks': [],
  'unlock-ddl-lock': ['lock: select'],
  'break-ddl-lock': ['task: search', '--worker worker: checkbox', '--skip|--exec|--remove-id: select'],
  'switch-relay-master': ['--worker worker: checkbox'],
  'pause-relay': ['--worker worker: checkbox'],
  'resume-relay': ['--worker worker: checkbox'],
  'update-master-config': ['toml-file: search'],
  'update-relay': ['toml-file: search', '--worker worker: select'],
  'purge-relay': ['--worker worker: select', '--filename|--sub-dir: select', '--filename none: input'],
  'migrate-relay': ['worker: select', 'none: input', 'none: input'],
  sandbox: [],
  status: [],
  doctor: [],
  edit: ['yaml-file: search'],
  diff: ['yaml-file: search'],
  explain: [],
  init: ['task|source|worker|master: select'],
  lint: ['config-file: search'],
  fmt: ['yaml-file: search'],
  schema: [`task|source|worker|master|${OUTPUT_NAMES.map((name) => `output/${name}`).join('|')}: select`],
  watch: ['check-task|doctor|query-error|query-status|show-ddl-locks|status: select', 'yaml-file: search'],
  wait: ['task: search', '--for synced|caught-up|running|paused|finished|stopped|validated: select'],
  connect: ['none: input'],
  'config show': [],
  settings: [],
  top: [],
  use: [],
  'config use': [],
  set: ['rpc-timeout|confirm|read-only|output|timeout|quiet|color|pager: select', 'none: input'],
  history: [],
  clear: [],
  encrypt: [],
  'encrypt-file': ['config-file: search'],
  decrypt: [],
  completion: ['bash|zsh|fish|powershell: select'],
  __complete: [],
};

const ANSWERS: Readonly<Record<string, string>> = {
  task: "it's a task",
  worker: '127.0.0.1:8262',
  lock: 'demo-`s`.`t`',
  'yaml-file': 'a file.yaml',
  'toml-file': 'a file.toml',
  'config-file': 'a file.yaml',
  position: 'mysql-bin|000001.000003:3270',
  sql: "ALTER TABLE s.t ADD c CHAR(9) DEFAULT 'a b';",
  none: '4',
};

const nameOf = (kind: ValueKind): string => (typeof kind === 'object' ? (kind.oneOf.join('|') as string) : kind);

function described(question: Question): string {
  const flag = question.about === 'flag' ? `--${question.flag.name} ` : '';
  return `${flag}${nameOf(valuesOf(question))}: ${promptKind(question)}`;
}

const answerTo = (question: Question): string => {
  const kind = valuesOf(question);
  return typeof kind === 'object' ? (kind.oneOf[0] as string) : (ANSWERS[kind] as string);
};

interface Asked {
  readonly questions: readonly string[];
  readonly words: readonly string[];
  readonly draft: Draft;
}

/** Answers all questions about the words, always with the first choice. */
function ask(begun: readonly string[]): Asked {
  const questions: string[] = [];
  let words = begun;
  let flags = 0;
  for (;;) {
    const draft = parseDraft(words, registry);
    assert.ok(draft);
    let question = nextQuestion(draft, registry);
    if (!question) return { questions, words, draft };
    questions.push(described(question));
    if (question.about === 'choice') {
      question = { about: 'flag', flag: question.flags[0] as (typeof question.flags)[0], list: false };
      if (question.flag.kind !== 'bool') questions.push(described(question));
    }
    const answer = answerWords(question, question.about === 'flag' && question.flag.kind === 'bool' ? [] : [answerTo(question)]);
    words = withAnswer(words, answer, flags, registry);
    if (answer.kind === 'flag') flags += answer.words.length;
    assert.ok(questions.length < 10, `${begun}: ${questions}`);
  }
}

const repeatableSorted = (question: string): string => {
  const [kinds = '', prompt] = question.split(': ');
  return kinds.startsWith('check-task|') || kinds.includes('|query-status') ? `${kinds.split('|').sort().join('|')}: ${prompt}` : question;
};

const context = { readText: async () => 'name: a', printRemark: async () => {}, warn: async () => {}, preview: async () => {} };

for (const { name } of [...v1.commands, ...allBuiltins]) {
  test(`${name} asks for exactly what is missing`, async () => {
    const { questions, words, draft } = ask([name]);
    const wanted = QUESTIONS[name] ?? assert.fail(`${name} has no row in the table`);
    if (name === 'watch') assert.deepEqual(repeatableSorted(questions[0] ?? ''), wanted[0]);
    else assert.deepEqual(questions, wanted);
    const { invocation } = draft;
    assert.ok(invocation, 'nothing is missing');
    // The answers are enough for the command.
    if (invocation.kind === 'call') await invocation.command.request(invocation.parsed, context);
    // The displayed line means the same when it is typed at the prompt.
    const again = parseDraft(lineWords(lineText(words, draft), registry), registry);
    assert.deepEqual(again?.parsed, draft.parsed);
  });
}

test('guided prompts ask for exactly what the command requires', async () => {
  for (const command of v1.commands.filter((c) => c.args.requires)) {
    const args = Array.from({ length: command.args.min }, (_, i) => ANSWERS[String(command.args.kinds?.[i])] ?? '4');
    const draft = parseDraft([command.name, ...args], registry);
    assert.ok(draft && nextQuestion(draft, registry), command.name);
    await assert.rejects(async () => await command.request(draft.parsed, context), InputError, command.name);
  }
});

const LINES: readonly (readonly [line: string, questions: readonly string[], completed: string])[] = [
  ['pause-task -w 127.0.0.1:8262', ['task: search'], `pause-task -w 127.0.0.1:8262 'it'"'"'s a task'`],
  ['stop-task --all', [], 'stop-task --all'],
  ['-w a pause-relay', [], '-w a pause-relay'],
  ['wait test', ['--for synced|caught-up|running|paused|finished|stopped|validated: select'], 'wait --for synced test'],
  // Sharding takes only a pattern, and no worker.
  ['sql-skip --sharding t', ['--sql-pattern none: input'], 'sql-skip -s 4 --sharding t'],
  ['sql-skip -w a -s b t', [], 'sql-skip -w a -s b t'],
  ['purge-relay -w a -s b', [], 'purge-relay -w a -s b'],
  ['break-ddl-lock -s t', ['--worker worker: checkbox'], 'break-ddl-lock -w 127.0.0.1:8262 -s t'],
  // The flags of a wrapped command follow its name.
  ['watch --count 1 check-task', ['yaml-file: search'], "watch --count 1 check-task 'a file.yaml'"],
  ['set color', ['auto|always|never: select'], 'set color auto'],
  ['set pager', ['none: input'], 'set pager 4'],
];

for (const [line, questions, completed] of LINES) {
  test(`the questions of ${line}`, () => {
    const asked = ask(lineWords(line, registry));
    assert.deepEqual(asked.questions, questions);
    assert.equal(lineText(asked.words, asked.draft), completed);
  });
}

test('an answer that starts with a dash is not a flag', () => {
  const answer = { kind: 'argument', words: ['-x'] } as const;
  assert.deepEqual(withAnswer(['pause-task', '-w', 'a'], answer, 0, registry), ['pause-task', '-w', 'a', '--', '-x']);
  assert.deepEqual(withAnswer(['pause-task', '--'], answer, 0, registry), ['pause-task', '--', '-x']);
});

test('an answer with a comma stays one item of a list', () => {
  const draft = parseDraft(['pause-relay'], registry);
  const question = draft && nextQuestion(draft, registry);
  assert.ok(question?.about === 'flag');
  const words = withAnswer(['pause-relay'], answerWords(question, ['a,"b', 'c']), 0, registry);
  assert.deepEqual(parseDraft(words, registry)?.parsed.targets, ['a,"b', 'c']);
});
