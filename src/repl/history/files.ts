// What the history asks of the file system. The real one is in platform/; each function throws an Error that says why
// it cannot be done.

/** A regular file of ours that nobody else can read, open for reading and appending. */
export interface PrivateFile {
  /** Bytes. */
  size(): number;
  /** The bytes from a place to the end of the file. */
  read(from: number): Buffer;
  /** Whether the last line lacks its end: not while another process writes it, but because a crash left it so. */
  isTorn(): boolean;
  /** Adds the bytes at the end in one write, which no other writer can divide. */
  append(bytes: Buffer): void;
  /** Whether the path still leads to this very file. */
  isCurrent(): boolean;
  close(): void;
}

export interface PrivateFiles {
  /** Opens a file, making it and its folder where they are missing. */
  open(path: string): PrivateFile;
  /** Makes a new, empty file; what was there is removed. */
  create(path: string): PrivateFile;
  /** Puts a file in the place of another. */
  replace(path: string, by: string): void;
  /** Takes a lock that all processes see and gives its release; undefined when another process that lives has it. */
  lock(path: string): (() => void) | undefined;
}
