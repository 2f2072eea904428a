// Runs a pager: less, or the configured one.

import { spawn } from 'node:child_process';

/** The options that git uses: less exits if everything fits on the screen, keeps colors, and leaves the text on the screen. */
const LESS = 'FRX';

/**
 * Writes the texts to the pager's standard input and resolves when it has ended. Leaving a pager early is no error. If it
 * cannot be started, the shell reports it.
 */
export function page(command: string, texts: Iterable<string>): Promise<void> {
  return new Promise((resolve) => {
    const env = { ...process.env, LESS: process.env.LESS ?? LESS };
    const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env });
    child.stdin.on('error', () => {}); // the pager ended early
    child.on('error', () => resolve());
    child.on('close', () => resolve());
    const pump = async (): Promise<void> => {
      for (const text of texts) {
        if (child.stdin.destroyed) break;
        if (!child.stdin.write(text)) await new Promise((go) => child.stdin.once('drain', go).once('close', go));
      }
      child.stdin.end();
    };
    void pump();
  });
}
