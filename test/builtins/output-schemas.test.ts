// What our own commands print as JSON is what their schemas say: each field of real output is in its schema, and each required one
// is printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { OUTPUT_NAMES } from '../../src/builtins/schema/output-names.ts';
import { startSandbox as startFirst } from '../../src/sandbox/v1/server.ts';
import { SAMPLE_TASK } from '../../src/sandbox/v2/sample-task.ts';
import { startSandbox as startLater } from '../../src/sandbox/v2/server.ts';
import { runProgram, type World } from '../harness/run.ts';

type Schema = { [key: string]: unknown };

/** The same schema without room for further fields. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Schema = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  return copy.properties && copy.additionalProperties === undefined ? { ...copy, additionalProperties: false } : copy;
}

async function schemaOf(name: string): Promise<Schema> {
  const { stdout, status } = await runProgram(['schema', `output/${name}`]);
  assert.equal(status, 0);
  return JSON.parse(stdout) as Schema;
}

async function fits(name: string, value: unknown): Promise<void> {
  const { $id: _, ...schema } = await schemaOf(name);
  const ajv = new Ajv({ strict: false, allErrors: true });
  const isValid = ajv.validate(strict(schema) as Schema, value);
  assert.ok(isValid, `${name}: ${ajv.errorsText()}\n${JSON.stringify(value).slice(0, 2000)}`);
}

const FILES = { 'task.yaml': SAMPLE_TASK, 'bad.yaml': 'name: x\ntask-mod: all\n' };
const CONFIG: World['files'] = {
  '/home/u/.config/dmctl/config.toml': 'profile = "a"\n[profiles.a]\nmaster-addr = "127.0.0.1:1"\nread-only = true\n',
};

/** Lines whose output has a schema; each must print JSON. */
const LINES: readonly (readonly [schema: string, line: string])[] = [
  ['query-status', 'query-status --by task'],
  ['query-status', 'query-status --by sub-task'],
  ['query-status', 'query-status task-* --problems'],
  ['wait', 'wait task-01 --for running'],
  ['wait', 'wait task-* --for running'],
  ['wait', 'wait task-01 --for finished'],
  ['bulk', 'pause-task task-* --yes'],
  ['dry-run', 'resume-task task-01 --dry-run'],
  ['dry-run', 'resume-task --all --dry-run'],
  ['bulk', 'resume-task --all --yes'],
  ['status', 'status'],
  ['doctor', 'doctor'],
  ['diff', 'diff task.yaml'],
  ['explain', 'explain 10006'],
  ['lint', 'lint bad.yaml --dm 8.5'],
  ['config-show', 'config show'],
  ['use', 'use'],
  ['connect', 'connect ADDRESS'],
];

/** Commands of lines only are piped. */
const PIPED = new Set(['use', 'connect']);

for (const [release, start] of [
  ['1.0', () => startFirst({ listen: '127.0.0.1:0', tasks: 3 })],
  ['8.5', () => startLater({ listen: '127.0.0.1:0', release: '8.5.0', tasks: 3 })],
] as const) {
  test(`what our commands print for DM ${release} follows their schemas`, async () => {
    const sandbox = await start();
    const world: World = { files: { ...FILES, ...CONFIG }, env: { HOME: '/home/u' } };
    try {
      for (const [schema, text] of LINES) {
        const line = `${text.replace('ADDRESS', sandbox.address)} --output json`;
        const flags = ['-profile', 'a', '-read-only=false', '-master-addr', sandbox.address];
        const { stdout, stderr } = PIPED.has(schema)
          ? await runProgram(flags, { ...world, stdin: `${line}\n` })
          : await runProgram([...flags, ...line.split(' ')], world);
        const json = stdout.slice(Math.max(0, stdout.search(/^[[{]/m)));
        const end = Math.max(json.lastIndexOf(']'), json.lastIndexOf('}'));
        let value: unknown;
        assert.doesNotThrow(() => {
          value = JSON.parse(json.slice(0, end + 1));
        }, `${line}: ${stdout}${stderr}`);
        await fits(schema, value);
      }
    } finally {
      await sandbox.close();
    }
  });
}

test('every schema is valid, has a version, and is listed', async () => {
  for (const name of OUTPUT_NAMES) {
    const schema = await schemaOf(name);
    assert.equal(schema.$id, `urn:dmctl:output:${name}:1`);
    assert.equal(new Ajv({ strict: false }).validateSchema(schema), true, name);
  }
  const { stderr } = await runProgram(['schema', 'output/querystatus']);
  assert.match(stderr, /did you mean "output\/query-status"\?/);
  assert.match((await runProgram(['schema', 'output/wait', '--dm', '8.5'])).stderr, /does not depend on a release/);
});

test('jsonl has one item of the list per line, and yaml the same values', async () => {
  const sandbox = await startLater({ listen: '127.0.0.1:0', release: '8.5.0', tasks: 3 });
  try {
    const run = async (format: string): Promise<string> =>
      (await runProgram(['-master-addr', sandbox.address, 'query-status', '--by', 'task', '--columns', '', '--output', format])).stdout;
    const lines = (await run('jsonl')).trim().split('\n');
    assert.equal(lines.length, 3);
    await fits(
      'query-status',
      lines.map((line) => JSON.parse(line)),
    );
    assert.match(await run('yaml'), /^- task: task-01\n {2}health: running\n/);
  } finally {
    await sandbox.close();
  }
});
