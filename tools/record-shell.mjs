// Records a session of the shell on the sandbox, as a user sees it, into docs/shell.md. Run it after npm test, which compiles
// the terminal that it uses.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Terminal } from '../.build/test/harness/terminal.js';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const PAGE = path.join(ROOT, 'docs/shell.md');
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'dmctl-record-'));
process.chdir(ROOT);

const sandbox = spawn(process.execPath, ['bin/dmctl.js', 'sandbox', '-listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const address = await new Promise((resolve) => {
  sandbox.stdout.on('data', (d) => {
    const found = /listens on (\S+:\d+)/.exec(String(d))?.[1];
    if (found) resolve(found);
  });
});
const sample = spawn(process.execPath, ['bin/dmctl.js', 'sandbox', '-sample'], { stdio: ['ignore', 'pipe', 'inherit'] });
const file = path.join(place, 'task.yaml');
sample.stdout.pipe(fs.createWriteStream(file));
await new Promise((resolve) => sample.on('close', resolve));

const terminal = new Terminal(['-master-addr', address], { columns: 100, rows: 60, env: { XDG_STATE_HOME: place, HOME: place } });
const LINES = [
  'status',
  `start-task -w 127.0.0.1:8262 ${file}`,
  'query-statsu',
  'sql-skip -w 127.0.0.1:8262 -b mysql-bin.000001 demo',
  'stop-task demo',
];
await terminal.until(/» *$/);
for (const line of LINES) {
  terminal.type(`${line}\r`);
  const asked = line.startsWith('stop-task');
  await terminal.until(asked ? /Continue\? \(y\/N\)/ : () => terminal.text().split(`» ${line}`).length > 1 && /» *$/.test(terminal.text()));
  if (asked) {
    terminal.type('y\r');
    await terminal.until(/"op": "Stop"[\s\S]*» *$/);
  }
}
terminal.type('\x04');
await terminal.ended();
const text = terminal.text().replaceAll(place, '/home/me').replaceAll(address, '127.0.0.1:8261');
const page = fs.readFileSync(PAGE, 'utf8');
const block = `<!-- recorded -->\n\n\`\`\`text\n${text.slice(text.indexOf('»'))}\n\`\`\`\n\n<!-- end -->`;
fs.writeFileSync(
  PAGE,
  page.replace(/<!-- recorded -->[\s\S]*<!-- end -->/, () => block),
);
terminal.close();
sandbox.kill();
fs.rmSync(place, { recursive: true });
process.exit(0);
