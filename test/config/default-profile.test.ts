// The default profile in the text of a configuration file: only its value changes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { withDefaultProfile } from '../../src/config/default-profile.ts';
import { replaceFile } from '../../src/platform/replace-file.ts';
import { test as posixTest } from '../harness/posix.ts';

const CHANGED: readonly [before: string, profile: string, after: string][] = [
  ['', 'a', 'profile = "a"\n'],
  ['# clusters\n[profiles.a]\n', 'a', 'profile = "a"\n# clusters\n[profiles.a]\n'],
  ['output = "table"\n\n# prod\n[profiles.a]\n', 'a', 'output = "table"\nprofile = "a"\n\n# prod\n[profiles.a]\n'],
  ['output = "table"', 'a', 'output = "table"\nprofile = "a"\n'],
  ['output = "table"\r\n[profiles.a]\r\n', 'a', 'output = "table"\r\nprofile = "a"\r\n[profiles.a]\r\n'],
  ["Profile  =  'b'  # the default\n[t]\nprofile = 'b'\n", 'a', 'Profile  =  "a"  # the default\n[t]\nprofile = \'b\'\n'],
  ['"profile" = """\nb"""\n', 'a', '"profile" = "a"\n'],
  ["x = '''\nprofile = \"z\"\n'''\nprofile = 'b'\n", 'a', "x = '''\nprofile = \"z\"\n'''\nprofile = \"a\"\n"],
  ['x = [ # ]\n"profile = 1",\n]\n[t]\n', 'a', 'x = [ # ]\n"profile = 1",\n]\nprofile = "a"\n[t]\n'],
  ['x.profile = "b"\ny = { profile = "b" }\n', 'a', 'x.profile = "b"\ny = { profile = "b" }\nprofile = "a"\n'],
  ['', 'a"\\\u007f\nü', 'profile = "a\\"\\\\\\u007f\\nü"\n'],
  ['profile = "b" # the default\n', '', 'profile = "" # the default\n'],
  ['[profiles.a]\n', '', '[profiles.a]\n'],
];

for (const [before, profile, after] of CHANGED) {
  test(`${JSON.stringify(before)} gets the profile ${JSON.stringify(profile)}`, async () => {
    assert.equal(await withDefaultProfile(before, profile), after);
    assert.equal(await withDefaultProfile(after, profile), after, 'a second time changes nothing');
  });
}

function inFolder(use: (folder: string) => void): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-replace-'));
  try {
    use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

posixTest('a replaced file keeps its permissions, and a link to it stays a link', () =>
  inFolder((folder) => {
    const [file, link] = [path.join(folder, 'dotfiles.toml'), path.join(folder, 'config.toml')];
    fs.writeFileSync(file, 'old');
    fs.chmodSync(file, 0o640);
    fs.symlinkSync('dotfiles.toml', link);
    replaceFile(link, Buffer.from('old'), Buffer.from('new'));
    assert.equal(fs.readlinkSync(link), 'dotfiles.toml');
    assert.equal(fs.readFileSync(file, 'utf8'), 'new');
    assert.equal(fs.statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(fs.readdirSync(folder).sort(), ['config.toml', 'dotfiles.toml'], 'no temporary file stays');
  }),
);

test('a file that another program has changed is not replaced, and no file is created', () =>
  inFolder((folder) => {
    const file = path.join(folder, 'config.toml');
    assert.throws(() => replaceFile(file, Buffer.from(''), Buffer.from('new')), /ENOENT/);
    fs.writeFileSync(file, 'theirs');
    assert.throws(() => replaceFile(file, Buffer.from('old'), Buffer.from('new')), /another program has changed it/);
    assert.equal(fs.readFileSync(file, 'utf8'), 'theirs');
    assert.deepEqual(fs.readdirSync(folder), ['config.toml']);
  }));
