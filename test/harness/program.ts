// The built program as a process, as users run it. $DMCTL selects another one, such as a standalone executable.

import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** The words that start the program. */
export const PROGRAM: readonly string[] = process.env.DMCTL
  ? process.env.DMCTL.split(' ')
  : [process.execPath, path.resolve('bin/dmctl.js')];

/** The tests do not use the configuration of the user who runs them. */
const NO_CONFIG = path.join(os.tmpdir(), 'dmctl-tests-have-no-config');

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs the program to its end. */
export function dmctl(
  args: readonly string[],
  { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const [command, ...before] = PROGRAM as [string, ...string[]];
    const child = spawn(command, [...before, ...args], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, XDG_CONFIG_HOME: NO_CONFIG, ...env },
    });
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
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
