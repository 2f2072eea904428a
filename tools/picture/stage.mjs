// Plays a scene: starts its sandbox, runs the preparation, and runs the program in a pseudo-terminal until the screen shows the
// subject of the picture.

import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Terminal } from '../../.build/test/harness/terminal.js';
import { cropped, replaceIn, written } from './cells.mjs';

const BIN = path.resolve(import.meta.dirname, '../../bin/dmctl.js');
/** The master's address in the pictures. */
const ADDRESS = '127.0.0.1:8261';
const DELAY_MS = 90;
/** Milliseconds between two queries for a state that only the sandbox's clock brings about. */
const AGAIN = 200;

/** Runs the program to its end. Resolves with its output, even if it failed. */
function dmctl(args, options = {}) {
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], options, (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }));
  });
}

/** Whether the program accepts the words. There is no master to answer a call that they may make. */
export async function understands(words) {
  const { status } = await dmctl(words, { env: { ...process.env, DM_MASTER_ADDR: '127.0.0.1:1' } });
  return status !== 2;
}

function startSandbox(args) {
  const child = spawn(process.execPath, [BIN, 'sandbox', '-listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text += data;
      const address = /listens on (\S+:\d+)/.exec(text)?.[1];
      if (address) resolve({ address, stop: () => child.kill() });
    });
    child.on('exit', (status) => reject(new Error(`the sandbox ended with ${status}`)));
  });
}

/** Runs a step: a command that must succeed. With `until`, it is repeated until its answer matches. */
async function prepare(step, options) {
  const { run, until } = Array.isArray(step) ? { run: step } : step;
  const endsAt = Date.now() + DELAY_MS * 1000;
  for (;;) {
    const { status, stdout, stderr } = await dmctl(run, options);
    if (until?.test(stdout) || (!until && status === 0)) return;
    if (!until || Date.now() > endsAt) throw new Error(`${run.join(' ')}: ${until ?? 'it failed'}\n${stdout}${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

const prompts = (text) => text.split('\n').filter((row) => /^!? ?» /.test(`${row} `)).length;

/** Types a line and waits for the next prompt, or types keys and waits until the screen matches. */
async function type(terminal, step) {
  if (typeof step !== 'string') {
    terminal.type(step.keys);
    await terminal.until(step.until, DELAY_MS);
    return;
  }
  const before = prompts(terminal.text());
  terminal.type(`${step}\r`);
  await terminal.until(() => prompts(terminal.text()) > before && /» *$/.test(terminal.text()), DELAY_MS);
}

const quoted = (word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word}'`);

/**
 * The cells that the scene shows.
 * @param {import('./scenes.mjs').Scene} scene
 */
export async function play({ columns, rows, sandbox = [], files = {}, before = [], argv, type: steps = [], until, crop, replace = [] }) {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-picture-'));
  const master = await startSandbox(sandbox);
  let terminal;
  try {
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(place, name), text);
    const env = { PATH: process.env.PATH ?? '', HOME: place, XDG_STATE_HOME: place, DM_MASTER_ADDR: master.address };
    for (const step of before) await prepare(step, { cwd: place, env });
    terminal = new Terminal(argv ?? [], { columns, rows, cwd: place, env });
    if (!argv) await terminal.until(/» *$/);
    for (const step of steps) await type(terminal, step);
    if (until) await terminal.until(until, DELAY_MS);
    else if (argv) await terminal.ended(DELAY_MS);
    const shown = replaceIn(terminal.cells(), [[new RegExp(master.address.replaceAll('.', '\\.')), ADDRESS], ...replace]);
    // A separate command is shown below the shell line that starts it.
    if (argv) shown.unshift(...commandLine(argv, columns));
    return cropped(shown, crop);
  } finally {
    terminal?.close();
    master.stop();
    fs.rmSync(place, { recursive: true, force: true });
  }
}

function commandLine(argv, columns) {
  const line = ['dmctl', ...argv.map(quoted)].join(' ');
  const [blank] = written(' ');
  const row = [...written('$ ', { ...blank, dim: true }), ...written(line)];
  if (row.length > columns) throw new Error(`more than ${columns} columns: ${line}`);
  return [[...row, ...written(' '.repeat(columns - row.length))]];
}
