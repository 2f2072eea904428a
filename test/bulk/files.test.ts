// Several task files, and a task file from standard input: everything is checked before anything is sent, and each is sent once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema as schemaV1 } from '../../src/wire/generated/v1.ts';
import { schema as schemaV2 } from '../../src/wire/generated/v2.ts';
import type { Schema } from '../../src/wire/schema.ts';
import { answerIn, type Reply, type Result, requestOf, requestsIn, runProgram, type Self, type World, withMaster } from '../harness/run.ts';

const A = 'name: a\ntask-mode: all\n';
const B = 'name: "b"\n';
const FILES = { 'a.yaml': A, 'b.yaml': B, 'again.yaml': 'name: a\n', 'bad.yaml': 'x: [\n', 'nameless.yaml': 'x: 1\n', empty: '' };
const LATER: Self = { leader: () => ({ message: Buffer.from('0801', 'hex') }) };

type Run = Result & { readonly sent: ReturnType<typeof requestsIn> };

interface Generation {
  readonly name: string;
  readonly schema: Schema;
  readonly self: Self | undefined;
  /** The field of an answer with the results by worker or source. */
  readonly parts: string;
  readonly selector: string;
}

const GENERATIONS: readonly Generation[] = [
  { name: 'DM 1.0', schema: schemaV1, self: undefined, parts: 'workers', selector: '-w' },
  { name: 'DM 2.0', schema: schemaV2, self: LATER, parts: 'sources', selector: '-s' },
];

type Answers = (method: string, request: Record<string, unknown>, of: Generation) => Reply | undefined;

const fine: Answers = (method, _request, { schema }) => answerIn(schema, method, { result: true });

async function once(of: Generation, argv: readonly string[], world: World = {}, answers: Answers = fine): Promise<Run> {
  return await withMaster(
    (method, call) => answers(method, requestOf(call, of.schema), of),
    async (master) => {
      const result = await runProgram(['-master-addr', master.address, ...argv], { files: FILES, ...world });
      return { ...result, sent: requestsIn(of.schema, master) };
    },
    of.self,
  );
}

/** The texts that were sent, by method. */
const texts = ({ sent }: Run): unknown[] => sent.map(([method, { task }]) => [method, task]);

