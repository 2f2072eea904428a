// The files around the code: workflows call what exists, forms are what GitHub reads, versions agree.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it, test } from 'node:test';
import { load } from 'js-yaml';

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const project = JSON.parse(read('package.json'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly permissions?: Record<string, string>;
  readonly strategy?: { readonly matrix: { readonly os: string[]; readonly node: number[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const WORKFLOWS = fs.readdirSync('.github/workflows').map((name) => path.posix.join('.github/workflows', name));
const workflow = (file: string): Workflow => load(read(file)) as Workflow;
const jobs = (file: string): Job[] => Object.values(workflow(file).jobs);

describe('workflows', () => {
  it('call npm scripts and tools that exist', () => {
    const commands = WORKFLOWS.flatMap(jobs).flatMap((job) => job.steps.flatMap(({ run = '' }) => run.split('\n')));
    const scripts = commands.map((command) => /^npm (?:run (\S+)|(test)\b)/.exec(command)).filter((found) => found !== null);
    assert.ok(scripts.length > 5);
    for (const [command, script, test] of scripts) assert.ok(project.scripts[script ?? test ?? ''], command);
    const tools = commands.map((command) => /^(?:node|bash) (tools\/\S+)/.exec(command)).filter((found) => found !== null);
    assert.ok(tools.length > 0);
    for (const [command, file = ''] of tools) assert.ok(fs.existsSync(file), command);
  });

  it('test on three systems with three versions of Node', () => {
    const { os, node } = workflow('.github/workflows/ci.yml').jobs.test?.strategy?.matrix ?? { os: [], node: [] };
    assert.deepEqual(
      os.map((name) => name.replace(/-.*/, '')),
      ['ubuntu', 'macos', 'windows'],
    );
    assert.deepEqual(node, [20, 22, 24]);
  });

  it('may write nothing unless a job says so', () => {
    for (const file of WORKFLOWS) {
      assert.deepEqual(
        Object.values(workflow(file).permissions ?? { all: 'not set' }).filter((right) => right !== 'read'),
        [],
        file,
      );
    }
    const rights = jobs('.github/workflows/release.yml').map((job) => job.permissions);
    assert.deepEqual(rights, [
      { contents: 'read' },
      { 'id-token': 'write' },
      { contents: 'write' },
      { contents: 'read', packages: 'write' },
    ]);
  });

  it('pin each action to a commit, with its version beside it', () => {
    for (const line of WORKFLOWS.flatMap((file) => read(file).split('\n')).filter((text) => text.includes('uses:'))) {
      assert.match(line, /uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
});

describe('GitHub reads', () => {
  it('the issue forms', () => {
    for (const name of ['bug', 'feature']) {
      const form = load(read(`.github/ISSUE_TEMPLATE/${name}.yml`)) as { name: string; description: string; body: Record<string, never>[] };
      assert.ok(form.name && form.description);
      const fields = form.body.filter(({ type }) => type !== 'markdown') as unknown as { id: string; attributes: { label: string } }[];
      assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length);
      for (const { id, attributes } of fields) assert.ok(id && attributes.label, name);
    }
  });

  it('the settings of the issue list and of dependabot', () => {
    const { contact_links: links } = load(read('.github/ISSUE_TEMPLATE/config.yml')) as { contact_links: Record<string, string>[] };
    for (const link of links) assert.ok(link.name && link.about && link.url?.startsWith('https://'));
    const { version, updates } = load(read('.github/dependabot.yml')) as { version: number; updates: Record<string, unknown>[] };
    assert.equal(version, 2);
    assert.deepEqual(
      updates.map((update) => [update['package-ecosystem'], Object.keys(update.groups as object).length > 0]),
      [
        ['npm', true],
        ['github-actions', true],
        ['docker', true],
      ],
    );
  });

  it('an owner of every file', () => assert.match(read('.github/CODEOWNERS'), /^\*\s+@\S+/m));
});

describe('the project', () => {
  it('is developed with the oldest Node that it supports', () => {
    assert.equal(`>=${read('.nvmrc').trim()}`, project.engines.node);
  });

  it('decides about every install script of a dependency, so that npm ci warns of none', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { hasInstallScript?: boolean }> };
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = scripted.map(([folder]) => folder.replace(/^.*node_modules\//, '')).sort();
    assert.deepEqual(Object.keys(project.allowScripts), names);
    assert.deepEqual([...new Set(Object.values(project.allowScripts))], [false], 'none needs to run');
  });

  it('generates its types and dist/ with npm ci', () => {
    assert.equal(project.scripts.prepare, project.scripts.build);
    assert.match(read('tools/build.mjs'), /tools\/generate\.mjs/);
  });

  it('has settings that an editor can read', () => {
    for (const name of fs.readdirSync('.vscode')) JSON.parse(read(path.join('.vscode', name)));
  });
});

test('docs/security.md names tests that exist, and SECURITY.md leads to it', () => {
  const named = read('docs/security.md').match(/test\/[\w/.-]+\.test\.ts/g) ?? [];
  assert.ok(named.length > 30);
  assert.deepEqual(
    named.filter((file) => !fs.existsSync(file)),
    [],
  );
  assert.match(read('SECURITY.md'), /\]\(docs\/security\.md\)/);
});
