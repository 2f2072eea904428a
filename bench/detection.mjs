// node bench/detection.mjs: what the detection of the generation costs a one-shot call. Each pair is the same call with and without
// it, in turn; the ratio is the median of the pairs' own ratios, because the speed of a machine drifts.
//   BENCH_PAIRS=100 node bench/detection.mjs     more pairs

import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PAIRS = Number(process.env.BENCH_PAIRS ?? 40);
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;

const master = spawn(process.execPath, [path.join(ROOT, 'bench/master.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve) => master.stdout.once('data', (d) => resolve(String(d).trim())));

/** Milliseconds of one call. */
function timed(...flags) {
  const began = performance.now();
  const argv = [path.join(ROOT, 'bin/dmctl.js'), '-master-addr', address, ...flags, 'query-status', 'empty'];
  const { status, stderr } = spawnSync(process.execPath, argv, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return performance.now() - began;
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

timed();
const ratios = [];
const times = [];
for (let i = 0; i < PAIRS; i += 1) {
  const order = i % 2 === 0;
  const first = order ? timed() : timed('-protocol', 'v1');
  const second = order ? timed('-protocol', 'v1') : timed();
  const [asked, set] = order ? [first, second] : [second, first];
  ratios.push(asked / set);
  times.push(asked);
}
console.log(
  `one-shot call with detection: ${median(times).toFixed(0)} ms, ${median(ratios).toFixed(2)} x the call with -protocol, ${PAIRS} pairs`,
);
master.kill();
