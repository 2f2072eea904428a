// Measures the delays that a user of the prompt notices, in a real pseudo-terminal.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from '@lydell/node-pty';

const PROMPT = '» ';

/** A state folder with a history of 10,000 lines, in the format of src/repl/history/format.ts. */
export function longHistory() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-bench-'));
  const lines = Array.from({ length: 10_000 }, (_, i) => {
    const text = `query-status -w 172.16.10.${i % 250}:8262 task-${i}`;
    return `${i.toString(36)} ${text.length} ${text}\n`;
  });
  fs.mkdirSync(path.join(folder, 'dmctl'), { mode: 0o700 });
  fs.writeFileSync(path.join(folder, 'dmctl/history'), lines.join(''), { mode: 0o600 });
  return folder;
}

/** A program in a terminal, and its output. */
function open([command, ...args], env) {
  const pty = spawn(command, args, { cols: 80, rows: 30, name: 'xterm-256color', env: { ...env, TERM: 'xterm-256color' } });
  const seen = { text: '', wake: undefined };
  pty.onData((data) => {
    seen.text += data;
    seen.wake?.();
  });
  const until = async (there) => {
    while (!there(seen.text)) {
      await new Promise((resolve) => {
        seen.wake = resolve;
      });
    }
  };
  return { pty, seen, until };
}

const elapsed = (began) => Number(process.hrtime.bigint() - began) / 1e6;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colors are written as control characters
const plain = (text) => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
const prompted = (text) => plain(text).includes(PROMPT);

/** Milliseconds from the start to the prompt. */
export async function promptTime(command, env) {
  const began = process.hrtime.bigint();
  const { pty, until } = open(command, env);
  await until(prompted);
  const took = elapsed(began);
  pty.kill('SIGKILL');
  return took;
}

/** Median milliseconds and bytes for one key at the end of a line of 200 columns. */
export async function keystroke(command, env) {
  const { pty, seen, until } = open(command, env);
  await until(prompted);
  const times = [];
  let bytes = 0;
  for (let i = 0; i < 240; i += 1) {
    const before = seen.text.length;
    const began = process.hrtime.bigint();
    pty.write('x');
    await until((text) => text.length > before);
    if (i < 200) continue;
    times.push(elapsed(began));
    bytes += seen.text.length - before;
  }
  pty.kill('SIGKILL');
  return { ms: times.sort((a, b) => a - b)[times.length >> 1], bytes: Math.round(bytes / times.length) };
}

/** Milliseconds and bytes until a paste of 5,000 characters is on the screen. */
export async function paste(command, env) {
  const { pty, seen, until } = open(command, env);
  await until(prompted);
  const before = seen.text.length;
  const began = process.hrtime.bigint();
  pty.write(`${'x'.repeat(4999)}Z`);
  await until((text) => text.lastIndexOf('Z') > before);
  const took = elapsed(began);
  pty.kill('SIGKILL');
  return { ms: took, bytes: seen.text.length - before };
}
