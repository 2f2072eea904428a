// Scripts of bash that run the program, for what only a shell can give it: broken streams, pipes by name, limits.

import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { PROGRAM, type Ran } from './program.ts';

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The environment of a script: `dmctl` runs the program, with no configuration of whoever runs the tests. */
export const BASH_ENV = {
  PATH: process.env.PATH,
  HOME: os.tmpdir(),
  XDG_CONFIG_HOME: path.join(os.tmpdir(), 'dmctl-tests-have-no-config'),
};

/** The script with a function `dmctl`, which runs the program in place of its own process where `exec dmctl` stands. */
export function withDmctl(script: string): string {
  const program = PROGRAM.map(quoted).join(' ');
  return `dmctl() { ${program} "$@"; }\n${script.replaceAll('exec dmctl', `exec ${program}`)}`;
}

/** Runs a script to its end. Variables are there for it by their names. */
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
