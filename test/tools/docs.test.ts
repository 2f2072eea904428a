// The pages for contributors name files that exist.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Paths from the root that a page names between backquotes, and files that its links lead to. A folder in capitals stands for any. */
function pathsIn(page: string): string[] {
  const text = fs.readFileSync(page, 'utf8');
  const named = [...text.matchAll(/`((?:src|test|tools|docs|proto|bench)\/[\w./-]+)`/g)].map((m) => m[1] as string);
  const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((m) => path.join(path.dirname(page), m[1] as string));
  return [...named, ...linked].filter(
    (p) =>
      !path
        .dirname(p)
        .split('/')
        .some((folder) => /^[A-Z]+$/.test(folder)),
  );
}

for (const page of [
  'CONTRIBUTING.md',
  'README.md',
  ...fs
    .readdirSync('docs')
    .filter((f) => f.endsWith('.md'))
    .map((f) => `docs/${f}`),
]) {
  test(`${page} names only files that exist`, () => {
    const missing = pathsIn(page).filter((p) => !fs.existsSync(p));
    assert.deepEqual(missing, []);
  });
}

test('docs/architecture.md names only folders and files of src/ that exist', () => {
  const text = fs.readFileSync('docs/architecture.md', 'utf8');
  const named = [...text.matchAll(/`([a-z-]+\/[\w./-]*)`/g)]
    .map((m) => m[1] as string)
    .filter((p) => !/^(proto|test|tools|docs)\//.test(p));
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((p) => !fs.existsSync(`src/${p}`) && !fs.existsSync(p)),
    [],
  );
});
