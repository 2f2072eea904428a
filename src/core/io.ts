// What the program may ask of the world. The process edge (main.ts) makes the real one; tests make their own.

/** A stream that people or programs read. */
export interface Output {
  /** Resolves when the text was taken and more may follow; rejects with PipeClosed when nobody reads any more. */
  write(text: string | Buffer): Promise<void>;
  readonly isTTY: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Rows of the terminal; undefined where there is none. */
  readonly rows: number | undefined;
}

export interface Input {
  readonly isTTY: boolean;
  /** Everything that comes, in chunks as it comes. */
  chunks(): AsyncIterable<Buffer>;
}

export interface IO {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The bytes of a file. Rejects with the system's error. */
  readFile(path: string): Promise<Buffer>;
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
}

/** A terminal at both ends. */
export interface TerminalIO extends QuestionIO {
  /** For a line editor. */
  readonly output: NodeJS.WriteStream;
  /** Calls back when the program ends, however it does (not SIGKILL), until the returned function is called. */
  atExit(listener: () => void): () => void;
  /** Gives the terminal to the shell that started the program, as Ctrl-Z does; resolves when the program goes on. */
  suspend(): Promise<void>;
}

/** Nobody reads our output any more (`| head`): the run ends quietly. */
export class PipeClosed extends Error {
  constructor() {
    super('the reader of the output is gone');
    this.name = 'PipeClosed';
  }
}
