// Runs a command line that the user gave.

import { spawn } from 'node:child_process';

/** See IO.runCommand. */
export function runCommand(command: string, env: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', () => resolve(undefined));
    child.on('close', (status) => resolve(status ?? undefined));
  });
}
