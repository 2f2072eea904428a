// What the history needs from the file system. The implementation is in platform/; each function throws an Error that
// says why it failed.

/** A private regular file, open for reading and appending. */
export interface PrivateFile {
  /** Bytes. */
  size(): number;
  /** The bytes from a place to the end of the file. */
  read(from: number): Buffer;
  /** Whether the last line is incomplete because of a crash, not because another process is writing it. */
  isTorn(): boolean;
  /** Appends the bytes in one write, which no other writer can split. */
  append(bytes: Buffer): void;
  /** Whether the path still leads to this file. */
  isCurrent(): boolean;
  close(): void;
}

export interface PrivateFiles {
  /** Opens a file. Creates it and its folder if they are missing. */
  open(path: string): PrivateFile;
  /** Creates an empty file and removes the old one. */
  create(path: string): PrivateFile;
  /** Replaces a file by another. */
  replace(path: string, by: string): void;
  /** Takes a lock that all processes see, and returns its release; undefined if another running process has it. */
  lock(path: string): (() => void) | undefined;
}
