// The JSON Schemas accept what DM accepts, and find what editors should find.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import type { ConfigNode } from '../../src/config-files/document.ts';
import { type FileKind, releaseOf } from '../../src/config-files/file-kind.ts';
import { schemaOf } from '../../src/config-files/json-schema.ts';
import { lintFile } from '../../src/config-files/lint/lint.ts';
import { MASTER, SOURCE, TASK, TASK_V1, WORKER } from './cases.ts';

/** The value of a node, as an editor reads it. */
function plain(node: ConfigNode): unknown {
  if (node.kind === 'list') return node.items.map(plain);
  if (node.kind === 'map') return Object.fromEntries(node.entries.map((e) => [e.name, plain(e.value)]));
  const { resolved, text } = node;
  if (resolved.type === 'null') return null;
  if (resolved.type === 'int') return Number(resolved.value);
  if (resolved.type === 'bool') return /^(?:true|false)$/i.test(text) ? resolved.value : text; // editors read YAML 1.2
  return resolved.type === 'float' ? resolved.value : text;
}

const compiled = new Map<string, ValidateFunction>();

function validator(kind: FileKind, dm: string): ValidateFunction {
  const id = `${kind} ${dm}`;
  const known = compiled.get(id);
  if (known) return known;
  const schema = schemaOf(kind, releaseOf(dm) as NonNullable<ReturnType<typeof releaseOf>>);
  const made = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, keywords: ['deprecationMessage'] }).compile(schema);
  compiled.set(id, made);
  return made;
}

async function errorsIn(text: string, kind: FileKind, dm: string): Promise<string[]> {
  const { root } = await lintFile(Buffer.from(text), { kind, release: releaseOf(dm) });
  const validate = validator(kind, dm);
  validate(root ? plain(root) : null);
  return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

test('files without mistakes are valid', async () => {
  for (const dm of ['2.0', '6.5', '8.5', '26.3']) {
    assert.deepEqual(await errorsIn(TASK, 'task', dm), [], dm);
    assert.deepEqual(await errorsIn(SOURCE, 'source', dm), [], dm);
  }
  assert.deepEqual(await errorsIn(TASK_V1, 'task', '1.0.7'), []);
  assert.deepEqual(await errorsIn(WORKER, 'worker', '1.0.7'), []);
  assert.deepEqual(await errorsIn(MASTER, 'master', '1.0.7'), []);
});

test('mistakes are not valid', async () => {
  assert.match(
    (await errorsIn(TASK.replace('batch', 'btach'), 'task', '8.5')).join(),
    /\/syncers\/global must NOT have additional properties/,
  );
  assert.match(
    (await errorsIn(TASK.replace('task-mode: all', 'task-mode: All'), 'task', '8.5')).join(),
    /\/task-mode must be equal to one of/,
  );
  assert.match((await errorsIn(TASK.replace('4000', '"4000"'), 'task', '8.5')).join(), /\/target-database\/port must be integer/);
  assert.match(
    (await errorsIn(SOURCE.replace('source-id: replica-01\n', ''), 'source', '8.5')).join(),
    /must have required property 'source-id'/,
  );
  assert.match((await errorsIn(SOURCE.replace('5m', '5'), 'source', '8.5')).join(), /\/checker\/backoff-max must be string/);
});

test('keys, defaults and descriptions are those of the release', () => {
  const properties = (dm: string): Record<string, Record<string, unknown>> => {
    const schema = schemaOf('task', releaseOf(dm) as NonNullable<ReturnType<typeof releaseOf>>);
    return schema.properties as Record<string, Record<string, unknown>>;
  };
  assert.equal(properties('2.0').validators, undefined);
  assert.equal(properties('5.4')['online-ddl']?.default, false);
  assert.equal(properties('6.0')['online-ddl']?.default, true);
  assert.equal(properties('8.5')['is-sharding']?.deprecated, true);
  assert.equal(properties('1.0')['is-sharding']?.deprecated, undefined);
  assert.deepEqual(properties('1.0')['task-mode']?.enum, ['full', 'incremental', 'all']);
  assert.equal(properties('8.5').name?.description, 'name of the task, unique in the cluster');
});

/** What schemas report although DM accepts it. Lint warns about the same. */
const STRICTER = new Set(['invalid-value', 'missing-key', 'unusual-number']);

const CORPUS = '../shared/lint-corpus.json';
const skip = fs.existsSync(CORPUS) ? false : `${CORPUS} is not there`;

test('every file that a master accepts without a warning about its values is valid', { skip }, async () => {
  const kinds: Record<string, FileKind> = { task: 'task', source: 'source', 'worker-toml': 'worker', 'master-toml': 'master' };
  let checked = 0;
  for (const { id, kind: name, file, verdicts } of JSON.parse(fs.readFileSync(CORPUS, 'utf8'))) {
    const kind = kinds[name] as FileKind;
    for (const [version, { ok }] of Object.entries(verdicts as Record<string, { ok: boolean }>)) {
      const dm = version.replace('-start', '');
      const { findings } = await lintFile(Buffer.from(file), { kind, release: releaseOf(dm) });
      if (!ok || findings.some((f) => STRICTER.has(f.rule) || f.rule === 'key-case')) continue;
      if (kind === 'master' && file.trim() === '') continue;
      assert.deepEqual(await errorsIn(file, kind, dm), [], `${id} ${version}`);
      checked += 1;
    }
  }
  assert.ok(checked > 200, String(checked));
});
