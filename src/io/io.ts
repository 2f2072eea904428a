// What the program may ask of the world. The process edge (main.ts) makes the real one; tests make their own.

import { PipeClosed, WriteFailed } from '../command/errors.ts';
import { systemReason } from '../text/system-error.ts';

/** A stream that people or programs read. */
export interface Output {
  /**
   * Resolves when the text was taken and more may follow. Standard output rejects with PipeClosed when nobody reads any
   * more and with WriteFailed when it cannot be written; standard error never rejects, since nothing is left to say it on.
   */
  write(text: string | Buffer): Promise<void>;
  /** Why nothing can be written any more; undefined while all is well. */
  readonly failure?: PipeClosed | WriteFailed | undefined;
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Rows of the terminal; undefined where there is none. */
  readonly rows: number | undefined;
}

export interface Input {
  readonly isTTY: boolean;
  /** Everything that comes, in chunks as it comes. Throws Refusal when it cannot be read. */
  chunks(): AsyncIterable<Buffer>;
}

/** Bytes that a file or a text on standard input may have. */
export const MAX_BYTES = 16 << 20;

export interface IO {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The bytes of a regular file or a pipe, at most MAX_BYTES. Rejects with the system's error or with an Error that says
   * why it is not read; with Interrupted when the signal is aborted, since a pipe may wait for its writer.
   */
  readFile(path: string, signal?: AbortSignal): Promise<Buffer>;
  /**
   * Does work that keeps the program busy, so that Ctrl-C and the limit (milliseconds) end it in the middle. The work
   * must not change anything that outlives it.
   * @throws Interrupted
   */
  compute<T>(work: () => T, limitMs?: number): T;
  /** Calls back at each Ctrl-C until the returned function is called. Without a listener Ctrl-C ends the program. */
  onInterrupt(listener: () => void): () => void;
  /** Does what Ctrl-C does: a terminal in raw mode sends a key, not a signal. */
  interrupt(): void;
  readonly terminal: TerminalIO | undefined;
  /** Where a question can be asked and answered, also while the answers of commands go to a file. */
  readonly questions: QuestionIO | undefined;
  /** Runs a pager (a command line of the system's shell) and gives it the texts; resolves when it has ended. */
  page(command: string, texts: Iterable<string>): Promise<void>;
}

/** Standard input and standard error, both a terminal. */
export interface QuestionIO {
  readonly input: NodeJS.ReadStream;
  /** For a question: standard error. */
  readonly messages: NodeJS.WriteStream;
  /** Calls back when the program ends, however it does (not SIGKILL), until the returned function is called. */
  atExit(listener: () => void): () => void;
}

/** What a question needs: a terminal, and to hear of SIGINT. */
export type Asking = Pick<IO, 'onInterrupt'> & { readonly terminal: QuestionIO };

/** A terminal at both ends. */
export interface TerminalIO extends QuestionIO {
  /** For a line editor. */
  readonly output: NodeJS.WriteStream;
  /** Gives the terminal to the shell that started the program, as Ctrl-Z does; resolves when the program goes on. */
  suspend(): Promise<void>;
  /** Ends the program at once, as Ctrl-\ does where the terminal makes a signal of it. */
  abort(): void;
}

/** What the error of an output means. `name`: standard output or standard error. */
export function outputFailure(error: unknown, name: string): PipeClosed | WriteFailed {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EPIPE' || code === 'ECONNRESET') return new PipeClosed();
  return new WriteFailed(`cannot write to ${name}: ${systemReason(error)}`);
}
