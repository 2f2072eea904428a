// Starts a demonstration for new users: the sandbox on a free port, task files in ./dmctl-demo, and a shell that is connected
// to it. `npm run demo -- --tasks 40` passes flags to the sandbox.

import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demoFiles, demoText, prepareFolder } from './demo-parts.mjs';

const BIN = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'bin/dmctl.js');
/** npm runs scripts in the folder of the package, and keeps the folder of the user here. */
const HERE = process.env.INIT_CWD ?? process.cwd();

const flags = ['-listen', '127.0.0.1:0', ...process.argv.slice(2)];
const sandbox = spawn(process.execPath, [BIN, 'sandbox', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });

function end(status) {
  sandbox.kill();
  process.exit(status);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {}); // the shell handles them
sandbox.on('exit', (status) => end(status ?? 1));

let address;
let running;
for await (const line of readline.createInterface({ input: sandbox.stdout })) {
  address ??= /listens on (\S+:\d+)/.exec(line)?.[1];
  if (/ on all workers: /.test(line)) running = line;
  if (!line.startsWith('In another terminal')) continue; // the text about the cluster ends there
  const sample = spawnSync(process.execPath, [BIN, 'sandbox', '-sample'], { encoding: 'utf8' }).stdout;
  const prepared = prepareFolder(HERE, demoFiles(sample));
  console.error(demoText({ address, ...prepared, running, columns: process.stderr.columns || 80 }).join('\n'));
  const shell = spawn(process.execPath, [BIN, '-master-addr', address], { cwd: HERE, stdio: 'inherit' });
  shell.on('exit', (status) => end(status ?? 1));
  break;
}
