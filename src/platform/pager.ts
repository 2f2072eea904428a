// Runs a pager: less, or whatever was chosen.

import { spawn } from 'node:child_process';

/** As git does: it ends by itself when all fits on the screen, keeps colors, and leaves the text there. */
const LESS = 'FRX';

/**
 * Gives the texts to the pager's standard input and resolves when it has ended. A pager that is left early is no error;
 * one that cannot be started is told by the shell that should have started it.
 */
export function page(command: string, texts: Iterable<string>): Promise<void> {
  return new Promise((resolve) => {
    const env = { ...process.env, LESS: process.env.LESS ?? LESS };
    const child = spawn(command, { shell: true, stdio: ['pipe', 'inherit', 'inherit'], env });
    child.stdin.on('error', () => {}); // it was left before the end
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
