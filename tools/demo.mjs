// Starts a demonstration for new users: the sandbox on a free port, a sample task.yaml, and a shell that is connected to it.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'bin/dmctl.js');

const sandbox = spawn(process.execPath, [BIN, 'sandbox', '-listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-demo-'));

function end(status) {
  sandbox.kill();
  fs.rmSync(place, { recursive: true, force: true });
  process.exit(status);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {}); // the shell handles them
sandbox.on('exit', (status) => end(status ?? 1));

for await (const line of readline.createInterface({ input: sandbox.stdout })) {
  const address = /listens on (\S+:\d+)/.exec(line)?.[1];
  if (!address) continue;
  const sample = spawn(process.execPath, [BIN, 'sandbox', '-sample'], {
    stdio: ['ignore', fs.openSync(path.join(place, 'task.yaml'), 'w'), 'inherit'],
  });
  await new Promise((resolve) => sample.on('exit', resolve));
  console.error(`A DM-master in memory listens on ${address}; nothing it shows is real. The folder has a task.yaml. Try:

  start-task task.yaml      Dump for 6 s, Load for 15 s, then Sync
  query-status demo         again and again; pause-task demo, resume-task demo
  show-ddl-locks            8 s after Sync has begun a DDL lock waits
  unlock-ddl-lock -w 127.0.0.1:8262 demo-\`shop\`.\`t_all\`
  stop-task demo            exit or Ctrl-D leaves
`);
  const shell = spawn(process.execPath, [BIN, '-master-addr', address], { cwd: place, stdio: 'inherit' });
  shell.on('exit', (status) => end(status ?? 1));
  break;
}
