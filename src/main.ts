// The process edge: arguments, streams, signals and the exit status. Nothing else touches `process`.

import { run } from './app/run.ts';
import { CUT, Interrupted, NOT_SENT, PipeClosed, Refusal, WriteFailed } from './command/errors.ts';
import { type IO, MAX_BYTES, outputFailure } from './io/io.ts';
import { readable } from './io/text-file.ts';
import { argumentBytes } from './platform/arguments.ts';
import { compute, Stopped } from './platform/compute.ts';
import { output } from './platform/output.ts';
import { standardInput } from './platform/standard-input.ts';
import { markArguments } from './text/bad-bytes.ts';
import { systemReason } from './text/system-error.ts';

// Warnings about deprecated uses are for developers. grpc-js causes one with each TLS connection to an IP address.
process.noDeprecation = process.env.DMCTL_DEBUG !== '1';

async function readFile(path: string, signal?: AbortSignal): Promise<Buffer> {
  const { readFile: read } = await import('./platform/read-file.ts');
  try {
    return await read(path, { most: MAX_BYTES, signal });
  } catch (error) {
    throw signal?.aborted ? new Interrupted(NOT_SENT) : error;
  }
}

function busy<T>(work: () => T, limitMs?: number): T {
  try {
    return compute(work, limitMs);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    if (error.bySignal) interrupt();
    throw new Interrupted(CUT);
  }
}

const interruptListeners: (() => void)[] = [];

function makeIO(): IO {
  return {
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
      chunks: () => readable(standardInput()),
    },
    stdout: output(
      1,
      () => process.stdout,
      (e) => outputFailure(e, 'standard output'),
      true,
    ),
    stderr: output(
      2,
      () => process.stderr,
      (e) => outputFailure(e, 'standard error'),
      false,
    ),
    env: process.env,
    readFile,
    createFile: async (path, text) => (await import('./platform/write-file.ts')).createPrivateFile(path, text),
    writeFile: async (path, text) => (await import('./platform/write-file.ts')).writePrivateFile(path, text),
    replaceFile: async (path, expected, text) =>
      (await import('./platform/replace-file.ts')).replaceFile(path, expected, Buffer.from(text)),
    makeFolder: async (folder) => (await import('./platform/write-file.ts')).makePrivateFolder(folder),
    listFiles: async (folder) => (await import('./platform/write-file.ts')).filesInFolder(folder),
    compute: busy,
    onInterrupt: (listener) => {
      interruptListeners.push(listener);
      return () => {
        interruptListeners.splice(interruptListeners.indexOf(listener), 1);
      };
    },
    interrupt,
    openFile: async (path, append) => {
      const { openFile } = await import('./platform/open-file.ts');
      const name = `the file ${path}`;
      const file = await openFile(path, append).catch((error) => {
        throw new Refusal(`cannot open ${name}: ${systemReason(error)}. Nothing was sent`);
      });
      let failure: ReturnType<typeof outputFailure> | undefined;
      const failed = (error: unknown): never => {
        failure = outputFailure(error, name);
        throw failure;
      };
      return {
        get failure() {
          return failure;
        },
        ...{ isTTY: false, columns: undefined, rows: undefined },
        write: (text) => file.write(text).catch(failed),
        close: () => file.close().catch(failed),
      };
    },
    page: async (command, texts) => {
      const { page } = await import('./platform/pager.ts');
      const unsubscribe = quietly();
      await page(command, texts).finally(unsubscribe);
    },
    runCommand: async (command, more) => {
      const { runCommand } = await import('./platform/run-command.ts');
      const unsubscribe = quietly();
      return await runCommand(command, more).finally(unsubscribe);
    },
    get questions() {
      const { stdin, stderr } = process;
      return stdin.isTTY && stderr.isTTY ? { input: stdin, messages: stderr, atExit } : undefined;
    },
    get terminal() {
      const { stdin, stdout, stderr } = process;
      return stdin.isTTY && stdout.isTTY ? { input: stdin, output: stdout, messages: stderr, atExit, suspend, abort } : undefined;
    },
  };
}

/** Ctrl-C belongs to another program while it runs. */
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

/** A stopped program runs no timer. This one fires when the program continues, or at once if it cannot be stopped. */
function suspend(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20);
    if (process.platform !== 'win32') process.kill(0, 'SIGTSTP'); // the whole job, as the terminal does
  });
}

/** The status of a program that a signal ended, as shells count it. */
const SIGNALLED = { SIGINT: 130, SIGQUIT: 131, SIGTERM: 143, SIGHUP: 129 } as const;

/** The exit listeners restore the terminal. */
function abort(): never {
  process.exit(SIGNALLED.SIGQUIT);
}

function interrupt(): void {
  const listener = interruptListeners.at(-1);
  if (listener) listener();
  else process.exit(SIGNALLED.SIGINT);
}

process.on('SIGINT', interrupt);
process.on('SIGQUIT', abort);
process.on('SIGTERM', () => process.exit(SIGNALLED.SIGTERM));
process.on('SIGHUP', () => process.exit(SIGNALLED.SIGHUP));

function tell(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`dmctl: unexpected error: ${text} (set DMCTL_DEBUG=1 to see where)\n`);
  if (process.env.DMCTL_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

process.on('uncaughtException', (error) => {
  tell(error);
  process.exit(1);
});

const io = makeIO();

/** A text that standard error lost is also a failure, unless the reader closed the stream. */
const end = (status: number): never => process.exit(status === 0 && io.stderr.failure instanceof WriteFailed ? 1 : status);

const parsed = process.argv.slice(2);
const words = markArguments(parsed, () => argumentBytes(parsed.length));
run(words, io).then(end, (error) => {
  if (error instanceof PipeClosed) end(0);
  tell(error);
  process.exit(1);
});
