// Every verdict of real DM-masters on a file, if ../shared/lint-corpus.json is there: lint finds an error exactly if the master
// rejects the file, with the same code, and points to the lines that a person would point to.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { type FileKind, releaseOf } from '../../src/config-files/file-kind.ts';
import type { Finding } from '../../src/config-files/lint/finding.ts';
import { lintFile } from '../../src/config-files/lint/lint.ts';

interface Case {
  readonly id: string;
  readonly kind: 'task' | 'source' | 'worker-toml' | 'master-toml';
  readonly generation: '1' | '2';
  readonly file: string;
  readonly verdicts: Readonly<Record<string, { readonly ok: boolean; readonly code: string; readonly about?: string }>>;
  readonly marks: readonly { readonly line: number; readonly what: string }[];
}

const CORPUS = '../shared/lint-corpus.json';
const cases: readonly Case[] = fs.existsSync(CORPUS) ? JSON.parse(fs.readFileSync(CORPUS, 'utf8')) : [];
const skip = cases.length === 0 ? `${CORPUS} is not there` : false;

const KINDS: Readonly<Record<Case['kind'], FileKind>> = {
  task: 'task',
  source: 'source',
  'worker-toml': 'worker',
  'master-toml': 'master',
};

async function findingsFor({ file, kind }: Case, version: string): Promise<readonly Finding[]> {
  const release = releaseOf(version.replace('-start', ''));
  return (await lintFile(Buffer.from(file), { release, kind: KINDS[kind] })).findings;
}

/** Update-relay accepts this file, and the worker of the same release crashes at its start: lint warns. */
const crashesAtStartOnly = ({ verdicts }: Case, version: string): boolean =>
  verdicts[version]?.code === 'panic' && version.endsWith('-start') && verdicts[version.replace('-start', '')]?.ok === true;

test('an error exactly if a master of the release rejects the file, with its code', { skip }, async () => {
  for (const one of cases) {
    for (const [version, { ok, code }] of Object.entries(one.verdicts)) {
      const findings = await findingsFor(one, version);
      const errors = findings.filter((f) => f.severity === 'error');
      const found = `${one.id} ${version}: ${errors.map((e) => `${e.line} ${e.rule} ${e.message}`).join('; ')}`;
      if (crashesAtStartOnly(one, version)) {
        assert.ok(
          findings.some((f) => /crashes at its start/.test(f.message)),
          found,
        );
        continue;
      }
      assert.equal(errors.length === 0, ok, found);
      if (/^\d+$/.test(code) && !ok)
        assert.ok(
          errors.some((e) => e.code === code),
          `${found} has no ${code}`,
        );
    }
  }
});

test('a finding on every line that a person would point to', { skip }, async () => {
  for (const one of cases) {
    const onlyCluster = Object.values(one.verdicts).some((v) => v.about === 'environment') && one.id.includes('-ok-');
    if (onlyCluster) continue;
    const lines = new Set<number>();
    for (const version of Object.keys(one.verdicts)) for (const { line } of await findingsFor(one, version)) lines.add(line);
    for (const { line, what } of one.marks) assert.ok(lines.has(line), `${one.id}: nothing in line ${line}: ${what}`);
  }
});

test('files that are good for a release have no errors there, and their kind is found from their keys', { skip }, async () => {
  for (const one of cases.filter((c) => /-ok-(?!empty)/.test(c.id))) {
    const path = one.kind.endsWith('toml') ? 'x.toml' : 'x.yaml';
    const { kind } = await lintFile(Buffer.from(one.file), { path });
    assert.equal(kind, KINDS[one.kind], one.id);
  }
});
