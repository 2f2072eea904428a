// npm run demo: the task files that it leaves for the user, and the text above its prompt.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { SAMPLE_TASK } from '../../src/sandbox/v1/sample-task.ts';
import { demoFiles, demoText, prepareFolder } from '../../tools/demo-parts.mjs';

const FILES = demoFiles(SAMPLE_TASK);

/** Gives a new folder to a function and removes it. */
function inFolder(use: (folder: string) => void): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-demo-test-'));
  try {
    use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('the demo writes two task files, which differ in their names', () =>
  inFolder((folder) => {
    assert.deepEqual(prepareFolder(folder, FILES), { folder: 'dmctl-demo', edited: [] });
    const read = (name: string): string => fs.readFileSync(path.join(folder, 'dmctl-demo', name), 'utf8');
    assert.equal(read('task.yaml'), SAMPLE_TASK);
    assert.match(read('ddl-fails.yaml'), /^name: demo-ddl-fails$/m);
  }));

test('the demo never overwrites a file, and names those that were edited', () =>
  inFolder((folder) => {
    prepareFolder(folder, FILES);
    assert.deepEqual(prepareFolder(folder, FILES).edited, [], 'they are as the demo wrote them');
    const file = path.join(folder, 'dmctl-demo/task.yaml');
    fs.writeFileSync(file, 'name: mine\n');
    const prepared = prepareFolder(folder, FILES);
    assert.deepEqual(prepared.edited, ['task.yaml']);
    assert.equal(fs.readFileSync(file, 'utf8'), 'name: mine\n');
    assert.match(demoText({ address: 'h:1', ...prepared, columns: 80 }).join(' '), /Your changes in task\.yaml were kept\./);
  }));

test('where no folder can be created, the demo names another one', () =>
  inFolder((folder) => {
    fs.writeFileSync(path.join(folder, 'dmctl-demo'), 'a file');
    const prepared = prepareFolder(folder, FILES);
    try {
      assert.ok(path.isAbsolute(prepared.folder) && fs.existsSync(path.join(prepared.folder, 'task.yaml')));
      assert.ok(
        demoText({ address: 'h:1', ...prepared, columns: 80 })
          .join('\n')
          .includes(`start-task ${prepared.folder}/task.yaml`),
      );
    } finally {
      fs.rmSync(prepared.folder, { recursive: true });
    }
  }));

for (const columns of [40, 80, 200]) {
  test(`the text of the demo fits ${columns} columns`, () => {
    const lines = demoText({ address: '127.0.0.1:41234', folder: 'dmctl-demo', edited: ['task.yaml', 'ddl-fails.yaml'], columns });
    assert.deepEqual(
      lines.filter((line) => line.length > columns),
      [],
    );
    const text = lines.join(' ').replace(/ +/g, ' ');
    for (const told of ['dmctl-demo/task.yaml', 'ddl-fails', 'set output table', 'docs/quick-start.md', '127.0.0.1:41234']) {
      assert.ok(text.includes(told), told);
    }
  });
}
