// The input and output that the program uses. The process edge (main.ts) creates the real one; tests create their own.

import { PipeClosed, WriteFailed } from '../command/errors.ts';
import { systemReason } from '../text/system-error.ts';

/** An output stream. */
export interface Output {
  /**
   * Resolves when the text was accepted and more may follow. Standard output rejects with PipeClosed when its reader is gone,
   * and with WriteFailed when it cannot be written. Standard error never rejects, since there is no other place to report the
   * error.
   */
  write(text: string | Buffer): Promise<void>;
  /** Why the stream cannot be written any more; undefined while it works. */
  readonly failure?: PipeClosed | WriteFailed | undefined;
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined if there is none. */
  readonly columns: number | undefined;
  /** Rows of the terminal; undefined if there is none. */
  readonly rows: number | undefined;
}

/** A file that is written. */
export interface OutputFile extends Output {
  close(): Promise<void>;
}

export interface Input {
  readonly isTTY: boolean;
  /** All input, in chunks as they arrive. Throws Refusal when it cannot be read. */
  chunks(): AsyncIterable<Buffer>;
}

/** The maximum size in bytes of a file or a text on standard input. */
export const MAX_BYTES = 16 << 20;

export interface IO {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The bytes of a regular file or a pipe, at most MAX_BYTES. Rejects with the system's error or with an Error that says why
   * the file is not read. Rejects with Interrupted when the signal is aborted, since a pipe may wait for its writer.
   */
  readFile(path: string, signal?: AbortSignal): Promise<Buffer>;
  /** Creates a file that only the user can read. Rejects with the system's error, EEXIST if there is something with that name. */
  createFile(path: string, text: string): Promise<void>;
  /** Writes a file that only the user can read. Rejects with the system's error. */
  writeFile(path: string, text: string): Promise<void>;
  /**
   * Replaces the contents of an existing file, and keeps its permissions and links. Rejects if its contents are not the expected
   * ones any more, and with the system's error.
   */
  replaceFile(path: string, expected: Buffer, text: string): Promise<void>;
  /** Creates a folder that only the user can read, and its parents. Rejects with the system's error. */
  makeFolder(path: string): Promise<void>;
  /** The names of what is in a folder; undefined if there is none. Rejects with the system's error. */
  listFiles(folder: string): Promise<readonly string[] | undefined>;
  /**
   * Does work that blocks the program, so that Ctrl-C and the limit (milliseconds) can end it in the middle. The work must not
   * change anything that outlives it.
   * @throws Interrupted
   */
  compute<T>(work: () => T, limitMs?: number): T;
  /** Calls back at each Ctrl-C until the returned function is called. Without a listener, Ctrl-C ends the program. */
  onInterrupt(listener: () => void): () => void;
  /** Does the same as Ctrl-C, because a terminal in raw mode sends a key instead of a signal. */
  interrupt(): void;
  readonly terminal: TerminalIO | undefined;
  /** The terminal for questions. It is also defined while the answers of commands are redirected to a file. */
  readonly questions: QuestionIO | undefined;
  /**
   * Opens a file for output: empty, or at its end. Rejects with Refusal when it cannot be opened. `write` rejects with WriteFailed.
   */
  openFile(path: string, append: boolean): Promise<OutputFile>;
  /**
   * Runs a command line of the system's shell with more environment variables, on the program's own input and outputs.
   * @returns its exit status; undefined if it was ended by a signal or could not be started
   */
  runCommand(command: string, env: Readonly<Record<string, string>>): Promise<number | undefined>;
  /** Runs a pager (a command line of the system's shell) and sends it the texts. Resolves when it has ended. */
  page(command: string, texts: Iterable<string>): Promise<void>;
}

/** Standard input and standard error, if both are a terminal. */
export interface QuestionIO {
  readonly input: NodeJS.ReadStream;
  /** Standard error, where questions are written. */
  readonly messages: NodeJS.WriteStream;
  /** Calls back when the program ends in any way but SIGKILL, until the returned function is called. */
  atExit(listener: () => void): () => void;
}

/** What a question needs: a terminal, and notification of SIGINT. */
export type Asking = Pick<IO, 'onInterrupt'> & { readonly terminal: QuestionIO };

/** A terminal for both input and output. */
export interface TerminalIO extends QuestionIO {
  /** Standard output, for a line editor. */
  readonly output: NodeJS.WriteStream;
  /**
   * Suspends the program and returns the terminal to the shell that started it, as Ctrl-Z does. Resolves when the program
   * continues.
   */
  suspend(): Promise<void>;
  /** Ends the program at once, as Ctrl-\ does where the terminal turns it into a signal. */
  abort(): void;
}

/** The error class for an output's error. `name`: standard output or standard error. */
export function outputFailure(error: unknown, name: string): PipeClosed | WriteFailed {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EPIPE' || code === 'ECONNRESET') return new PipeClosed();
  return new WriteFailed(`cannot write to ${name}: ${systemReason(error)}`);
}
