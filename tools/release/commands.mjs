// Runs other programs for the release.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** Whether a program is installed and succeeds with these arguments. */
export function works(program, ...words) {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

/** Runs a program and returns its standard output. Throws if it fails. */
export function run(program, words, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: ROOT, encoding: 'utf8', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${[program, ...words].join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`);
  return stdout ?? '';
}

/** Runs a program whose output is shown. Throws if it fails. */
export function show(program, words) {
  run(program, words, { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** The words that run a command as root: none for root, sudo in CI. On a developer's machine undefined. */
export function asRoot() {
  if (process.getuid?.() === 0) return [];
  return process.env.CI && works('sudo', '-n', 'true') ? ['sudo', '-n'] : undefined;
}

/** Runs a command as root. Only for checks whose reason against them is undefined. */
export function runAsRoot(...words) {
  const [program, ...rest] = [...(asRoot() ?? []), ...words];
  return run(program, rest);
}
