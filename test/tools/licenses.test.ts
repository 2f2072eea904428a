import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import esbuild from 'esbuild';
import { bundledPackages, formatLicenses } from '../../tools/licenses.mjs';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-licenses-'));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** An installed package with these files. */
function install(name: string, files: Record<string, string>): string {
  const folder = path.join(scratch, 'node_modules', name);
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
  return folder;
}

const manifest = (name: string, version = '1.0.0'): string => JSON.stringify({ name, version, license: 'MIT' });

describe('THIRD_PARTY_LICENSES', () => {
  it('has an entry and a licence text for each package in the bundle', async () => {
    const { metafile } = await esbuild.build({
      entryPoints: ['src/main.ts'],
      define: { BUILD: '{}' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      splitting: true,
      outdir: 'dist',
      write: false,
      metafile: true,
      logLevel: 'error',
    });
    const names = new Set(
      Object.keys(metafile.inputs)
        .filter((input) => input.includes('node_modules/'))
        .map((input) => (input.split('node_modules/').at(-1) ?? '').split('/'))
        .map(([first = '', second]) => (first.startsWith('@') ? `${first}/${second}` : first)),
    );
    assert.ok(names.has('commander') && names.has('@grpc/grpc-js'), [...names].join());
    const text = formatLicenses(bundledPackages(metafile));
    for (const name of names) {
      const { version, license } = JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, 'utf8'));
      assert.ok(text.includes(`\n${name} ${version} (${license})\n`), `no entry of ${name}`);
    }
    assert.match(text, /Apache License/);
    assert.match(text, /^Copyright \(c\) 2011 TJ Holowaychuk/m);
  });

  it('has a NOTICE file, too, and each package once', () => {
    const a = install('b', { 'package.json': manifest('b'), LICENCE: 'Text of b.\r\n', 'NOTICE.txt': 'Notice of b.' });
    const b = install('@scope/a', { 'package.json': manifest('@scope/a'), 'license.md': 'Text of a.' });
    const text = formatLicenses([a, b]);
    assert.match(text, /@scope\/a 1\.0\.0 \(MIT\)\n=+\n\nText of a\.\n\n=+\nb 1\.0\.0 \(MIT\)\n=+\n\nText of b\.\n\nNotice of b\.\n$/);
    assert.equal(formatLicenses([b, a]), text, 'the order of the bundle does not matter');
  });

  it('names packages with the same text above one copy of it', () => {
    const folders = ['c', 'd'].map((name) => install(name, { 'package.json': manifest(name), LICENSE: 'The same.' }));
    assert.match(formatLicenses(folders), /=\nc 1\.0\.0 \(MIT\)\nd 1\.0\.0 \(MIT\)\n=+\n\nThe same\.\n$/);
  });

  it('cannot be made where a package has no licence text, or does not name its licence', () => {
    const silent = install('silent', { 'package.json': manifest('silent'), 'README.md': 'MIT' });
    assert.throws(
      () => formatLicenses([silent]),
      /^Error: silent 1\.0\.0 is bundled, but has no LICENSE file .* use a version that has them/,
    );
    const unnamed = install('unnamed', { 'package.json': '{"name":"unnamed","version":"2.0.0"}', LICENSE: 'Text.' });
    assert.throws(() => formatLicenses([unnamed]), /^Error: unnamed 2\.0\.0 is bundled, but has no "license"/);
  });

  it('counts the innermost package, and only what is in the output', () => {
    const inputs = { 'node_modules/a/node_modules/@s/b/index.js': {}, 'src/main.ts': {}, '../node_modules/c/lib/x.js': {} };
    const metafile = { inputs: { ...inputs, 'node_modules/unused/index.js': {} }, outputs: { 'dist/main.js': { inputs } } };
    assert.deepEqual(bundledPackages(metafile), ['../node_modules/c', 'node_modules/a/node_modules/@s/b']);
  });
});
