// node bench/lint.mjs: how long `lint` takes for a large task file and for many files, as whole processes, beside bare Node.
//   BENCH_ROUNDS=30 node bench/lint.mjs          more rounds (default 15)

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS; // if set, it adds about 45 ms to each start of Node 20

/** A task file with that many routes. 500 of them make about 3,000 lines. */
function taskFile(routes) {
  const names = Array.from({ length: routes }, (_, i) => `route-${i}`);
  const route = (name, i) => `  ${name}:
    # orders of the year ${i}
    schema-pattern: "shop_${i}_*"
    table-pattern: "order_*"
    target-schema: "shop"
    target-table: "orders_${i}"
`;
  return `name: orders
task-mode: all
target-database: {host: 127.0.0.1, port: 4000, user: root, password: ""}
mysql-instances:
  - source-id: mysql-replica-01
    block-allow-list: shops
    route-rules:
${names.map((name) => `      - ${name}\n`).join('')}
block-allow-list:
  shops:
    do-dbs: ["~^shop_[0-9]+_.*$"]
routes:
${names.map(route).join('')}`;
}

/** Milliseconds of a process. */
function timed(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return performance.now() - began;
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-bench-'));
const large = path.join(folder, 'large.yaml');
const many = path.join(folder, 'many');
fs.writeFileSync(large, taskFile(500));
fs.mkdirSync(many);
for (let i = 0; i < 200; i += 1) fs.writeFileSync(path.join(many, `${i}.yaml`), taskFile(10));

const lint = (file) => [path.join(ROOT, 'bin/dmctl.js'), 'lint', file];
const rows = [
  ['bare Node', ['-e', '0']],
  [`one file with ${fs.readFileSync(large, 'utf8').split('\n').length} lines and 500 routes`, lint(large)],
  [`200 files with ${taskFile(10).split('\n').length} lines`, lint(many)],
];
const times = rows.map(() => []);
for (const [, args] of rows) timed(args);
for (let i = 0; i < ROUNDS; i += 1) for (const [j, [, args]] of rows.entries()) times[j].push(timed(args));
for (const [j, [title]] of rows.entries()) console.log(`${title}: ${median(times[j]).toFixed(0)} ms`);
fs.rmSync(folder, { recursive: true });
