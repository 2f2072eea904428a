// config export and config import of DM 2.0 and later, between two sandboxes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/v2/server.ts';
import { test } from '../harness/posix.ts';
import { dmctl } from '../harness/program.ts';

for (const release of ['2.0.7', '6.5.0', '8.5.0']) {
  test(`what DM ${release} exports, another cluster imports, and only the user can read the files`, async () => {
    const [from, to] = await Promise.all([
      startSandbox({ listen: '127.0.0.1:0', release, tasks: 2 }),
      startSandbox({ listen: '127.0.0.1:0', release }),
    ]);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-export-'));
    const out = path.join(folder, 'configs');
    const where = release === '2.0.7' ? '--dir' : '--path';
    try {
      const exported = await dmctl(['-master-addr', from.address, 'config', 'export', where, out]);
      assert.deepEqual([exported.status, exported.stdout], [0, `export configs to directory \`${out}\` succeed\n`]);
      assert.match(exported.stderr, /contain passwords\. Only you can read them/);
      const files = fs.readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.yaml'));
      assert.deepEqual(
        files.sort(),
        ['mysql-replica-01', 'mysql-replica-02'].map((s) => `sources/${s}.yaml`).concat('tasks/task-01.yaml', 'tasks/task-02.yaml'),
      );
      for (const file of files) assert.equal(fs.statSync(path.join(out, file)).mode & 0o777, 0o600, file);
      assert.equal(fs.statSync(out).mode & 0o777, 0o700);

      const imported = await dmctl(['-master-addr', to.address, 'config', 'import', where, out]);
      assert.equal(imported.status, 1, 'the sources exist already');
      assert.match(imported.stderr, /skipped .*mysql-replica-01\.yaml: it exists already/);
      const status = await dmctl(['-master-addr', to.address, 'query-status', '-o', 'name']);
      assert.deepEqual(status.stdout.trim().split('\n').sort(), ['task-01', 'task-02']);
      const again = await dmctl(['-master-addr', to.address, 'config', 'import', where, out, '--skip-existing']);
      assert.equal(again.status, 0, again.stderr);
    } finally {
      await Promise.all([from.close(), to.close()]);
      fs.rmSync(folder, { recursive: true });
    }
  });
}