for (const of of GENERATIONS) {
  test(`${of.name}: several files are planned, sent once each in order, and reported by task`, async () => {
    const run = await once(of, ['start-task', 'b.yaml', 'a.yaml', of.selector, 'h1']);
    assert.equal(run.stderr, 'start-task for 2 tasks, one at a time:\n  b (b.yaml) on h1\n  a (a.yaml) on h1\n');
    assert.equal(run.stdout, 'TASK  WORKER  RESULT  MESSAGE\nb     h1      ✓ done\na     h1      ✓ done\n2 tasks: 2 done\n');
    assert.deepEqual(run.sent, [
      ['StartTask', { task: B, [of.parts]: ['h1'] }],
      ['StartTask', { task: A, [of.parts]: ['h1'] }],
    ]);
    assert.equal(run.status, 0);
    const checked = await once(of, ['check-task', 'a.yaml', 'b.yaml']);
    assert.deepEqual(
      [texts(checked), checked.status],
      [
        [
          ['CheckTask', A],
          ['CheckTask', B],
        ],
        0,
      ],
    );
  });

  test(`${of.name}: a failure does not hide the others, and the status is 1`, async () => {
    const run = await once(of, ['start-task', 'a.yaml', 'b.yaml', '-o', 'json'], {}, (method, { task }, { schema, parts }) =>
      task === A
        ? answerIn(schema, method, { result: true, [parts]: [{ result: false, worker: 'h1', msg: 'sub task a already exists' }] })
        : answerIn(schema, method, { result: true }),
    );
    assert.equal(run.status, 1);
    const [first, second] = JSON.parse(run.stdout);
    assert.deepEqual([first.task, first.file, second.task, second.answer.result], ['a', 'a.yaml', 'b', true]);
    assert.match(run.stdout, /sub task a already exists/);
    assert.equal(run.sent.length, 2);
    const broken = await once(of, ['start-task', 'a.yaml', 'b.yaml'], {}, (method, { task }, { schema }) =>
      task === A ? { status: { code: 13, message: 'no leader' } } : answerIn(schema, method, { result: true }),
    );
    assert.match(broken.stdout, /\na .*✗ failed .*\n/);
    assert.match(broken.stdout, /\n2 tasks: 1 failed, 1 done\n$/);
    assert.deepEqual([broken.status, broken.sent.length], [1, 2]);
  });

  const REFUSED: readonly [files: string[], said: RegExp][] = [
    [
      ['a.yaml', 'gone.yaml', 'b.yaml', 'lost.yaml'],
      /^get file content error:\nopen gone\.yaml: no such file or directory\nopen lost\.yaml: no such file or directory\nNothing was sent\n$/,
    ],
    [['gone.yaml', 'lost.yaml'], /^Error: start-task: none of the files exists: "gone\.yaml", "lost\.yaml"\. Nothing was sent\n\nUsage:\n/],
    [['a.yaml', 'bad.yaml'], /^"bad\.yaml" is not valid YAML \(line 2, column 1: .*\)\. Nothing was sent\. Fix the file\n$/],
    [['a.yaml', 'nameless.yaml'], /^"nameless\.yaml" has no task name\. Nothing was sent\. Write the name into it: name: my-task\n$/],
    [['a.yaml', 'b.yaml', 'again.yaml'], /^"a\.yaml" and "again\.yaml" both have the task "a"\. Nothing was sent\. Name one of them\n$/],
    [['a.yaml', 'a.yaml'], /^"a\.yaml" is named twice\. Nothing was sent\. Name it once\n$/],
    [['a.yaml', 'empty'], /^get file content error:\nread empty: the file is empty\. Nothing was sent\n$/],
    [['a.yaml', 'latin'], /^get file content error:\nread latin: line 2 is not UTF-8, .* Nothing was sent\. Save the file as UTF-8\n$/],
    [['-', 'a.yaml', '-'], /^- means standard input, which can be read only once\. Nothing was sent\. Name it once\n$/],
  ];
  for (const [files, said] of REFUSED) {
    test(`${of.name}: start-task ${files.join(' ')} sends nothing`, async () => {
      const world = { files: { ...FILES, latin: Buffer.from('name: c\nx: \xe4\n', 'latin1') }, stdin: 'name: c\n' };
      const { stderr, stdout, status, sent } = await once(of, ['start-task', ...files], world);
      assert.match(stderr, said);
      assert.deepEqual([stdout, status, sent], ['', 2, []]);
    });
  }

  test(`${of.name}: - is standard input, alone or with other files`, async () => {
    const alone = await once(of, ['start-task', '-'], { stdin: A });
    const fromFile = await once(of, ['start-task', 'a.yaml']);
    assert.deepEqual(alone, fromFile, 'the same output and request as with a file');
    assert.deepEqual(texts(alone), [['StartTask', A]]);
    const both = await once(of, ['check-task', 'b.yaml', '-'], { stdin: A });
    assert.deepEqual(texts(both), [
      ['CheckTask', B],
      ['CheckTask', A],
    ]);
    const none = await once(of, ['start-task', '-'], { stdin: '' });
    assert.match(none.stderr, /^get file content error:\nread standard input: the file is empty\. Nothing was sent\n$/);
    assert.deepEqual([none.status, none.sent], [2, []]);
    const named = await once(of, ['start-task', './-'], { files: { './-': B }, stdin: A });
    assert.deepEqual(texts(named), [['StartTask', B]]);
  });

  test(`${of.name}: - is refused where the lines come from standard input, and on a terminal`, async () => {
    for (const line of ['start-task -', 'check-task a.yaml -']) {
      const { stderr, sent } = await once(of, [], { stdin: `${line}\n` });
      assert.match(
        stderr,
        /^- means standard input, but the lines come from there\. Nothing was sent\. Name a file, or run dmctl (?:start|check)-task - on a/,
      );
      assert.deepEqual(sent, []);
    }
    const typed = await once(of, ['start-task', '-'], { tty: ['stdin'] });
    assert.match(
      typed.stderr,
      /^- means standard input, but it is a terminal\. Nothing was sent\. Name a file, or use dmctl start-task - < task\.yaml\n$/,
    );
    assert.deepEqual([typed.status, typed.sent], [2, []]);
  });

  test(`${of.name}: --check checks each file before its task is started`, async () => {
    const run = await once(of, ['start-task', '--check', 'a.yaml', 'b.yaml'], {}, (method, { task }, { schema }) =>
      answerIn(schema, method, method === 'CheckTask' && task === A ? { result: false, msg: 'no binlog' } : { result: true }),
    );
    assert.deepEqual(texts(run), [
      ['CheckTask', A],
      ['CheckTask', B],
      ['StartTask', B],
    ]);
    assert.match(run.stdout, /✗ a: check-task did not pass\. [Nn]othing was started: no binlog\n/);
    assert.equal(run.status, 1);
  });

  test(`${of.name}: read-only and --dry-run send nothing`, async () => {
    const refused = await once(of, ['-read-only', 'start-task', 'a.yaml', 'b.yaml']);
    assert.match(refused.stderr, /^start-task changes the cluster, but read-only is on\. Nothing was sent\./);
    assert.deepEqual([refused.status, refused.sent], [2, []]);
    const dry = await once(of, ['-read-only', 'start-task', 'a.yaml', 'b.yaml', '--dry-run']);
    assert.equal(dry.stdout, 'start-task for 2 tasks, one at a time:\n  a (a.yaml)\n  b (b.yaml)\nNothing was sent\n');
    assert.deepEqual([dry.status, dry.sent], [0, []]);
  });

  test(`${of.name}: where confirmations are on, several files need one, and a check does not`, async () => {
    const refused = await once(of, ['-confirm', 'start-task', 'a.yaml', 'b.yaml']);
    assert.match(refused.stderr, /^start-task must be confirmed, but there is no terminal to ask on\. Nothing was sent\./);
    assert.deepEqual(refused.sent, []);
    assert.equal((await once(of, ['-confirm', 'check-task', 'a.yaml', 'b.yaml'])).status, 0);
    assert.equal((await once(of, ['-confirm', '-yes', 'start-task', 'a.yaml', 'b.yaml'])).status, 0);
  });

  test(`${of.name}: Ctrl-C stops before the next file`, async () => {
    let press = (): void => {};
    const run = await once(of, ['start-task', 'a.yaml', 'b.yaml'], { onStart: (interrupt) => (press = interrupt) }, (method) => {
      if (method === 'StartTask') press();
      return { odd: 'hang' };
    });
    assert.match(run.stdout, /\na .*unknown.*\nb .*not sent\n/);
    assert.deepEqual([texts(run), run.status], [[['StartTask', A]], 130]);
  });
}

test('watch and piped redirections take one file', async () => {
  const [of] = GENERATIONS as [Generation];
  for (const files of [['a.yaml', 'b.yaml'], ['-']]) {
    const { stderr, status, sent } = await once(of, ['watch', '--count', '1', 'check-task', ...files], { stdin: A });
    assert.match(stderr, /^watch runs check-task for one file that it can read in each round\. Nothing was sent\. Name one file\n$/);
    assert.deepEqual([status, sent], [2, []]);
  }
  const piped = await once(of, [], { stdin: 'check-task a.yaml > b.yaml\n' });
  assert.match(piped.stderr, /\| and > work only at the prompt, not in piped lines\. Nothing was sent/);
  assert.deepEqual(piped.sent, []);
});

test('the path of a file cannot control the terminal', async () => {
  const files = { 'a\u001b[2J': A, 'b.yaml': B };
  const { stderr } = await once(GENERATIONS[0] as Generation, ['check-task', 'a\u001b[2J', 'b.yaml'], { files });
  assert.match(stderr, / {2}a \(a\\u001b\[2J\)\n/);
});
