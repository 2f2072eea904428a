// The process edge: arguments, streams, signals and the exit status. Nothing else touches `process`.

import fs from 'node:fs';
import type { Writable } from 'node:stream';
import { run } from './app.ts';
import { type IO, type Output, PipeClosed } from './core/io.ts';

/** A stream of the process. It is opened when first used, since opening one loads much of Node. */
function output(open: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined;
  let broken = false;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on('error', () => {
      broken = true;
    });
    return opened;
  };
  return {
    write: (text) => (broken ? Promise.reject(new PipeClosed()) : writeAll(stream(), text)),
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns;
    },
    get rows() {
      return stream().rows;
    },
  };
}

/** Resolves when the stream has taken the text and may be given more. */
function writeAll(stream: Writable, text: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(new PipeClosed()) : resolve()));
  });
}

function readFile(file: string): Promise<Buffer> {
  return new Promise((resolve, reject) => fs.readFile(file, (error, bytes) => (error ? reject(error) : resolve(bytes))));
}

const interruptListeners: (() => void)[] = [];

function makeIO(): IO {
  return {
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
      chunks: () => process.stdin as AsyncIterable<Buffer>,
    },
    stdout: output(() => process.stdout),
    stderr: output(() => process.stderr),
    env: process.env,
    readFile,
    onInterrupt: (listener) => {
      interruptListeners.push(listener);
      return () => {
        interruptListeners.splice(interruptListeners.indexOf(listener), 1);
      };
    },
    interrupt,
    page: async (command, texts) => {
      const { page } = await import('./platform/pager.ts');
      const deaf = quietly();
      await page(command, texts).finally(deaf);
    },
    get questions() {
      const { stdin, stderr } = process;
      return stdin.isTTY && stderr.isTTY ? { input: stdin, messages: stderr } : undefined;
    },
    get terminal() {
      const { stdin, stdout, stderr } = process;
      return stdin.isTTY && stdout.isTTY ? { input: stdin, output: stdout, messages: stderr, atExit, suspend } : undefined;
    },
  };
}

/** Ctrl-C belongs to the pager while it runs. */
function quietly(): () => void {
  const nothing = (): void => {};
  interruptListeners.push(nothing);
  return () => {
    interruptListeners.splice(interruptListeners.indexOf(nothing), 1);
  };
}

function atExit(listener: () => void): () => void {
  process.on('exit', listener);
  return () => process.off('exit', listener);
}

/** A stopped program runs no timer: this one fires when the program goes on, or at once where nobody can stop it. */
function suspend(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
    if (process.platform !== 'win32') process.kill(0, 'SIGTSTP'); // the whole job, as the terminal does
  });
}

/** The status of a program that a signal ended, as shells count it. */
const SIGNALLED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function interrupt(): void {
  const listener = interruptListeners.at(-1);
  if (listener) listener();
  else process.exit(SIGNALLED.SIGINT);
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', () => process.exit(SIGNALLED.SIGTERM));
process.on('SIGHUP', () => process.exit(SIGNALLED.SIGHUP));

function tell(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`dmctl: unexpected: ${text} (DMCTL_DEBUG=1 shows where)\n`);
  if (process.env.DMCTL_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

process.on('uncaughtException', (error) => {
  tell(error);
  process.exit(1);
});

run(process.argv.slice(2), makeIO()).then(
  (status) => process.exit(status),
  (error) => {
    if (error instanceof PipeClosed) process.exit(0);
    tell(error);
    process.exit(1);
  },
);
