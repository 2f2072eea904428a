// docs/files.md lists all rules of lint.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { RULES } from '../../src/config-files/lint/rules.ts';

test('docs/files.md has a row for each rule', () => {
  const table = fs.readFileSync('docs/files.md', 'utf8').split('<!-- rules -->')[1]?.split('<!-- end -->')[0] ?? '';
  const rows = [...table.matchAll(/^\| `([a-z0-9-]+)` \| (.*) \|$/gm)].map(([, rule, text]) => [rule, text]);
  assert.deepEqual(rows, Object.entries(RULES));
});
