// npm run bench: measures the speed of the program as ratios to a bare Node in the same run.
//   BENCH_AGAINST="<other dmctl>" npm run bench     another client side by side
//   DMCTL="<program>" npm run bench                 another build of this program, such as the standalone executable
//   BENCH_ROUNDS=30 npm run bench                   more rounds (default 15)
//   BENCH_ONLY='JSON|help' npm run bench            only the rows whose title matches
// Bare Node and each program run in turn, round by round; a ratio is the median of the rounds' own ratios.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keystroke, longHistory, paste, promptTime } from './terminal.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const ONLY = new RegExp(process.env.BENCH_ONLY ?? '');
const TIME = '/usr/bin/time';
const NODE = [process.execPath];
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS; // if set, it adds about 45 ms to each start of Node 20

const programs = [['ours', process.env.DMCTL?.split(' ') ?? [process.execPath, path.join(ROOT, 'bin/dmctl.js')]]];
if (process.env.BENCH_AGAINST) programs.push(['other', process.env.BENCH_AGAINST.split(' ')]);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const ms = (value) => (value === undefined ? '–' : value < 10 ? value.toFixed(1) : value.toFixed(0));

/** Runs a command to its end and discards its output. Returns elapsed milliseconds, bytes, and peak memory in MB. */
function once(command, { stdin, memory = false } = {}) {
  const words = memory && fs.existsSync(TIME) ? [TIME, '-f', 'peak %M', ...command] : command;
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const child = spawn(words[0], words.slice(1), { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let bytes = 0;
    let errors = '';
    child.stdout.on('data', (d) => {
      bytes += d.length;
    });
    child.stderr.on('data', (d) => {
      errors += d;
    });
    child.on('error', reject);
    child.on('close', () => {
      const peak = /^peak (\d+)$/m.exec(errors)?.[1];
      resolve({ ms: Number(process.hrtime.bigint() - began) / 1e6, bytes, mb: peak && Number(peak) / 1024 });
    });
    child.stdin.on('error', () => {});
    child.stdin.end(stdin ?? '');
  });
}

/** Measures one row: bare Node and the programs in turn. `repeat` runs of a program count as one. */
async function row(title, args, { stdin, rounds = ROUNDS, repeat = 1 } = {}) {
  if (!ONLY.test(title)) return;
  const base = [];
  const seen = programs.map(() => ({ ms: [], ratio: [], bytes: 0, mb: undefined }));
  await once([...NODE, '-e', '0']);
  for (const [, program] of programs) await once([...program, ...args], { stdin });
  for (let i = 0; i < rounds; i += 1) {
    const bare = (await once([...NODE, '-e', '0'])).ms;
    base.push(bare);
    for (const [p, [, program]] of programs.entries()) {
      let total = 0;
      for (let r = 0; r < repeat; r += 1) {
        const run = await once([...program, ...args], { stdin });
        total += run.ms;
        seen[p].bytes = run.bytes;
      }
      seen[p].ms.push(total);
      seen[p].ratio.push(total / bare);
    }
  }
  for (const [p, [, program]] of programs.entries()) seen[p].mb = (await once([...program, ...args], { stdin, memory: true })).mb;
  const cells = seen.flatMap((s) => [ms(median(s.ms)), `${median(s.ratio).toFixed(2)} x`, ms(s.mb)]);
  console.log(`| ${[title, ms(median(base)), ...cells].join(' | ')} |`);
}

/** Measures a row for the lower bound of any client on Node. */
async function floor(title, count) {
  if (!ONLY.test(title)) return;
  const ratios = [];
  const times = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const bare = (await once([...NODE, '-e', '0'])).ms;
    times.push((await once([...NODE, path.join(ROOT, 'bench/floor.mjs'), master.address, String(count)])).ms);
    ratios.push(times.at(-1) / bare);
  }
  console.log(`| ${title} | | ${ms(median(times))} | ${median(ratios).toFixed(2)} x | |`);
}

async function startMaster() {
  const child = spawn(process.execPath, [path.join(ROOT, 'bench/master.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve) => child.stdout.once('data', (d) => resolve(String(d).trim())));
  return { address, close: () => child.kill() };
}

const master = await startMaster();
const at = ['-master-addr', master.address];
const cpu = os.cpus()[0]?.model ?? 'unknown';
console.log(`Node ${process.version}, ${os.cpus().length} x ${cpu}, ${process.platform} ${os.arch()}, ${ROUNDS} rounds, medians\n`);
const head = programs.flatMap(([name]) => [`${name} ms`, `${name} / bare node`, `${name} peak MB`]);
console.log(`| what | bare node ms | ${head.join(' | ')} |`);
console.log(`|---|---|${head.map(() => '---').join('|')}|`);
await row('-V', ['-V']);
await row('help', ['help']);
await row('query-status --help', ['query-status', '--help']);
await row('usage error', [...at, 'query-statu']);
await row('one-shot call, 2 bytes', [...at, 'query-status', 'tiny']);
await row('one-shot, 0.2 MB answer as JSON', [...at, 'query-status', 'small']);
await row('one-shot, 2.3 MB answer as JSON', [...at, 'query-status', 'large'], { rounds: Math.min(ROUNDS, 7) });
await row('one-shot, 2.3 MB answer as a table', [...at, '-output', 'table', 'query-status', 'large'], { rounds: Math.min(ROUNDS, 7) });
await row('one-shot, the same of DM 2.0 as a table', [...at, '-protocol', 'v2', '-output', 'table', 'query-status', 'later'], {
  rounds: Math.min(ROUNDS, 7),
});
await row('one-shot, 2.3 MB answer as jsonl', [...at, '-output', 'jsonl', 'query-status', 'large'], { rounds: Math.min(ROUNDS, 7) });
await row('one-shot, 40 MB answer as JSON', [...at, 'query-status', 'huge'], { rounds: 3 });
await row('1,000 piped query-status', at, { stdin: 'query-status tiny\n'.repeat(1000), rounds: Math.min(ROUNDS, 7) });
await floor('floor: one call on bare node:http2', 1);
await floor('floor: 1,000 calls on bare node:http2', 1000);
await row('200 one-shot calls in a loop', [...at, 'query-status', 'tiny'], { rounds: 2, repeat: 200 });

env.XDG_STATE_HOME = longHistory(); // 10,000 lines
console.log('\n| at the prompt | bare readline | ours |\n|---|---|---|');
const [, ours] = programs[0];
const readline = [
  ...NODE,
  '-e',
  "require('node:readline').createInterface({input:process.stdin,output:process.stdout,prompt:'» '}).prompt()",
];
const shells = [readline, [...ours, ...at]];
const [first, second] = [[], []];
for (let i = 0; i < ROUNDS; i += 1) {
  first.push(await promptTime(shells[0], env));
  second.push(await promptTime(shells[1], env));
}
console.log(`| start to prompt | ${ms(median(first))} ms | ${ms(median(second))} ms |`);
const keys = [await keystroke(shells[0], env), await keystroke(shells[1], env)];
console.log(`| a key at the end of 200 columns | ${keys.map((k) => `${k.ms.toFixed(2)} ms, ${k.bytes} bytes`).join(' | ')} |`);
const pasted = [await paste(shells[0], env), await paste(shells[1], env)];
console.log(`| a paste of 5,000 characters | ${pasted.map((p) => `${ms(p.ms)} ms, ${(p.bytes / 1024).toFixed(1)} KB`).join(' | ')} |`);
fs.rmSync(env.XDG_STATE_HOME, { recursive: true });
master.close();
