// The man page matches the declarations of the commands.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { PROGRAM_FLAGS } from '../../src/args/program-flags.ts';
import { allBuiltins } from '../../src/builtins/index.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { v1 } from '../../src/dialects/v1/index.ts';
import { dialectFor } from '../../src/dialects/v2/index.ts';
import { laterTable } from '../../tools/man.mjs';
import { groff, manPage } from '../../tools/man-page.mjs';

const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const page = manPage({
  version,
  commands: v1.commands,
  builtins: allBuiltins,
  global: v1.globalFlags,
  later: laterTable(dialectFor),
  program: PROGRAM_FLAGS,
  settings: SETTINGS,
});

test('the packed page is the generated one', () => {
  assert.equal(fs.readFileSync('man/dmctl.1', 'utf8'), page);
});

test('the page contains every command, flag and text as typed, and nothing hidden', () => {
  const { commands: later } = laterTable(dialectFor);
  assert.ok(['binlog skip', 'handle-error', 'validation update', 'list-member'].every((name) => later.some((c) => c.name === name)));
  for (const { name, usage, summary, flags, hidden } of [...v1.commands, ...later, ...allBuiltins].map((c) => ({ hidden: false, ...c }))) {
    const heading = `\n.SS ${groff(`${name}${usage ? ` ${usage}` : ''}`)}\n${groff(summary)}\n`;
    assert.equal(page.includes(heading), !hidden, name);
    for (const flag of flags) assert.ok(page.includes(`\\fB${groff(`--${flag.name}`)}\\fR`), `${name} --${flag.name}`);
  }
  for (const { name, short } of PROGRAM_FLAGS) {
    const letter = short ? `\\fB${groff(`-${short}`)}\\fR, ` : '';
    assert.ok(page.includes(`.TP\n${letter}\\fB${groff(`-${name}`)}\\fR`), name);
  }
  assert.ok(page.includes(groff('~(?i)ALTER\\s+TABLE\\s+`db1`.`tbl1`')), 'backslashes and backquotes stay');
});

test('groff reports no warnings', { skip: spawnSync('groff', ['--version']).status !== 0 && 'no groff' }, () => {
  const { stdout, stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z', 'man/dmctl.1'], { encoding: 'utf8' });
  assert.deepEqual([stdout, stderr, status], ['', '', 0]);
});
