// node bench/watch.mjs: measures the memory of a watch on a 2.3 MB answer, after 100 rounds and after 1,000, without
// pauses between them. One run prints to a pipe, as the original does, and one draws a table on a terminal.
//   BENCH_ROUNDS=200 node bench/watch.mjs     fewer rounds

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 1000);
const EARLY = ROUNDS / 10;
const env = { ...process.env, DMCTL_LEAST_INTERVAL: '0' };
delete env.NODE_EXTRA_CA_CERTS;

/** Current and peak memory of a process in MB. Linux only. */
function memory(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024;
  return `${of('VmRSS').toFixed(0)} (at most ${of('VmHWM').toFixed(0)})`;
}

const master = spawn(process.execPath, [path.join(ROOT, 'bench/master.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve) => master.stdout.once('data', (d) => resolve(String(d).trim())));
const words = [path.join(ROOT, 'bin/dmctl.js'), '-master-addr', address, 'watch', '--interval', '0', 'query-status', 'large'];

/** Counts rounds by a mark in the output, and prints the memory use at two of them. */
function counter(title, mark, pid, stop) {
  let rounds = 0;
  const seen = [];
  const began = Date.now();
  return (text) => {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      rounds += 1;
      if (rounds === EARLY || rounds === ROUNDS) seen.push(memory(pid));
      if (rounds === ROUNDS) {
        console.log(`| ${title} | ${seen.join(' | ')} | ${((Date.now() - began) / ROUNDS).toFixed(0)} |`);
        stop();
      }
    }
  };
}

console.log(`| a watch on 2.3 MB | MB after ${EARLY} rounds | MB after ${ROUNDS} | ms a round |\n|---|---|---|---|`);
await new Promise((resolve) => {
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const count = counter('JSON in a pipe', '--- ', child.pid, () => child.kill());
  child.stdout.setEncoding('latin1').on('data', count);
  child.on('close', resolve);
});
await new Promise((resolve) => {
  const child = pty.spawn(process.execPath, words, { cols: 120, rows: 40, env: { ...env, TERM: 'xterm-256color' } });
  const count = counter('a table on a terminal', '\u001b[?2026l', child.pid, () => child.kill());
  child.onData(count);
  child.onExit(resolve);
});
master.kill();
process.exit(0);
