// The files of a release that are made from templates, and their names.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { load } from 'js-yaml';
import { fillTemplate, homepage, LINUX_ARCHITECTURES, linuxPackageName, writeSums } from '../../tools/release/artifacts.mjs';
import { publishedManifest } from '../../tools/release/npm-package.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-release-'));
after(() => fs.rmSync(folder, { recursive: true }));

const EXECUTABLES = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64.exe'].map((target) => `dmctl-${target}`);
for (const name of [...EXECUTABLES, 'dmctl.1']) fs.writeFileSync(path.join(folder, name), name);

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
const release = { folder, version: '1.2.3', home: 'https://github.com/some/where' };
const filled = (name: string): string => fillTemplate(fs.readFileSync(`packaging/${name}`, 'utf8'), release);
const download = (name: string): string => `https://github.com/some/where/releases/download/v1.2.3/${name}`;

describe('the Homebrew formula', () => {
  it('has address and checksum of each executable for macOS and Linux, and of the man page', () => {
    const pairs = [...filled('dmctl.rb').matchAll(/url "(.*)"\n\s+sha256 "(.*)"/g)].map(([, url, hash]) => [url, hash]);
    const names = ['dmctl-darwin-arm64', 'dmctl-darwin-x64', 'dmctl-linux-arm64', 'dmctl-linux-x64', 'dmctl.1'];
    assert.deepEqual(
      pairs,
      names.map((name) => [download(name), sum(name)]),
    );
    assert.match(filled('dmctl.rb'), /^ {2}version "1\.2\.3"$/m);
  });
});

describe('the Scoop manifest', () => {
  it('has address and checksum of the executable for Windows', () => {
    const manifest = JSON.parse(filled('dmctl.json'));
    const name = 'dmctl-windows-x64.exe';
    assert.equal(manifest.version, '1.2.3');
    assert.deepEqual(manifest.architecture, { '64bit': { url: `${download(name)}#/dmctl.exe`, hash: sum(name) } });
  });
});

describe('a template', () => {
  it('is rejected if a file is not built or a placeholder is unknown', () => {
    for (const text of ['{{url dmctl-plan9}}', '{{verison}}', '{{owner x}}'])
      assert.throws(() => fillTemplate(text, release), /^Error: cannot replace/);
    assert.throws(() => fillTemplate('{{sha256 dmctl-plan9}}', release), /ENOENT/);
  });
});

describe('SHA256SUMS', () => {
  it('covers every other file, and a second time the same', () => {
    writeSums(folder);
    writeSums(folder);
    const lines = [...EXECUTABLES, 'dmctl.1'].sort().map((name) => `${sum(name)}  ${name}\n`);
    assert.equal(fs.readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8'), lines.join(''));
  });
});

describe('the Linux packages', () => {
  it('are named as Debian and RPM name them', () => {
    const names = (format: string): string[] => LINUX_ARCHITECTURES.map((architecture) => linuxPackageName(format, '1.2.3', architecture));
    assert.deepEqual(names('deb'), ['dmctl_1.2.3-1_amd64.deb', 'dmctl_1.2.3-1_arm64.deb']);
    assert.deepEqual(names('rpm'), ['dmctl-1.2.3-1.x86_64.rpm', 'dmctl-1.2.3-1.aarch64.rpm']);
  });

  it('contain the program, its man page, completions for three shells and the licences', () => {
    const { contents } = load(fs.readFileSync('packaging/nfpm.yaml', 'utf8')) as { contents: { dst: string; packager?: string }[] };
    const files = (format: string): string[] => contents.filter((c) => (c.packager ?? format) === format).map((c) => c.dst);
    const common = [
      '/usr/bin/dmctl',
      '/usr/share/bash-completion/completions/dmctl',
      '/usr/share/doc/dmctl/THIRD_PARTY_LICENSES',
      '/usr/share/fish/vendor_completions.d/dmctl.fish',
      '/usr/share/man/man1/dmctl.1.gz',
    ];
    const deb = ['/usr/share/doc/dmctl/copyright', '/usr/share/zsh/vendor-completions/_dmctl'];
    const rpm = ['/usr/share/doc/dmctl/LICENSE', '/usr/share/zsh/site-functions/_dmctl'];
    assert.deepEqual(files('deb').sort(), [...common, ...deb].sort());
    assert.deepEqual(files('rpm').sort(), [...common, ...rpm].sort());
  });
});

describe('the published package.json', () => {
  it('has what a user needs and no script that npm warns of', () => {
    const project = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    const published: Record<string, unknown> = publishedManifest(project, 'https://github.com/some/where');
    for (const key of ['name', 'version', 'bin', 'man', 'engines', 'files', 'license']) assert.deepEqual(published[key], project[key], key);
    for (const key of ['scripts', 'devDependencies', 'allowScripts', 'overrides']) assert.equal(published[key], undefined, key);
    assert.deepEqual(published.repository, { type: 'git', url: 'git+https://github.com/some/where.git' });
  });

  it('names the repository that releases', () => {
    assert.equal(homepage({ GITHUB_REPOSITORY: 'a/b' }), 'https://github.com/a/b');
  });
});

describe('the container', () => {
  const dockerfile = fs.readFileSync('Dockerfile', 'utf8');

  it('runs dmctl as a user that is not root', () => {
    assert.match(dockerfile.split('\nFROM ').at(-1) ?? '', /^USER nonroot\nENTRYPOINT \["\/usr\/bin\/dmctl"\]$/m);
  });

  it('gets every file that its build reads', () => {
    const ignored = fs.readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['bench', 'bin', 'proto', 'src', 'tools', 'LICENSE', 'package.json', 'package-lock.json'])
      assert.ok(ignored.includes(`!${name}`), name);
  });
});
