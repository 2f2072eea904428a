// node bench/top.mjs: measures top on 100 workers with 80 tasks each (2.3 MB an answer), with rounds back to back: its memory after
// 100 rounds and after 1,000, the time of a round, and how long a key takes to change the screen meanwhile.
//   BENCH_ROUNDS=200 node bench/top.mjs     fewer rounds

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 1000);
const EARLY = ROUNDS / 10;
const KEYS = 200;
const env = { ...process.env, DMCTL_LEAST_INTERVAL: '0', TERM: 'xterm-256color' };
delete env.NODE_EXTRA_CA_CERTS;

/** Memory in MB and processor time in seconds of a process. Linux only. */
function usage(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  // The fields after the name of the program, which may contain spaces: the 12th and 13th are ticks of a hundredth of a second.
  const fields = fs
    .readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const of = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024;
  return { rss: of('VmRSS'), peak: of('VmHWM'), cpu: (Number(fields[11]) + Number(fields[12])) / 100 };
}

const master = spawn(process.execPath, [path.join(ROOT, 'bench/master.mjs'), 'large'], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve) => master.stdout.once('data', (d) => resolve(String(d).trim())));
const words = [path.join(ROOT, 'bin/dmctl.js'), '-master-addr', address, 'top', '--interval', '0'];
const FRAME = '\u001b[?2026l';

/** Runs top. Calls back with each piece of output. */
function start(onData) {
  const child = pty.spawn(process.execPath, words, { cols: 120, rows: 40, env });
  child.onData((text) => onData(text, child));
  return new Promise((resolve) => child.onExit(resolve));
}

const seen = [];
let rounds = 0;
const began = performance.now();
await start((text, child) => {
  rounds += text.split(FRAME).length - 1;
  if ((seen.length === 0 && rounds >= EARLY) || (seen.length === 1 && rounds >= ROUNDS)) seen.push(usage(child.pid));
  if (seen.length === 2) child.kill();
});
const tookMs = (performance.now() - began) / rounds;
const [early, late] = seen;
console.log('| top, 100 workers with 80 tasks | after 100 rounds | after 1,000 |\n|---|---|---|');
console.log(
  `| memory in MB (at most) | ${early.rss.toFixed(0)} (${early.peak.toFixed(0)}) | ${late.rss.toFixed(0)} (${late.peak.toFixed(0)}) |`,
);
const cpu = (from, to, count) => (((to.cpu - from.cpu) * 1000) / count).toFixed(0);
console.log(`| processor ms a round | ${cpu({ cpu: 0 }, early, EARLY)} | ${cpu(early, late, ROUNDS - EARLY)} |`);
console.log(`\nA round took ${tookMs.toFixed(0)} ms.`);

const times = [];
let cursor = 1;
let sentAt;
await start((text, child) => {
  const press = () => {
    cursor = (cursor % 80) + 1;
    sentAt = performance.now();
    child.write(cursor === 1 ? '\u001b[H' : '\u001b[B');
  };
  if (sentAt === undefined) {
    if (text.includes('1/80')) press();
    return;
  }
  if (Number.isNaN(sentAt) || !text.includes(`${cursor}/80 `)) return;
  times.push(performance.now() - sentAt);
  sentAt = Number.NaN;
  if (times.length === KEYS) child.kill();
  else setTimeout(press, 20 + Math.random() * 60); // at any moment of a round
});
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
console.log(`A key changed the screen after ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms at most, ${KEYS} keys.`);
master.kill();
process.exit(0);
