// Bash scripts that run the program in ways that only a shell can: broken streams, named pipes, limits.

import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { PROGRAM, type Ran } from './program.ts';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The environment of a script: `dmctl` runs the program, without the configuration of the user who runs the tests. */
export const BASH_ENV = {
  PATH: process.env.PATH,
  HOME: os.tmpdir(),
  XDG_CONFIG_HOME: path.join(os.tmpdir(), 'dmctl-tests-have-no-config'),
};

/** The script with a function `dmctl`. `exec dmctl` replaces the shell's process by the program. */
export function withDmctl(script: string): string {
  const program = PROGRAM.map(quoted).join(' ');
  return `dmctl() { ${program} "$@"; }\n${script.replaceAll('exec dmctl', `exec ${program}`)}`;
}

/** Runs a script to its end, with variables. */
export function bash(script: string, variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', withDmctl(script)], { env: { ...BASH_ENV, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (d) => {
      stdout += d;
    });
    child.stderr.on('data', (d) => {
      stderr += d;
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ stdout, stderr, status }));
  });
}
